"""Saved searches over HTTP: keep one, and ask what is new in it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.api import IDEMPOTENCY_KEY
from contracts.rest.idempotency import Made, answer_made, once
from contracts.rest.strict import CursorPages, StrictView
from search.api import SEARCH_ONLY, filters_of, within_restriction
from search.models import Arrival, SavedSearch
from search.modes import DEFAULT_MODE
from search.page_state import PageState
from search.problems import problems_at
from search.read_state import stored_choices
from search.saved import examples
from search.saved.alerts import choose_alerts
from search.saved.saving import mark_seen, rename, save_search, unseen_arrivals, with_news
from search.saved.serializers import (
    ArrivalSerializer,
    SavedSearchChangeSerializer,
    SavedSearchSerializer,
    SavedSearchTextSerializer,
)

LOCATION = OpenApiParameter("Location", str, OpenApiParameter.HEADER, response=[201], description="The saved search.")

SHOWN = OpenApiResponse(SavedSearchSerializer, examples=[examples.SAVED])


class SavedSearchList(StrictView, generics.ListAPIView[SavedSearch]):
    queryset = SavedSearch.objects.none()
    serializer_class = SavedSearchSerializer
    pagination_class = CursorPages
    scopes = SEARCH_ONLY

    def get_queryset(self) -> QuerySet[SavedSearch]:
        return own_saved_searches(self.request)

    @extend_schema(
        tags=["saved searches"],
        operation_id="saved_searches_list",
        summary="Your saved searches",
        responses=OpenApiResponse(SavedSearchSerializer(many=True), examples=[examples.SAVED]),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["saved searches"],
        operation_id="saved_searches_create",
        summary="Save a search by name; contracts that come in are searched for it",
        parameters=[IDEMPOTENCY_KEY, LOCATION],
        request=SavedSearchTextSerializer,
        responses={201: SHOWN},
        examples=[examples.NEW],
    )
    def post(self, request: Request) -> Response:
        text = SavedSearchTextSerializer(data=request.data, context={"request": request})
        text.is_valid(raise_exception=True)
        asked = text.validated_data

        def work() -> Made:
            choices = tuple(stored_choices(filters_of(request, asked).stored()))
            state = PageState(asked["query"], asked.get("mode", DEFAULT_MODE), choices)
            with transaction.atomic():
                saved = save_search(cast(User, request.user), asked["name"], state)
                with problems_at("alerts"):
                    choose_alerts(saved, asked.get("alerts", SavedSearch.Alerts.NONE))
            return Made(str(saved.pk), status.HTTP_201_CREATED)

        with problems_at("name"):
            made = once(request, asked, work)
        return answer_made(request, made, "api-saved-search", _shown(request, made.pk))


class SavedSearchDetail(StrictView):
    scopes = SEARCH_ONLY

    @extend_schema(
        tags=["saved searches"],
        operation_id="saved_searches_retrieve",
        summary="One of your saved searches, with the number of new clauses",
        responses=SHOWN,
    )
    def get(self, request: Request, pk: int) -> Response:
        return Response(_shown(request, pk))

    @extend_schema(
        tags=["saved searches"],
        operation_id="saved_searches_rename",
        summary="Rename one of your saved searches, or choose when it sends e-mail",
        request=SavedSearchChangeSerializer,
        responses=SHOWN,
        examples=[examples.CHANGE],
    )
    def patch(self, request: Request, pk: int) -> Response:
        saved = get_object_or_404(own_saved_searches(request), pk=pk)
        change = SavedSearchChangeSerializer(data=request.data)
        change.is_valid(raise_exception=True)
        with transaction.atomic():
            if "name" in change.validated_data:
                with problems_at("name"):
                    rename(saved, change.validated_data["name"])
            if "alerts" in change.validated_data:
                with problems_at("alerts"):
                    choose_alerts(saved, change.validated_data["alerts"])
        return Response(_shown(request, pk))

    @extend_schema(
        tags=["saved searches"],
        operation_id="saved_searches_destroy",
        summary="Delete one of your saved searches",
        responses={204: OpenApiResponse(description="Deleted.")},
    )
    def delete(self, request: Request, pk: int) -> Response:
        get_object_or_404(own_saved_searches(request), pk=pk).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema_view(
    get=extend_schema(
        tags=["saved searches"],
        operation_id="saved_searches_new",
        summary="Contracts that came in since you last marked it as seen, and how many clauses were found in each",
        responses=OpenApiResponse(ArrivalSerializer(many=True), examples=[examples.ARRIVAL]),
    )
)
class ArrivalList(StrictView, generics.ListAPIView[Arrival]):
    queryset = Arrival.objects.none()
    serializer_class = ArrivalSerializer
    pagination_class = CursorPages
    scopes = SEARCH_ONLY

    def get_queryset(self) -> QuerySet[Arrival]:
        saved = get_object_or_404(own_saved_searches(self.request), pk=self.kwargs["pk"])
        return unseen_arrivals(saved, cast(User, self.request.user))


class SeenView(StrictView):
    scopes = SEARCH_ONLY

    @extend_schema(
        tags=["saved searches"],
        operation_id="saved_searches_seen",
        summary="Mark what is new as seen",
        request=None,
        responses={204: OpenApiResponse(description="From now on only what comes in later is new.")},
    )
    def post(self, request: Request, pk: int) -> Response:
        mark_seen(get_object_or_404(own_saved_searches(request), pk=pk), cast(User, request.user))
        return Response(status=status.HTTP_204_NO_CONTENT)


def own_saved_searches(request: Request) -> QuerySet[SavedSearch]:
    return within_restriction(request, with_news(cast(User, request.user)))


def _shown(request: Request, pk: Any) -> dict[str, Any]:
    body: dict[str, Any] = SavedSearchSerializer(get_object_or_404(own_saved_searches(request), pk=pk)).data
    return body
