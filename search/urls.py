from django.urls import path

from search import absence_views, views
from search.export.views import export

urlpatterns = [
    path("", views.search, name="search"),
    path("absence/", absence_views.absence, name="absence"),
    path("absence/<uuid:check_id>/", absence_views.absence_check, name="absence-check"),
    path("<uuid:search_id>/", views.stored_search, name="search-result"),
    path("<uuid:search_id>/export.docx", export, {"extension": "docx"}, name="search-export-docx"),
    path("<uuid:search_id>/export.xlsx", export, {"extension": "xlsx"}, name="search-export-xlsx"),
]
