"""Verified absence over HTTP: ask, then look at the state; the answer is a search with its hits."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.rest.idempotency import IDEMPOTENCY_KEY, Made, answer_made, once
from contracts.rest.models import Scope
from contracts.rest.strict import StrictView
from search import examples
from search.absence.check import start_absence_check
from search.absence.coverage import coverage_of
from search.absence.missed import missed_by
from search.absence.serializers import AbsenceSerializer
from search.answer_serializers import count_groups
from search.api import filters_of, within_restriction
from search.models import AbsenceCheck
from search.problems import problems_at
from search.question_serializers import AbsenceQuestionSerializer

CHECK = OpenApiParameter("Location", str, OpenApiParameter.HEADER, response=[201, 202], description="The check.")


class AbsenceList(StrictView):
    parser_classes = [JSONParser]
    scopes = {"POST": Scope.SEARCH}

    @extend_schema(
        tags=["search"],
        operation_id="absence_checks_create",
        summary="Check that no clause makes a statement; every passage of the scope is read",
        parameters=[IDEMPOTENCY_KEY, CHECK],
        request=AbsenceQuestionSerializer,
        responses={
            201: OpenApiResponse(AbsenceSerializer, "A small scope: all is read.", examples=[examples.ABSENCE]),
            202: OpenApiResponse(AbsenceSerializer, "A large one: it is being read; see Location for its state."),
        },
        examples=[examples.ABSENCE_QUESTION],
    )
    def post(self, request: Request) -> Response:
        question = AbsenceQuestionSerializer(data=request.data, context={"request": request})
        question.is_valid(raise_exception=True)
        asked = question.validated_data

        def work() -> Made:
            check = _start(request, asked)
            done = check.state == AbsenceCheck.State.DONE
            return Made(str(check.pk), status.HTTP_201_CREATED if done else status.HTTP_202_ACCEPTED)

        made = once(request, asked, work)
        return answer_made(request, made, "api-absence-check", shown_absence_check(request, made.pk))


class AbsenceDetail(StrictView):
    scopes = {"GET": Scope.SEARCH}

    @extend_schema(
        tags=["search"],
        operation_id="absence_checks_retrieve",
        summary="One of your checks: its progress, then its answer",
        responses=AbsenceSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        return Response(shown_absence_check(request, pk))


def own_absence_check(request: Request, pk: Any) -> AbsenceCheck:
    checks = AbsenceCheck.objects.filter(user=cast(User, request.user))
    return get_object_or_404(within_restriction(request, checks).select_related("search"), pk=pk)


def _start(request: Request, asked: dict[str, Any]) -> AbsenceCheck:
    with problems_at("query"):
        return start_absence_check(asked["query"], cast(User, request.user), filters_of(request, asked))


def shown_absence_check(request: Request, pk: Any) -> dict[str, Any]:
    check = own_absence_check(request, pk)
    user = cast(User, request.user)
    context = {
        "counts": count_groups([check.search] if check.search else [], user),
        "coverage": coverage_of(check, user) if check.search else None,
        "missed": missed_by({check.verifier_sha256}) if check.search else None,
    }
    body: dict[str, Any] = AbsenceSerializer(check, context=context).data
    return body
