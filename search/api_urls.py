from django.urls import path

from search.api import HitList, SearchDetail, SearchList
from search.verify_api import VerifyView

urlpatterns = [
    path("searches", SearchList.as_view(), name="api-searches"),
    path("searches/<uuid:pk>", SearchDetail.as_view(), name="api-search"),
    path("searches/<uuid:pk>/hits", HitList.as_view(), name="api-hits"),
    path("verify", VerifyView.as_view(), name="api-verify"),
]
