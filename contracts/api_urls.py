from django.urls import include, path

from contracts import api, clauses_api, matters_api, original_api, reading_api, tokens_api
from contracts.audit.api import AuditList

urlpatterns = [
    path("", include("contracts.ingests.api_urls")),
    path("", include("contracts.webhooks.api_urls")),
    path("audit-events", AuditList.as_view(), name="api-audit"),
    path("matters", matters_api.MatterList.as_view(), name="api-matters"),
    path("matters/<int:pk>", matters_api.MatterDetail.as_view(), name="api-matter"),
    path("matters/<int:pk>/members/<str:username>", matters_api.MatterMember.as_view(), name="api-matter-member"),
    path("matters/<int:pk>/walls/<str:username>", matters_api.MatterWall.as_view(), name="api-matter-wall"),
    path("contracts", api.ContractList.as_view(), name="api-contracts"),
    path("contracts/<int:pk>", api.ContractDetail.as_view(), name="api-contract"),
    path("contracts/<int:pk>/file", original_api.ContractFile.as_view(), name="api-contract-file"),
    path("contracts/<int:pk>/cancel", reading_api.ReadingCancel.as_view(), name="api-contract-cancel"),
    path("contracts/<int:pk>/retry", reading_api.ReadingRetry.as_view(), name="api-contract-retry"),
    path("contracts/<int:pk>/clauses", clauses_api.ClauseList.as_view(), name="api-clauses"),
    path(
        "contracts/by-external-id/<str:source>/<path:external_id>",
        api.ContractByExternalId.as_view(),
        name="api-contract-by-external-id",
    ),
    path("clauses/<int:pk>", clauses_api.ClauseDetail.as_view(), name="api-clause"),
    path("tokens", tokens_api.TokenList.as_view(), name="api-tokens"),
    path("tokens/<uuid:public_id>", tokens_api.TokenDetail.as_view(), name="api-token"),
    path("contracts/<int:pk>/amounts", clauses_api.AmountList.as_view(), name="api-amounts"),
    path("contracts/<int:pk>/obligations", clauses_api.ObligationList.as_view(), name="api-obligations"),
]
