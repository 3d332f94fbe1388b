from django.urls import path

from search.saved import stopping, views

urlpatterns = [
    path("", views.saved_searches, name="saved-searches"),
    path("<int:pk>/", views.saved_search, name="saved-search"),
    path("<int:pk>/rename/", views.rename_saved, name="saved-rename"),
    path("<int:pk>/alerts/", views.alert_saved, name="saved-alerts"),
    path("<int:pk>/delete/", views.delete_saved, name="saved-delete"),
    path("<int:pk>/seen/", views.see_saved, name="saved-seen"),
    path("stop/<str:token>/", stopping.stop_mail, name="saved-stop"),
]
