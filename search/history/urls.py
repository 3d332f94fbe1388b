from django.urls import path

from search.history import views

urlpatterns = [
    path("", views.history, name="history"),
    path("older/delete/", views.delete_older, name="history-delete-older"),
    path("<uuid:search_id>/delete/", views.delete_one, name="history-delete"),
]
