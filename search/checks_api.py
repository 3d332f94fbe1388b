"""What absence checks and playbook checks share over REST: asked for, listed, looked at, stopped, let go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.audit.record import record
from contracts.rest.idempotency import Made, answer_made, once
from contracts.rest.models import Scope
from contracts.rest.strict import StrictView
from contracts.rest.too_late import NothingStopped, TooLate
from search.absence.check import VerifierReplaced
from search.api import LatestFirst, within_restriction
from search.models import AbsenceCheck, PlaybookCheck

Shown = type[serializers.BaseSerializer[Any]]

LOCATION = OpenApiParameter("Location", str, OpenApiParameter.HEADER, response=[201, 202], description="The check.")

C = TypeVar("C", AbsenceCheck, PlaybookCheck)
V = TypeVar("V", bound=type[StrictView])


@dataclass(frozen=True, slots=True)
class Kind(Generic[C]):
    name: str  # on the audit record
    route: str  # of one
    checks: QuerySet[C]
    listed: QuerySet[C]
    question: type[serializers.Serializer[Any]]
    start: Callable[[Request, dict[str, Any]], C]
    runs: Callable[[C], bool]
    show: Callable[[C, User], dict[str, Any]]
    cancel: Callable[[C], bool]
    resume: Callable[[C], bool]  # may raise VerifierReplaced

    def own(self, request: Request, pk: Any) -> C:
        checks = self.checks.filter(user=cast(User, request.user))
        return get_object_or_404(within_restriction(request, checks), pk=pk)

    def shown(self, request: Request, pk: Any) -> dict[str, Any]:
        return self.show(self.own(request, pk), cast(User, request.user))


def cancel_schema(checks: str, shown: Shown, example: OpenApiExample) -> Callable[[V], V]:
    summary = "Stop one of your checks; what was read is kept"
    answer = OpenApiResponse(shown, "Stopped, with what was read so far.", [example])
    return _of_post(f"{checks}_cancel", summary, answer)


def continue_schema(checks: str, shown: Shown, example: OpenApiExample) -> Callable[[V], V]:
    summary = "Let one of your checks go on that stopped, or could not read every passage"
    answer = OpenApiResponse(
        shown, "Queued; what this verifier has read is not read again, and a new answer comes.", [example]
    )
    return _of_post(f"{checks}_continue", summary, answer)


def _of_post(operation_id: str, summary: str, answer: OpenApiResponse) -> Callable[[V], V]:
    post = extend_schema(
        tags=["search"], operation_id=operation_id, summary=summary, request=None, responses={200: answer}
    )
    return extend_schema_view(post=post)


# No docstrings below: the schema would show them as the description of every operation.


class CheckList(StrictView):
    kind: ClassVar[Kind[Any]]
    serializer_class: type[serializers.ModelSerializer[Any]]
    pagination_class = LatestFirst
    scopes = {"GET": Scope.SEARCH, "POST": Scope.SEARCH}

    def get(self, request: Request) -> Response:
        checks = self.kind.listed.filter(user=cast(User, request.user))
        pages = self.pagination_class()
        shown = pages.paginate_queryset(within_restriction(request, checks), request, view=self)
        return pages.get_paginated_response(self.serializer_class(shown, many=True).data)

    def post(self, request: Request) -> Response:
        question = self.kind.question(data=request.data, context={"request": request})
        question.is_valid(raise_exception=True)
        asked = question.validated_data

        def work() -> Made:
            check = self.kind.start(request, asked)
            runs = self.kind.runs(check)
            return Made(str(check.pk), status.HTTP_202_ACCEPTED if runs else status.HTTP_201_CREATED)

        made = once(request, asked, work)
        return answer_made(request, made, self.kind.route, self.kind.shown(request, made.pk))


class CheckDetail(StrictView):
    kind: ClassVar[Kind[Any]]
    scopes = {"GET": Scope.SEARCH}

    def get(self, request: Request, pk: UUID) -> Response:
        return Response(self.kind.shown(request, pk))


class CheckCancel(StrictView):
    kind: ClassVar[Kind[Any]]
    scopes = {"POST": Scope.SEARCH}

    def post(self, request: Request, pk: UUID) -> Response:
        if not self.kind.cancel(self.kind.own(request, pk)):
            raise TooLate
        record(request, "cancelled", self.kind.name, pk)
        return Response(self.kind.shown(request, pk))


class CheckContinue(StrictView):
    kind: ClassVar[Kind[Any]]
    scopes = {"POST": Scope.SEARCH}

    def post(self, request: Request, pk: UUID) -> Response:
        try:
            queued = self.kind.resume(self.kind.own(request, pk))
        except VerifierReplaced as error:
            raise TooLate(str(error), "verifier_replaced") from error
        if not queued:
            raise NothingStopped
        return Response(self.kind.shown(request, pk))
