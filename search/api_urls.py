from django.urls import path

from search.absence_api import AbsenceDetailView, AbsenceListView
from search.api import SearchDetailView, SearchListView, SearchResultsView

urlpatterns = [
    path("searches", SearchListView.as_view(), name="api-searches"),
    path("searches/<uuid:pk>", SearchDetailView.as_view(), name="api-search"),
    path("searches/<uuid:pk>/results", SearchResultsView.as_view(), name="api-search-results"),
    path("absence-checks", AbsenceListView.as_view(), name="api-absence-checks"),
    path("absence-checks/<uuid:pk>", AbsenceDetailView.as_view(), name="api-absence-check"),
]
