"""Lists over HTTP: make one, put clauses of an answer in, order and note them, take it along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import generics, status
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.models import Matter, restriction_of
from contracts.rest.idempotency import IDEMPOTENCY_KEY, Made, answer_made, once
from contracts.rest.strict import CursorPages, StrictView
from search.amended_hits import amendments_on
from search.api import SEARCH_ONLY, own_searches
from search.export.api import FILES, FORMAT, RENDERERS, format_of
from search.export.lists import list_file
from search.lists import examples
from search.lists.listing import name_list, new_list, note_on, put_before, put_in, visible_clauses
from search.lists.serializers import (
    ChangedClauseSerializer,
    ChosenClausesSerializer,
    ListedClauseSerializer,
    ListNameSerializer,
    ListSerializer,
)
from search.models import ClauseList, Hit, ListedClause
from search.problems import problems_at
from search.readings import record_reading

LOCATION = OpenApiParameter("Location", str, OpenApiParameter.HEADER, response=[201], description="The list.")
SHOWN = OpenApiResponse(ListSerializer, examples=[examples.LIST])
SHOWN_CLAUSE = OpenApiResponse(ListedClauseSerializer, examples=[examples.CLAUSE])


class ByPlace(CursorPages):
    ordering = ("place", "pk")


class ListList(StrictView, generics.ListAPIView[ClauseList]):
    queryset = ClauseList.objects.none()
    serializer_class = ListSerializer
    pagination_class = CursorPages
    scopes = SEARCH_ONLY

    def get_queryset(self) -> QuerySet[ClauseList]:
        return own_lists(self.request)

    @extend_schema(
        tags=["lists"],
        operation_id="lists_list",
        summary="Your lists of clauses, latest first",
        responses=OpenApiResponse(ListSerializer(many=True), examples=[examples.LIST]),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["lists"],
        operation_id="lists_create",
        summary="Make an empty list",
        parameters=[IDEMPOTENCY_KEY, LOCATION],
        request=ListNameSerializer,
        responses={201: SHOWN},
        examples=[examples.NAME],
    )
    def post(self, request: Request) -> Response:
        name = _name(request)
        with problems_at("name"):
            made = once(request, name, lambda: _made(new_list(cast(User, request.user), name)))
        return answer_made(request, made, "api-list", _shown(request, made.pk))


class ListDetail(StrictView):
    scopes = SEARCH_ONLY

    @extend_schema(tags=["lists"], operation_id="lists_retrieve", summary="One of your lists", responses=SHOWN)
    def get(self, request: Request, pk: int) -> Response:
        return Response(_shown(request, pk))

    @extend_schema(
        tags=["lists"],
        operation_id="lists_rename",
        summary="Rename one of your lists",
        request=ListNameSerializer,
        responses=SHOWN,
        examples=[examples.NAME],
    )
    def patch(self, request: Request, pk: int) -> Response:
        one = own_list(request, pk)
        with problems_at("name"):
            name_list(one, _name(request))
        return Response(_shown(request, pk))

    @extend_schema(
        tags=["lists"],
        operation_id="lists_destroy",
        summary="Delete one of your lists; its clauses stay in their contracts",
        responses={204: OpenApiResponse(description="Deleted.")},
    )
    def delete(self, request: Request, pk: int) -> Response:
        own_list(request, pk).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


class ListedClauseList(StrictView, generics.ListAPIView[ListedClause]):
    queryset = ListedClause.objects.none()
    serializer_class = ListedClauseSerializer
    pagination_class = ByPlace
    scopes = SEARCH_ONLY

    def get_queryset(self) -> QuerySet[ListedClause]:
        return visible_clauses(own_list(self.request, self.kwargs["pk"]), cast(User, self.request.user))

    @extend_schema(
        tags=["lists"],
        operation_id="lists_clauses",
        summary="The clauses of one of your lists, in its order, each as it was found",
        responses=OpenApiResponse(ListedClauseSerializer(many=True), examples=[examples.CLAUSE]),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        record_reading(request, "list", own_list(request, kwargs["pk"]).pk)
        page = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(_shown_clauses(request, page))

    @extend_schema(
        tags=["lists"],
        operation_id="lists_put_in",
        summary="Put hits of one of your searches at the end of a list",
        parameters=[IDEMPOTENCY_KEY, LOCATION],
        request=ChosenClausesSerializer,
        responses={201: SHOWN},
        examples=[examples.CHOSEN],
    )
    def post(self, request: Request, pk: int) -> Response:
        one = own_list(request, pk)
        chosen = ChosenClausesSerializer(data=request.data)
        chosen.is_valid(raise_exception=True)
        asked = chosen.validated_data

        def work() -> Made:
            put_in(one, _chosen_hits(request, asked), asked.get("note", ""))
            return _made(one)

        made = once(request, asked, work)
        return answer_made(request, made, "api-list", _shown(request, made.pk))


@extend_schema_view(
    get=extend_schema(
        tags=["lists"],
        operation_id="lists_clause",
        summary="One clause of one of your lists",
        responses=SHOWN_CLAUSE,
    )
)
class ListedClauseDetail(StrictView):
    scopes = SEARCH_ONLY

    def get(self, request: Request, pk: int, clause: int) -> Response:
        return Response(_shown_clauses(request, [_own_clause(request, pk, clause)])[0])

    @extend_schema(
        tags=["lists"],
        operation_id="lists_change_clause",
        summary="Note something on a clause of a list, or give it another place",
        request=ChangedClauseSerializer,
        responses=SHOWN_CLAUSE,
        examples=[examples.MOVED],
    )
    def patch(self, request: Request, pk: int, clause: int) -> Response:
        found = _own_clause(request, pk, clause)
        change = ChangedClauseSerializer(data=request.data)
        change.is_valid(raise_exception=True)
        wanted = change.validated_data
        if "before" in wanted:
            others = visible_clauses(found.list, cast(User, request.user))
            other = others.filter(pk=wanted["before"]).first()
            if wanted["before"] is not None and other is None:
                raise ValidationError({"before": "The list has no clause of this id. GET its clauses for their ids."})
            put_before(found, other)
        if "note" in wanted:
            note_on(found, wanted["note"])
        return Response(_shown_clauses(request, [found])[0])

    @extend_schema(
        tags=["lists"],
        operation_id="lists_take_out",
        summary="Take a clause out of a list",
        responses={204: OpenApiResponse(description="It is in the list no more.")},
    )
    def delete(self, request: Request, pk: int, clause: int) -> Response:
        _own_clause(request, pk, clause).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


class ListExport(StrictView):
    renderer_classes = [JSONRenderer, *RENDERERS]
    parameters = ("format",)
    scopes = SEARCH_ONLY

    @extend_schema(
        tags=["lists"],
        operation_id="lists_export",
        summary="One of your lists as a Word or Excel file, with questions, verdicts, citations and notes",
        parameters=[FORMAT],
        responses=FILES,
    )
    def get(self, request: Request, pk: int) -> HttpResponse:
        return list_file(request, own_list(request, pk), format_of(request))


def own_lists(request: Request) -> QuerySet[ClauseList]:
    """A restricted token sees those of which every clause is of its matters: others it could not change as a whole."""
    user, only = cast(User, request.user), restriction_of(request.user)
    seen = Q(clauses__hit__matter__in=Matter.objects.visible_to(user))
    own = ClauseList.objects.filter(user=user.pk).annotate(shown=Count("clauses", filter=seen))
    if only is None:
        return own
    return own.exclude(pk__in=ListedClause.objects.exclude(hit__matter__in=only).values("list"))


def own_list(request: Request, pk: Any) -> ClauseList:
    return get_object_or_404(own_lists(request), pk=pk)


def _own_clause(request: Request, pk: int, clause: int) -> ListedClause:
    return get_object_or_404(visible_clauses(own_list(request, pk), cast(User, request.user)), pk=clause)


def _shown_clauses(request: Request, clauses: Sequence[ListedClause]) -> list[dict[str, Any]]:
    amendments = amendments_on((clause.hit for clause in clauses), cast(User, request.user))
    shown: list[dict[str, Any]] = ListedClauseSerializer(clauses, many=True, context={"amendments": amendments}).data
    return shown


def _chosen_hits(request: Request, asked: dict[str, Any]) -> list[Hit]:
    search = own_searches(request).filter(pk=asked["search"]).first()
    if search is None:
        raise ValidationError({"search": "There is no search of this id, or it is not yours."})
    hits = list(Hit.objects.visible_to(request.user).filter(search=search, rank__in=asked["ranks"]))
    unknown = sorted(set(asked["ranks"]) - {hit.rank for hit in hits})
    if unknown:
        raise ValidationError({"ranks": f"The answer has no clause of rank {', '.join(map(str, unknown))}."})
    return hits


def _name(request: Request) -> str:
    asked = ListNameSerializer(data=request.data)
    asked.is_valid(raise_exception=True)
    return str(asked.validated_data["name"])


def _made(one: ClauseList) -> Made:
    return Made(str(one.pk), status.HTTP_201_CREATED)


def _shown(request: Request, pk: Any) -> dict[str, Any]:
    body: dict[str, Any] = ListSerializer(own_list(request, pk)).data
    return body
