"""Verified absence over HTTP: ask, then look at the state; the answer is a search with its hits."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.request import Request

from contracts.rest.idempotency import IDEMPOTENCY_KEY
from search import examples
from search.absence.check import cancel_absence_check, continue_absence_check, start_absence_check
from search.absence.coverage import coverage_of
from search.absence.missed import missed_by
from search.absence.serializers import AbsenceEntrySerializer, AbsenceSerializer
from search.answer_serializers import count_groups
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
from search.models import AbsenceCheck
from search.problems import problems_at
from search.question_serializers import AbsenceQuestionSerializer


def _start(request: Request, asked: dict[str, Any]) -> AbsenceCheck:
    with problems_at("query"):
        return start_absence_check(asked["query"], cast(User, request.user), filters_of(request, asked))


def _shown(check: AbsenceCheck, user: User) -> dict[str, Any]:
    context = {
        "counts": count_groups([check.answer] if check.answer else [], user),
        "coverage": coverage_of(check, user) if check.answer else None,
        "missed": missed_by({check.verifier_sha256}) if check.answer else None,
    }
    body: dict[str, Any] = AbsenceSerializer(check, context=context).data
    return body


KIND = Kind(
    name="absence_check",
    route="api-absence-check",
    checks=AbsenceCheck.objects.select_related("search"),
    listed=AbsenceCheck.objects.filter(position=None),  # the others are of playbook checks
    question=AbsenceQuestionSerializer,
    start=_start,
    runs=lambda check: check.state != AbsenceCheck.State.DONE,
    show=_shown,
    cancel=cancel_absence_check,
    resume=continue_absence_check,
)


@extend_schema_view(
    get=extend_schema(
        tags=["search"],
        operation_id="absence_checks_list",
        summary="Your absence checks, latest first",
        responses=OpenApiResponse(AbsenceEntrySerializer(many=True), examples=[examples.ABSENCE_ENTRY]),
    ),
    post=extend_schema(
        tags=["search"],
        operation_id="absence_checks_create",
        summary="Check that no clause makes a statement; every passage of the scope is read",
        parameters=[IDEMPOTENCY_KEY, LOCATION],
        request=AbsenceQuestionSerializer,
        responses={
            201: OpenApiResponse(AbsenceSerializer, "A small scope: all is read.", examples=[examples.ABSENCE]),
            202: OpenApiResponse(
                AbsenceSerializer,
                "A large one: it is being read; see Location for its state.",
                examples=[examples.ABSENCE_READING],
            ),
        },
        examples=[examples.ABSENCE_QUESTION],
    ),
)
class AbsenceList(CheckList):
    kind = KIND
    queryset = AbsenceCheck.objects.none()
    serializer_class = AbsenceEntrySerializer


@extend_schema_view(
    get=extend_schema(
        tags=["search"],
        operation_id="absence_checks_retrieve",
        summary="One of your checks: its progress, then its answer",
        responses=OpenApiResponse(AbsenceSerializer, examples=[examples.ABSENCE, examples.ABSENCE_READING]),
    )
)
class AbsenceDetail(CheckDetail):
    kind = KIND


@cancel_schema("absence_checks", AbsenceSerializer, examples.ABSENCE_STOPPED)
class AbsenceCancel(CheckCancel):
    kind = KIND


@continue_schema("absence_checks", AbsenceSerializer, examples.ABSENCE_READING)
class AbsenceContinue(CheckContinue):
    kind = KIND
