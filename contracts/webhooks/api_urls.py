from django.urls import path

from contracts.webhooks import api

urlpatterns = [
    path("webhooks", api.EndpointList.as_view(), name="api-webhooks"),
    path("webhooks/<uuid:pk>", api.EndpointDetail.as_view(), name="api-webhook"),
    path("webhooks/<uuid:pk>/secret", api.EndpointSecret.as_view(), name="api-webhook-secret"),
    path("webhooks/<uuid:pk>/test", api.EndpointTest.as_view(), name="api-webhook-test"),
    path("webhooks/<uuid:pk>/deliveries", api.DeliveryList.as_view(), name="api-webhook-deliveries"),
    path(
        "webhooks/<uuid:pk>/deliveries/<uuid:delivery>/resend",
        api.DeliveryResend.as_view(),
        name="api-webhook-resend",
    ),
]
