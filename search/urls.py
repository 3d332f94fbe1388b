from django.urls import include, path

from search import compare_views, hit_views, views
from search.document import document
from search.export.obligations import export_obligations
from search.export.views import export
from search.lists.views import collect

urlpatterns = [
    path("", views.search, name="search"),
    path("build/", views.build, name="search-build"),
    path("verifying/<uuid:search_id>/", views.verifying, name="search-verifying"),
    path("absence/", include("search.absence.urls")),
    path("history/", include("search.history.urls")),
    path("saved/", include("search.saved.urls")),
    path("lists/", include("search.lists.urls")),
    path("<uuid:search_id>/contracts/<int:contract_id>/", document, name="search-document"),
    path("<uuid:search_id>/collect/", collect, name="collect"),
    path("playbooks/", include("search.playbook.urls")),
    path("<uuid:search_id>/", views.stored_search, name="search-result"),
    path("<uuid:search_id>/export.docx", export, {"extension": "docx"}, name="search-export-docx"),
    path("<uuid:search_id>/export.xlsx", export, {"extension": "xlsx"}, name="search-export-xlsx"),
    path(
        "contracts/<int:contract_id>/obligations.<str:extension>",
        export_obligations,
        name="contract-obligations-export",
    ),
    path("<uuid:search_id>/hits/<int:rank>/why/", hit_views.why, name="hit-why"),
    path("<uuid:search_id>/hits/<int:rank>/decision/", hit_views.decide_hit, name="hit-decide"),
    path("<uuid:search_id>/hits/<int:rank>/disagree/", hit_views.disagree_hit, name="hit-disagree"),
    path("<uuid:search_id>/hits/<int:rank>/preview/", hit_views.preview, name="hit-preview"),
    path("<uuid:search_id>/hits/<int:rank>/compare/", compare_views.compare, name="hit-compare"),
    path("<uuid:search_id>/compare/", compare_views.compare_ticked, name="compare-ticked"),
]
