from django.urls import path

from search import views

urlpatterns = [
    path("", views.search, name="search"),
    path("<uuid:search_id>/", views.stored_search, name="search-result"),
]
