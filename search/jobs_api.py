"""Searches that are answered later, over HTTP: look at the state, or cancel."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.rest.models import Scope
from contracts.rest.strict import StrictView
from contracts.rest.too_late import TooLate
from search import examples
from search.answer_serializers import JobSerializer
from search.api import SOON, LatestFirst, within_restriction
from search.later import STATE, cancel_job
from search.models import SearchJob


def own_jobs(request: Request) -> QuerySet[SearchJob]:
    return within_restriction(request, SearchJob.objects.filter(user=cast(User, request.user)))


@extend_schema_view(
    get=extend_schema(
        tags=["jobs"],
        operation_id="jobs_list",
        summary="Your searches that are answered later",
        responses=OpenApiResponse(JobSerializer(many=True), examples=[examples.JOB]),
    )
)
class JobList(StrictView, generics.ListAPIView[SearchJob]):
    queryset = SearchJob.objects.none()
    serializer_class = JobSerializer
    pagination_class = LatestFirst
    scopes = {"GET": Scope.SEARCH}

    def get_queryset(self) -> QuerySet[SearchJob]:
        return own_jobs(self.request)


class JobDetail(StrictView):
    scopes = {"GET": Scope.SEARCH}

    @extend_schema(
        tags=["jobs"],
        operation_id="jobs_retrieve",
        summary="One of your jobs; its search is the answer once it is done",
        responses=OpenApiResponse(JobSerializer, examples=[examples.JOB]),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        job = get_object_or_404(own_jobs(request), pk=pk)
        headers: dict[str, Any] = SOON if job.state in (STATE.WAITING, STATE.RUNNING) else {}
        return Response(JobSerializer(job).data, headers=headers)


class JobCancel(StrictView):
    scopes = {"POST": Scope.SEARCH}

    @extend_schema(
        tags=["jobs"],
        operation_id="jobs_cancel",
        summary="Take back a search that waits or is being answered",
        request=None,
        responses={200: OpenApiResponse(JobSerializer, "Cancelled.", [examples.CANCELLED_JOB])},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        job = get_object_or_404(own_jobs(request), pk=pk)
        if not cancel_job(job, request):
            raise TooLate
        job.refresh_from_db()
        return Response(JobSerializer(job).data)
