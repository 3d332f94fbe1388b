from django.urls import path

from contracts import api

urlpatterns = [
    path("matters", api.MatterList.as_view(), name="api-matters"),
    path("contracts", api.ContractList.as_view(), name="api-contracts"),
    path("contracts/<int:pk>", api.ContractDetail.as_view(), name="api-contract"),
    path("contracts/<int:pk>/clauses", api.ClauseList.as_view(), name="api-clauses"),
    path("contracts/<int:pk>/obligations", api.ObligationList.as_view(), name="api-obligations"),
]
