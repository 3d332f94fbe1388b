from django.urls import path

from contracts import list_views, views

urlpatterns = [
    path("", list_views.contract_list, name="contract-list"),
    path("progress/", list_views.contract_progress, name="contract-progress"),
    path("upload/", views.upload, name="contract-upload"),
    path("<int:contract_id>/", views.contract_page, name="contract"),
    path("<int:contract_id>/obligations/", views.contract_obligations, name="contract-obligations"),
    path("<int:contract_id>/original/", views.contract_original, name="contract-original"),
    path("<int:contract_id>/family/", views.decide_family, name="contract-family"),
    path("<int:contract_id>/file/", views.contract_file, name="contract-file"),
]
