from django.urls import path

from search import hit_views, views

urlpatterns = [
    path("", views.search, name="search"),
    path("build/", views.build, name="search-build"),
    path("<uuid:search_id>/", views.stored_search, name="search-result"),
    path("<uuid:search_id>/hits/<int:rank>/why/", hit_views.why, name="hit-why"),
    path("<uuid:search_id>/hits/<int:rank>/decision/", hit_views.decide_hit, name="hit-decide"),
    path("<uuid:search_id>/hits/<int:rank>/disagree/", hit_views.disagree_hit, name="hit-disagree"),
    path("<uuid:search_id>/hits/<int:rank>/compare/", hit_views.compare, name="hit-compare"),
]
