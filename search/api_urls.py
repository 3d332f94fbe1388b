from django.urls import path

from search.absence.api import AbsenceCancel, AbsenceContinue, AbsenceDetail, AbsenceList
from search.api import HitList, SearchDetail, SearchList
from search.compare_api import CompareView
from search.export.api import ExportView, ObligationsExportView
from search.hit_api import HitDetail
from search.jobs_api import JobCancel, JobDetail, JobList
from search.lists.api import ListDetail, ListedClauseDetail, ListedClauseList, ListExport, ListList
from search.playbook.api import PlaybookDetail, PlaybookList
from search.playbook.checks_api import (
    PlaybookCheckCancel,
    PlaybookCheckContinue,
    PlaybookCheckDetail,
    PlaybookCheckExport,
    PlaybookCheckList,
)
from search.reviews_api import DisagreementList, ReviewView
from search.saved.api import ArrivalList, SavedSearchDetail, SavedSearchList, SeenView
from search.verify_api import VerifyView

urlpatterns = [
    path("searches", SearchList.as_view(), name="api-searches"),
    path("searches/<uuid:pk>", SearchDetail.as_view(), name="api-search"),
    path("searches/<uuid:pk>/hits", HitList.as_view(), name="api-hits"),
    path("searches/<uuid:pk>/hits/<int:rank>", HitDetail.as_view(), name="api-hit"),
    path("searches/<uuid:pk>/hits/<int:rank>/review", ReviewView.as_view(), name="api-review"),
    path("searches/<uuid:pk>/hits/<int:rank>/disagreements", DisagreementList.as_view(), name="api-disagreements"),
    path("searches/<uuid:pk>/export", ExportView.as_view(), name="api-export"),
    path("contracts/<int:pk>/obligations/export", ObligationsExportView.as_view(), name="api-obligations-export"),
    path("jobs", JobList.as_view(), name="api-jobs"),
    path("jobs/<uuid:pk>", JobDetail.as_view(), name="api-job"),
    path("jobs/<uuid:pk>/cancel", JobCancel.as_view(), name="api-job-cancel"),
    path("absence-checks", AbsenceList.as_view(), name="api-absence-checks"),
    path("absence-checks/<uuid:pk>", AbsenceDetail.as_view(), name="api-absence-check"),
    path("absence-checks/<uuid:pk>/cancel", AbsenceCancel.as_view(), name="api-absence-check-cancel"),
    path("absence-checks/<uuid:pk>/continue", AbsenceContinue.as_view(), name="api-absence-check-continue"),
    path("playbooks", PlaybookList.as_view(), name="api-playbooks"),
    path("playbooks/<int:pk>", PlaybookDetail.as_view(), name="api-playbook"),
    path("playbook-checks", PlaybookCheckList.as_view(), name="api-playbook-checks"),
    path("playbook-checks/<uuid:pk>", PlaybookCheckDetail.as_view(), name="api-playbook-check"),
    path("playbook-checks/<uuid:pk>/cancel", PlaybookCheckCancel.as_view(), name="api-playbook-check-cancel"),
    path("playbook-checks/<uuid:pk>/export", PlaybookCheckExport.as_view(), name="api-playbook-check-export"),
    path("playbook-checks/<uuid:pk>/continue", PlaybookCheckContinue.as_view(), name="api-playbook-check-continue"),
    path("saved-searches", SavedSearchList.as_view(), name="api-saved-searches"),
    path("saved-searches/<int:pk>", SavedSearchDetail.as_view(), name="api-saved-search"),
    path("saved-searches/<int:pk>/new", ArrivalList.as_view(), name="api-saved-search-new"),
    path("saved-searches/<int:pk>/seen", SeenView.as_view(), name="api-saved-search-seen"),
    path("lists", ListList.as_view(), name="api-lists"),
    path("lists/<int:pk>", ListDetail.as_view(), name="api-list"),
    path("lists/<int:pk>/clauses", ListedClauseList.as_view(), name="api-list-clauses"),
    path("lists/<int:pk>/clauses/<int:clause>", ListedClauseDetail.as_view(), name="api-list-clause"),
    path("lists/<int:pk>/export", ListExport.as_view(), name="api-list-export"),
    path("compare", CompareView.as_view(), name="api-compare"),
    path("verify", VerifyView.as_view(), name="api-verify"),
]
