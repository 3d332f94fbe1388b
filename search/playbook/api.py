"""Playbooks over HTTP: what one's contracts should say, written, changed and deleted."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.rest.conditional import ETAG, IF_MATCH, IF_NONE_MATCH, check_match, etag_header, unless_known
from contracts.rest.idempotency import IDEMPOTENCY_KEY, Made, answer_made, once
from contracts.rest.strict import CursorPages, StrictView
from search.api import SEARCH_ONLY
from search.models import Playbook
from search.playbook import examples
from search.playbook.positions import new_playbook, save_playbook
from search.playbook.serializers import (
    PlaybookSerializer,
    PlaybookTextSerializer,
)
from search.problems import problems_at

PLAYBOOK = OpenApiParameter("Location", str, OpenApiParameter.HEADER, response=[201], description="The playbook.")

STORED = OpenApiResponse(PlaybookSerializer, examples=[examples.STORED])


class PlaybookList(StrictView, generics.ListAPIView[Playbook]):
    queryset = Playbook.objects.none()
    serializer_class = PlaybookSerializer
    pagination_class = CursorPages
    scopes = SEARCH_ONLY

    def get_queryset(self) -> QuerySet[Playbook]:
        return own_playbooks(self.request)

    @extend_schema(
        tags=["playbooks"],
        operation_id="playbooks_list",
        summary="Your playbooks",
        responses=OpenApiResponse(PlaybookSerializer(many=True), examples=[examples.STORED]),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["playbooks"],
        operation_id="playbooks_create",
        summary="Write a playbook: what your contracts should say",
        parameters=[IDEMPOTENCY_KEY, PLAYBOOK, ETAG],
        request=PlaybookTextSerializer,
        responses={201: STORED},
        examples=[examples.PLAYBOOK],
    )
    def post(self, request: Request) -> Response:
        text = PlaybookTextSerializer(data=request.data)
        text.is_valid(raise_exception=True)

        def work() -> Made:
            made = new_playbook(cast(User, request.user), *text.written())
            return Made(str(made.pk), status.HTTP_201_CREATED)

        with problems_at("name"):
            made = once(request, text.validated_data, work)
        shown = PlaybookSerializer(own_playbook(request, made.pk)).data
        return answer_made(request, made, "api-playbook", shown, etag_header(shown))


class PlaybookDetail(StrictView):
    scopes = SEARCH_ONLY

    @extend_schema(
        tags=["playbooks"],
        operation_id="playbooks_retrieve",
        summary="One of your playbooks",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: STORED, 304: OpenApiResponse(description="It is still as you have it.")},
    )
    def get(self, request: Request, pk: int) -> HttpResponseBase:
        return unless_known(request, Response(PlaybookSerializer(own_playbook(request, pk)).data))

    @extend_schema(
        tags=["playbooks"],
        operation_id="playbooks_update",
        summary="Write one of your playbooks anew; checks made before keep their statements",
        parameters=[IF_MATCH, ETAG],
        request=PlaybookTextSerializer,
        responses=STORED,
        examples=[examples.PLAYBOOK],
    )
    def put(self, request: Request, pk: int) -> Response:
        text = PlaybookTextSerializer(data=request.data)
        text.is_valid(raise_exception=True)
        with problems_at("name"), transaction.atomic():
            playbook = _lock(request, pk)
            playbook.name, positions = text.written()
            save_playbook(playbook, positions)
        shown = PlaybookSerializer(own_playbook(request, pk)).data
        return Response(shown, headers=etag_header(shown))

    @extend_schema(
        tags=["playbooks"],
        operation_id="playbooks_destroy",
        summary="Delete one of your playbooks; its checks stay",
        parameters=[IF_MATCH],
        responses={204: OpenApiResponse(description="Deleted.")},
    )
    def delete(self, request: Request, pk: int) -> Response:
        with transaction.atomic():
            _lock(request, pk).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


def own_playbooks(request: Request) -> QuerySet[Playbook]:
    return Playbook.objects.filter(user=cast(User, request.user)).prefetch_related("positions")


def own_playbook(request: Request, pk: Any) -> Playbook:
    return get_object_or_404(own_playbooks(request), pk=pk)


def _lock(request: Request, pk: int) -> Playbook:
    """For a change, after a look at If-Match: of two that began with the same ETag the second is refused."""
    playbook = get_object_or_404(own_playbooks(request).select_for_update(of=("self",)), pk=pk)
    check_match(request, PlaybookSerializer(playbook).data)
    return playbook
