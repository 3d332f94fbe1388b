"""Verified absence over HTTP: ask, then look at the state; the answer is a search with its hits."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from search.absence import start_absence_check
from search.api import ModelUnavailable, QuestionSerializer
from search.encode import EncoderUnavailable
from search.filters import Filters
from search.models import AbsenceCheck
from search.present import present_search
from search.search import QueryError
from verifier.types import VerifierUnavailable


class AbsenceQuestionSerializer(QuestionSerializer):
    limit = None  # every passage is read
    mode = None


class AbsenceSerializer(serializers.Serializer[AbsenceCheck]):
    id = serializers.UUIDField()
    statement = serializers.CharField()
    state = serializers.ChoiceField(choices=AbsenceCheck.State.choices)
    error = serializers.CharField(help_text="Why a check stopped, and what to do.")
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    contracts = serializers.SerializerMethodField(help_text="Contracts in the scope that are read.")
    unread = serializers.IntegerField(help_text="Contracts of the scope that could not be read when it was asked.")
    passages = serializers.IntegerField(help_text="In the scope; every one is read.")
    passages_read = serializers.IntegerField()
    not_verified = serializers.SerializerMethodField(help_text="Passages that the verifier could not read.")
    found = serializers.SerializerMethodField(help_text="Clauses that make the statement; null until all is read.")
    search = serializers.UUIDField(source="search_id", allow_null=True, help_text="Its results: found and nearest.")

    def get_contracts(self, check: AbsenceCheck) -> int:
        return len(check.contracts)

    def get_not_verified(self, check: AbsenceCheck) -> int | None:
        return check.search.recalled - check.search.verified if check.search else None

    def get_found(self, check: AbsenceCheck) -> int | None:
        return present_search(check.search).supported if check.search else None


class AbsenceListView(APIView):
    @extend_schema(
        operation_id="absence_checks_create",
        request=AbsenceQuestionSerializer,
        responses={201: AbsenceSerializer, 202: AbsenceSerializer, 400: OpenApiResponse(), 503: OpenApiResponse()},
    )
    def post(self, request: Request) -> Response:
        """Check that no clause makes a statement. Small scopes are answered at once (201), others by a job (202)."""
        question = AbsenceQuestionSerializer(data=request.data)
        question.is_valid(raise_exception=True)
        asked = question.validated_data
        filters = Filters(tuple(asked.get("matters", ())), tuple(asked.get("contracts", ())))
        try:
            check = start_absence_check(asked["query"], cast(User, request.user), filters)
        except QueryError as error:
            raise ValidationError({"query": str(error)}) from error
        except (VerifierUnavailable, EncoderUnavailable) as error:
            raise ModelUnavailable(str(error)) from error
        done = check.state == AbsenceCheck.State.DONE
        location = request.build_absolute_uri(f"{request.path.rstrip('/')}/{check.pk}")
        body: dict[str, Any] = AbsenceSerializer(check).data
        code = status.HTTP_201_CREATED if done else status.HTTP_202_ACCEPTED
        return Response(body, status=code, headers={"Location": location})


class AbsenceDetailView(APIView):
    @extend_schema(operation_id="absence_checks_retrieve", responses={200: AbsenceSerializer, 404: OpenApiResponse()})
    def get(self, request: Request, pk: Any) -> Response:
        """One of your checks: its progress, then its answer."""
        check = get_object_or_404(AbsenceCheck.objects.select_related("search"), pk=pk, user=cast(User, request.user))
        return Response(AbsenceSerializer(check).data)
