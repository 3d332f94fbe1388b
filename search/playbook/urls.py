from django.urls import path

from search.playbook import views

urlpatterns = [
    path("", views.playbooks, name="playbooks"),
    path("<int:pk>/", views.playbook, name="playbook"),
    path("<int:pk>/delete/", views.delete_playbook, name="playbook-delete"),
    path("<int:pk>/check/", views.start_check, name="playbook-start"),
    path("<int:pk>/playbook.csv", views.playbook_file, {"extension": "csv"}, name="playbook-csv"),
    path("<int:pk>/playbook.json", views.playbook_file, {"extension": "json"}, name="playbook-json"),
    path("checks/<uuid:check_id>/", views.playbook_check, name="playbook-check"),
    path("checks/<uuid:check_id>/stop/", views.stop_check, name="playbook-stop"),
    path("checks/<uuid:check_id>/delete/", views.delete_check, name="playbook-check-delete"),
    path("checks/<uuid:check_id>/<int:place>/<int:contract_id>/", views.playbook_cell, name="playbook-cell"),
    path("checks/<uuid:check_id>/export.docx", views.export_check, {"extension": "docx"}, name="playbook-docx"),
    path("checks/<uuid:check_id>/export.xlsx", views.export_check, {"extension": "xlsx"}, name="playbook-xlsx"),
]
