"""Contracts held against a playbook, over HTTP: ask, then look at the state and the cells."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from contracts.rest.idempotency import IDEMPOTENCY_KEY
from contracts.rest.models import Scope
from contracts.rest.strict import StrictView
from search.api import filters_of
from search.checks_api import (
    LOCATION,
    CheckCancel,
    CheckContinue,
    CheckDetail,
    CheckList,
    Kind,
    cancel_schema,
    continue_schema,
)
from search.export.api import FILES, FORMAT, RENDERERS, format_of
from search.export.playbook import playbook_check_file
from search.models import PlaybookCheck
from search.playbook import examples
from search.playbook.api import own_playbooks
from search.playbook.cells import grid_of
from search.playbook.check import cancel_playbook_check, continue_playbook_check, progress_of, start_playbook_check
from search.playbook.serializers import (
    PlaybookCheckEntrySerializer,
    PlaybookCheckSerializer,
    PlaybookQuestionSerializer,
)
from search.problems import problems_at


def _start(request: Request, asked: dict[str, Any]) -> PlaybookCheck:
    playbook = own_playbooks(request).filter(pk=asked["playbook"]).first()
    if playbook is None:
        raise ValidationError({"playbook": "There is no playbook of this id, or it is not yours."})
    with problems_at("playbook"):
        return start_playbook_check(playbook, cast(User, request.user), filters_of(request, asked))


def _shown(check: PlaybookCheck, user: User) -> dict[str, Any]:
    context = {"progress": progress_of(check), "grid": grid_of(check, user)}
    body: dict[str, Any] = PlaybookCheckSerializer(check, context=context).data
    return body


KIND = Kind(
    name="playbook_check",
    route="api-playbook-check",
    checks=PlaybookCheck.objects.all(),
    listed=PlaybookCheck.objects.all(),
    question=PlaybookQuestionSerializer,
    start=_start,
    runs=lambda check: progress_of(check).running,
    show=_shown,
    cancel=cancel_playbook_check,
    resume=continue_playbook_check,
)


@extend_schema_view(
    get=extend_schema(
        tags=["search"],
        operation_id="playbook_checks_list",
        summary="Your playbook checks, latest first",
        responses=OpenApiResponse(PlaybookCheckEntrySerializer(many=True), examples=[examples.CHECK_ENTRY]),
    ),
    post=extend_schema(
        tags=["search"],
        operation_id="playbook_checks_create",
        summary="Hold contracts against a playbook; every passage is read against every position",
        parameters=[IDEMPOTENCY_KEY, LOCATION],
        request=PlaybookQuestionSerializer,
        responses={
            201: OpenApiResponse(PlaybookCheckSerializer, "Little to read: all is read.", examples=[examples.CHECK]),
            202: OpenApiResponse(
                PlaybookCheckSerializer,
                "It is being read; see Location for its state.",
                examples=[examples.CHECK_READING],
            ),
        },
        examples=[examples.PLAYBOOK_QUESTION],
    ),
)
class PlaybookCheckList(CheckList):
    kind = KIND
    queryset = PlaybookCheck.objects.none()
    serializer_class = PlaybookCheckEntrySerializer


@extend_schema_view(
    get=extend_schema(
        tags=["search"],
        operation_id="playbook_checks_retrieve",
        summary="One of your checks: its progress, and the cells that are read",
        responses=OpenApiResponse(PlaybookCheckSerializer, examples=[examples.CHECK, examples.CHECK_READING]),
    )
)
class PlaybookCheckDetail(CheckDetail):
    kind = KIND


class PlaybookCheckExport(StrictView):
    renderer_classes = [JSONRenderer, *RENDERERS]
    parameters = ("format",)
    scopes = {"GET": Scope.SEARCH}

    @extend_schema(
        tags=["search"],
        operation_id="playbook_checks_export",
        summary="One of your checks as a Word or Excel file: the grid, and the clauses that its cells rest on",
        parameters=[FORMAT],
        responses=FILES,
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        return playbook_check_file(request, KIND.own(request, pk), format_of(request))


@cancel_schema("playbook_checks", PlaybookCheckSerializer, examples.CHECK_STOPPED)
class PlaybookCheckCancel(CheckCancel):
    kind = KIND


@continue_schema("playbook_checks", PlaybookCheckSerializer, examples.CHECK_READING)
class PlaybookCheckContinue(CheckContinue):
    kind = KIND
