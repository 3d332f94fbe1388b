"""Playbooks over HTTP: what one's contracts should say, written, changed and deleted."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response

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
        parameters=[IDEMPOTENCY_KEY, PLAYBOOK],
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
        shown = get_object_or_404(own_playbooks(request), pk=made.pk)
        return answer_made(request, made, "api-playbook", PlaybookSerializer(shown).data)


class PlaybookDetail(StrictView):
    scopes = SEARCH_ONLY

    @extend_schema(
        tags=["playbooks"],
        operation_id="playbooks_retrieve",
        summary="One of your playbooks",
        responses=STORED,
    )
    def get(self, request: Request, pk: int) -> Response:
        return Response(PlaybookSerializer(own_playbook(request, pk)).data)

    @extend_schema(
        tags=["playbooks"],
        operation_id="playbooks_update",
        summary="Write one of your playbooks anew; checks made before keep their statements",
        request=PlaybookTextSerializer,
        responses=STORED,
        examples=[examples.PLAYBOOK],
    )
    def put(self, request: Request, pk: int) -> Response:
        playbook = own_playbook(request, pk)
        text = PlaybookTextSerializer(data=request.data)
        text.is_valid(raise_exception=True)
        playbook.name, positions = text.written()
        with problems_at("name"):
            save_playbook(playbook, positions)
        return Response(PlaybookSerializer(own_playbook(request, pk)).data)

    @extend_schema(
        tags=["playbooks"],
        operation_id="playbooks_destroy",
        summary="Delete one of your playbooks; its checks stay",
        responses={204: OpenApiResponse(description="Deleted.")},
    )
    def delete(self, request: Request, pk: int) -> Response:
        own_playbook(request, pk).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


def own_playbooks(request: Request) -> QuerySet[Playbook]:
    return Playbook.objects.filter(user=cast(User, request.user)).prefetch_related("positions")


def own_playbook(request: Request, pk: int) -> Playbook:
    return get_object_or_404(own_playbooks(request), pk=pk)
