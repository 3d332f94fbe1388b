from django.urls import path

from search.absence import views

urlpatterns = [
    path("", views.absence, name="absence"),
    path("<uuid:check_id>/", views.absence_check, name="absence-check"),
    path("<uuid:check_id>/stop/", views.stop_check, name="absence-stop"),
    path("<uuid:check_id>/delete/", views.delete_check, name="absence-delete"),
]
