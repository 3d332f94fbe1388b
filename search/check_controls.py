"""A check of one's own is cancelled, or goes on, over REST: of absence, or with a playbook."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.audit.record import record
from contracts.rest.models import Scope
from contracts.rest.strict import StrictView
from contracts.rest.too_late import NothingStopped, TooLate
from search.absence.api import own_absence_check, shown_absence_check
from search.absence.check import cancel_absence_check, continue_absence_check
from search.absence.serializers import AbsenceSerializer
from search.playbook.api import own_playbook_check, shown_playbook_check
from search.playbook.check import cancel_playbook_check, continue_playbook_check
from search.playbook.serializers import PlaybookCheckSerializer

CANCELLED = "Stopped, with what was read so far."
CONTINUED = "Queued; what was read is not read again."


class CheckControl(StrictView):
    parser_classes = [JSONParser]
    scopes = {"POST": Scope.SEARCH}


class AbsenceCancel(CheckControl):
    @extend_schema(
        tags=["search"],
        operation_id="absence_checks_cancel",
        summary="Stop one of your checks; what was read is kept",
        request=None,
        responses={200: OpenApiResponse(AbsenceSerializer, CANCELLED)},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        if not cancel_absence_check(own_absence_check(request, pk)):
            raise TooLate
        record(request, "cancelled", "absence_check", pk)
        return Response(shown_absence_check(request, pk))


class AbsenceContinue(CheckControl):
    @extend_schema(
        tags=["search"],
        operation_id="absence_checks_continue",
        summary="Let one of your checks that stopped go on",
        request=None,
        responses={200: OpenApiResponse(AbsenceSerializer, CONTINUED)},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        if not continue_absence_check(own_absence_check(request, pk)):
            raise NothingStopped
        return Response(shown_absence_check(request, pk))


class PlaybookCheckCancel(CheckControl):
    @extend_schema(
        tags=["search"],
        operation_id="playbook_checks_cancel",
        summary="Stop one of your checks; what was read is kept",
        request=None,
        responses={200: OpenApiResponse(PlaybookCheckSerializer, CANCELLED)},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        if not cancel_playbook_check(own_playbook_check(request, pk)):
            raise TooLate
        record(request, "cancelled", "playbook_check", pk)
        return Response(shown_playbook_check(request, pk))


class PlaybookCheckContinue(CheckControl):
    @extend_schema(
        tags=["search"],
        operation_id="playbook_checks_continue",
        summary="Let one of your checks that stopped go on",
        request=None,
        responses={200: OpenApiResponse(PlaybookCheckSerializer, CONTINUED)},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        if not continue_playbook_check(own_playbook_check(request, pk)):
            raise NothingStopped
        return Response(shown_playbook_check(request, pk))
