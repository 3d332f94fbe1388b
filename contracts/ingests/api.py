"""Bulk loads over REST: announce the files, send them in any order, as often as needed, commit, see each outcome."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.exceptions import APIException, UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.cancel import cancel_ingest
from contracts.ingests import examples
from contracts.ingests.counts import item_counts
from contracts.ingests.models import OUTCOME, Ingest, IngestItem, Outcome
from contracts.ingests.parts import PartRefused, begin_ingest, commit_ingest, receive_part
from contracts.ingests.serializers import IngestSerializer, ItemSerializer, NewIngestSerializer
from contracts.models import Matter
from contracts.rest.idempotency import IDEMPOTENCY_KEY, Made, once
from contracts.rest.models import Scope
from contracts.rest.raw import RAW_BODY, RAW_PARSERS, raw_content
from contracts.rest.strict import CursorPages, StrictView
from contracts.rest.too_late import TooLate

PROMISED = ("key", "file_name", "sha256", "source", "identifier", "facts")  # by which a repetition is known
LOCATION = OpenApiParameter("Location", str, OpenApiParameter.HEADER, response=[201], description="The ingest.")
KEY = OpenApiParameter("key", str, OpenApiParameter.PATH, description="Of the item, as in the manifest.")


class Conflict(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "part_refused"


class LatestFirst(CursorPages):
    ordering = ("-created_at", "pk")


class ByPosition(CursorPages):
    ordering = "position"


def own_ingests(request: Request) -> QuerySet[Ingest]:
    visible = Matter.objects.visible_to(request.user)
    return Ingest.objects.filter(user=cast(User, request.user), matter__in=visible).select_related("matter")


class IngestList(StrictView, generics.ListAPIView[Ingest]):
    queryset = Ingest.objects.none()
    serializer_class = IngestSerializer
    pagination_class = LatestFirst
    scopes = {"GET": Scope.UPLOAD, "POST": Scope.UPLOAD}

    @extend_schema(
        tags=["ingests"],
        operation_id="ingests_list",
        summary="Your bulk loads, latest first",
        responses=OpenApiResponse(IngestSerializer(many=True), examples=[examples.INGEST]),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(own_ingests(request)) or []
        return self.get_paginated_response(
            IngestSerializer(page, many=True, context={"counts": item_counts(page)}).data
        )

    @extend_schema(
        tags=["ingests"],
        operation_id="ingests_create",
        summary="Begin a bulk load with the manifest of its files",
        parameters=[IDEMPOTENCY_KEY, LOCATION],
        request=NewIngestSerializer,
        responses={201: OpenApiResponse(IngestSerializer, "Begun; send the items now.", [examples.INGEST])},
        examples=[examples.NEW],
    )
    def post(self, request: Request) -> Response:
        asked = NewIngestSerializer(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        matter, items = asked.validated_data["matter"], asked.validated_data["items"]

        def work() -> Made:
            return Made(str(begin_ingest(matter, items, cast(User, request.user)).pk), status.HTTP_201_CREATED)

        payload = [matter.pk, [[getattr(one, name) for name in PROMISED] for one in items]]
        made = once(request, payload, work)
        location = request.build_absolute_uri(reverse("api-ingest", args=[made.pk]))
        return _answer(request, made.pk, made.status, {"Location": location})


def _answer(request: Request, pk: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    ingest = get_object_or_404(own_ingests(request), pk=pk)
    return Response(IngestSerializer(ingest, context={"counts": item_counts([ingest])}).data, status, headers=headers)


class IngestDetail(StrictView):
    scopes = {"GET": Scope.UPLOAD}

    @extend_schema(
        tags=["ingests"],
        operation_id="ingests_retrieve",
        summary="One of your bulk loads, every item counted by its outcome",
        responses=OpenApiResponse(IngestSerializer, examples=[examples.INGEST]),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        return _answer(request, pk)


class IngestCommit(StrictView):
    scopes = {"POST": Scope.UPLOAD}

    @extend_schema(
        tags=["ingests"],
        operation_id="ingests_commit",
        summary="Say that nothing more comes; what was not sent has failed. Again, it changes nothing",
        request=None,
        responses={200: OpenApiResponse(IngestSerializer, "Committed.", [examples.INGEST])},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        commit_ingest(get_object_or_404(own_ingests(request), pk=pk))
        return _answer(request, pk)


class IngestCancel(StrictView):
    scopes = {"POST": Scope.UPLOAD}

    @extend_schema(
        tags=["ingests"],
        operation_id="ingests_cancel",
        summary="Take nothing more, and read nothing more of it; what was read stays",
        request=None,
        responses={
            200: OpenApiResponse(IngestSerializer, "Cancelled: every item has its outcome.", [examples.CANCELLED])
        },
    )
    def post(self, request: Request, pk: UUID) -> Response:
        if not cancel_ingest(get_object_or_404(own_ingests(request), pk=pk), request):
            raise TooLate
        return _answer(request, pk)


class ItemFilters(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=Outcome.choices, required=False)
    sent = serializers.BooleanField(required=False, allow_null=True, default=None)


class ItemList(StrictView, generics.ListAPIView[IngestItem]):
    queryset = IngestItem.objects.none()
    serializer_class = ItemSerializer
    pagination_class = ByPosition
    parameters = ("outcome", "sent")
    scopes = {"GET": Scope.UPLOAD}

    @extend_schema(
        tags=["ingests"],
        operation_id="ingests_items",
        summary="The items in the order of the manifest; those to be sent yet with sent=false",
        parameters=[
            OpenApiParameter("outcome", str, enum=Outcome.values),
            OpenApiParameter("sent", bool),
        ],
        responses=OpenApiResponse(ItemSerializer(many=True), examples=[examples.ITEM]),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[IngestItem]:
        asked = ItemFilters(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        items = own_items(self.request, self.kwargs["pk"])
        if "outcome" in asked.validated_data:
            items = items.filter(Q(outcome=asked.validated_data["outcome"]))
        if asked.validated_data["sent"] is not None:
            items = items.filter(sent_at__isnull=not asked.validated_data["sent"])
        return items


def own_items(request: Request, pk: UUID) -> QuerySet[IngestItem]:
    ingest = get_object_or_404(own_ingests(request), pk=pk)
    items = IngestItem.objects.filter(ingest=ingest).annotate(outcome=OUTCOME)
    return items.select_related("contract").defer("contract__text")


class ItemDetail(StrictView):
    parser_classes = RAW_PARSERS
    scopes = {"GET": Scope.UPLOAD, "PUT": Scope.UPLOAD}

    @extend_schema(
        tags=["ingests"],
        operation_id="ingests_item",
        summary="One item with its outcome",
        parameters=[KEY],
        responses=OpenApiResponse(ItemSerializer, examples=[examples.ITEM]),
    )
    def get(self, request: Request, pk: UUID, key: str) -> Response:
        return Response(ItemSerializer(get_object_or_404(own_items(request, pk), key=key)).data)

    @extend_schema(
        tags=["ingests"],
        operation_id="ingests_item_send",
        summary="Send the file of an item as the body; it is read in the background. Again, it changes nothing",
        parameters=[KEY],
        request=RAW_BODY,
        responses={200: OpenApiResponse(ItemSerializer, "Received, with its outcome so far.", [examples.ITEM])},
    )
    def put(self, request: Request, pk: UUID, key: str) -> Response:
        items = own_items(request, pk)
        item = get_object_or_404(items, key=key)
        content = raw_content(request)
        if content is None:
            raise UnsupportedMediaType(request.content_type or "")
        try:
            receive_part(item, content, cast(User, request.user))
        except PartRefused as error:
            raise Conflict(str(error)) from error
        return Response(ItemSerializer(items.get(key=key)).data)
