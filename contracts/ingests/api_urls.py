from django.urls import path

from contracts.ingests import api

urlpatterns = [
    path("ingests", api.IngestList.as_view(), name="api-ingests"),
    path("ingests/<uuid:pk>", api.IngestDetail.as_view(), name="api-ingest"),
    path("ingests/<uuid:pk>/commit", api.IngestCommit.as_view(), name="api-ingest-commit"),
    path("ingests/<uuid:pk>/cancel", api.IngestCancel.as_view(), name="api-ingest-cancel"),
    path("ingests/<uuid:pk>/items", api.ItemList.as_view(), name="api-ingest-items"),
    path("ingests/<uuid:pk>/items/<path:key>", api.ItemDetail.as_view(), name="api-ingest-item"),
]
