"""One's absence checks and playbook checks, latest first, so that one whose address was lost is found again."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.rest.models import Scope
from search.absence.api import AbsenceList
from search.api import LatestFirst, within_restriction
from search.models import AbsenceCheck, PlaybookCheck
from search.playbook.api import PlaybookCheckList


class AbsenceEntrySerializer(serializers.ModelSerializer[AbsenceCheck]):
    filters = serializers.DictField(help_text="What it was narrowed to.")

    class Meta:
        model = AbsenceCheck
        fields = ["id", "statement", "filters", "state", "created_at", "finished_at"]


class PlaybookCheckEntrySerializer(serializers.ModelSerializer[PlaybookCheck]):
    playbook = serializers.IntegerField(source="playbook_id", allow_null=True)
    filters = serializers.DictField(help_text="What it was narrowed to.")

    class Meta:
        model = PlaybookCheck
        fields = ["id", "playbook", "name", "filters", "created_at"]


class AbsenceChecks(AbsenceList):
    queryset = AbsenceCheck.objects.none()
    serializer_class = AbsenceEntrySerializer
    pagination_class = LatestFirst
    scopes = {"GET": Scope.SEARCH, "POST": Scope.SEARCH}

    @extend_schema(
        tags=["search"],
        operation_id="absence_checks_list",
        summary="Your absence checks, latest first",
        responses=AbsenceEntrySerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        checks = AbsenceCheck.objects.filter(user=cast(User, request.user), position=None)
        return _paged(self, within_restriction(request, checks), request)


class PlaybookChecks(PlaybookCheckList):
    queryset = PlaybookCheck.objects.none()
    serializer_class = PlaybookCheckEntrySerializer
    pagination_class = LatestFirst
    scopes = {"GET": Scope.SEARCH, "POST": Scope.SEARCH}

    @extend_schema(
        tags=["search"],
        operation_id="playbook_checks_list",
        summary="Your playbook checks, latest first",
        responses=PlaybookCheckEntrySerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        checks = PlaybookCheck.objects.filter(user=cast(User, request.user))
        return _paged(self, within_restriction(request, checks), request)


def _paged(view: AbsenceChecks | PlaybookChecks, checks: QuerySet[Any], request: Request) -> Response:
    pages = view.pagination_class()
    shown = pages.paginate_queryset(checks, request, view=view)
    return pages.get_paginated_response(view.serializer_class(shown, many=True).data)
