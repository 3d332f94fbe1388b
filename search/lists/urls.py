from django.urls import path

from search.compare_views import compare_listed
from search.lists import views

urlpatterns = [
    path("", views.lists, name="lists"),
    path("<int:pk>/", views.clause_list, name="list"),
    path("<int:pk>/rename/", views.rename_list, name="list-rename"),
    path("<int:pk>/delete/", views.delete_list, name="list-delete"),
    path("<int:pk>/clauses/<int:clause_id>/", views.change_entry, name="list-change"),
    path("<int:pk>/compare/", compare_listed, name="compare-listed"),
    path("<int:pk>/export.docx", views.export_list, {"extension": "docx"}, name="list-docx"),
    path("<int:pk>/export.xlsx", views.export_list, {"extension": "xlsx"}, name="list-xlsx"),
]
