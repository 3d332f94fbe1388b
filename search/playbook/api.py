"""Playbooks over HTTP: write one, hold contracts against it, look at the state and the cells."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.api import IDEMPOTENCY_KEY
from contracts.rest.idempotency import Made, answer_made, once
from contracts.rest.models import Scope
from contracts.rest.strict import CursorPages, StrictView
from search.api import SEARCH_ONLY, filters_of, within_restriction
from search.models import Playbook, PlaybookCheck
from search.playbook import examples
from search.playbook.cells import grid_of
from search.playbook.check import progress_of, start_playbook_check
from search.playbook.positions import new_playbook, save_playbook
from search.playbook.serializers import (
    PlaybookCheckSerializer,
    PlaybookQuestionSerializer,
    PlaybookSerializer,
    PlaybookTextSerializer,
)
from search.problems import problems_at

PLAYBOOK = OpenApiParameter("Location", str, OpenApiParameter.HEADER, response=[201], description="The playbook.")
CHECK = OpenApiParameter("Location", str, OpenApiParameter.HEADER, response=[201, 202], description="The check.")


class PlaybookList(StrictView, generics.ListAPIView[Playbook]):
    queryset = Playbook.objects.none()
    serializer_class = PlaybookSerializer
    pagination_class = CursorPages
    parser_classes = [JSONParser]
    scopes = SEARCH_ONLY

    def get_queryset(self) -> QuerySet[Playbook]:
        return own_playbooks(self.request)

    @extend_schema(tags=["playbooks"], operation_id="playbooks_list", summary="Your playbooks")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["playbooks"],
        operation_id="playbooks_create",
        summary="Write a playbook: what your contracts should say",
        parameters=[IDEMPOTENCY_KEY, PLAYBOOK],
        request=PlaybookTextSerializer,
        responses={201: PlaybookSerializer},
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
    parser_classes = [JSONParser]
    scopes = SEARCH_ONLY

    @extend_schema(
        tags=["playbooks"],
        operation_id="playbooks_retrieve",
        summary="One of your playbooks",
        responses=PlaybookSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        return Response(PlaybookSerializer(own_playbook(request, pk)).data)

    @extend_schema(
        tags=["playbooks"],
        operation_id="playbooks_update",
        summary="Write one of your playbooks anew; checks made before keep their statements",
        request=PlaybookTextSerializer,
        responses=PlaybookSerializer,
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


class PlaybookCheckList(StrictView):
    parser_classes = [JSONParser]
    scopes = {"POST": Scope.SEARCH}

    @extend_schema(
        tags=["search"],
        operation_id="playbook_checks_create",
        summary="Hold contracts against a playbook; every passage is read against every position",
        parameters=[IDEMPOTENCY_KEY, CHECK],
        request=PlaybookQuestionSerializer,
        responses={
            201: OpenApiResponse(PlaybookCheckSerializer, "Little to read: all is read.", examples=[examples.CHECK]),
            202: OpenApiResponse(PlaybookCheckSerializer, "It is being read; see Location for its state."),
        },
        examples=[examples.PLAYBOOK_QUESTION],
    )
    def post(self, request: Request) -> Response:
        question = PlaybookQuestionSerializer(data=request.data, context={"request": request})
        question.is_valid(raise_exception=True)
        asked = question.validated_data

        def work() -> Made:
            check = _start(request, asked)
            running = progress_of(check).running
            return Made(str(check.pk), status.HTTP_202_ACCEPTED if running else status.HTTP_201_CREATED)

        made = once(request, asked, work)
        return answer_made(request, made, "api-playbook-check", shown_playbook_check(request, made.pk))


class PlaybookCheckDetail(StrictView):
    scopes = {"GET": Scope.SEARCH}

    @extend_schema(
        tags=["search"],
        operation_id="playbook_checks_retrieve",
        summary="One of your checks: its progress, and the cells that are read",
        responses=PlaybookCheckSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        return Response(shown_playbook_check(request, pk))


def own_playbooks(request: Request) -> QuerySet[Playbook]:
    return Playbook.objects.filter(user=cast(User, request.user)).prefetch_related("positions")


def own_playbook(request: Request, pk: int) -> Playbook:
    return get_object_or_404(own_playbooks(request), pk=pk)


def _start(request: Request, asked: dict[str, Any]) -> PlaybookCheck:
    playbook = own_playbooks(request).filter(pk=asked["playbook"]).first()
    if playbook is None:
        raise ValidationError({"playbook": "There is no playbook of this id, or it is not yours."})
    with problems_at("playbook"):
        return start_playbook_check(playbook, cast(User, request.user), filters_of(request, asked))


def own_playbook_check(request: Request, pk: Any) -> PlaybookCheck:
    checks = PlaybookCheck.objects.filter(user=cast(User, request.user))
    return get_object_or_404(within_restriction(request, checks), pk=pk)


def shown_playbook_check(request: Request, pk: Any) -> dict[str, Any]:
    check = own_playbook_check(request, pk)
    context = {"progress": progress_of(check), "grid": grid_of(check, cast(User, request.user))}
    body: dict[str, Any] = PlaybookCheckSerializer(check, context=context).data
    return body
