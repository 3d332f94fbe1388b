"""Searches over HTTP: ask, then read the stored answer page by page. Each user reads only what that user asked."""

from __future__ import annotations

from typing import Any, TypeVar, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import generics, status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.models import restriction_of
from contracts.rest.idempotency import IDEMPOTENCY_KEY, Made, once
from contracts.rest.models import Scope
from contracts.rest.strict import CursorPages, StrictView
from search import examples
from search.answer_serializers import AnsweredSerializer, JobSerializer, SearchSerializer, count_groups
from search.filters import Filters
from search.history.entries import asked_by
from search.history.forgetting import forget, lists_with
from search.hit_filters import HIT_PARAMETERS, HitFilters, narrow_hits
from search.hit_order import OPPOSITE, ORDER, opposite_first
from search.later import LARGE, ask_later, is_large
from search.models import AbsenceCheck, Hit, PlaybookCheck, SavedSearch, Search, SearchJob
from search.problems import problems_at
from search.question_serializers import QuestionSerializer, ScopeSerializer
from search.readings import record_reading
from search.review_serializers import ReviewedHitSerializer, shown_with_reviews
from search.search import search_clauses
from search.words.search import makes_statement, search_words

FIRST_HITS = 20
SEARCH_ONLY = dict.fromkeys(("GET", "POST", "PUT", "PATCH", "DELETE"), str(Scope.SEARCH))
SOON = {"Retry-After": "2"}
M = TypeVar("M", Search, AbsenceCheck, PlaybookCheck, SavedSearch, SearchJob)


class ByRank(CursorPages):
    ordering = "rank"
    page_size = FIRST_HITS

    def get_ordering(self, request: Request, queryset: QuerySet[Hit], view: Any) -> tuple[str, ...]:
        asked = request.query_params.get(ORDER.name)
        if asked not in (None, OPPOSITE):
            raise ValidationError({ORDER.name: f"Send {OPPOSITE}, or nothing."}, code="invalid_choice")
        return ("section", "-contrary", "rank") if asked else ("rank",)


class LatestFirst(CursorPages):
    ordering = ("-created_at", "pk")


def own_searches(request: Request) -> QuerySet[Search]:
    """Another user's search answers like one that does not exist; so does, to a restricted token, a wider search."""
    return within_restriction(request, Search.objects.filter(user=cast(User, request.user)))


def within_restriction(request: Request, asked: QuerySet[M]) -> QuerySet[M]:
    only = restriction_of(request.user)
    return asked if only is None else asked.filter(filters__matters__contained_by=sorted(only))


def own_search(request: Request, pk: Any) -> Search:
    search = get_object_or_404(own_searches(request), pk=pk)
    search.user = cast(User, request.user)  # with the restriction of its token
    return search


class SearchList(StrictView, generics.ListAPIView[Search]):
    queryset = Search.objects.none()  # for the schema; see get_queryset
    serializer_class = SearchSerializer
    pagination_class = LatestFirst
    scopes = {"GET": Scope.SEARCH, "POST": Scope.SEARCH}

    def get_queryset(self) -> QuerySet[Search]:
        return own_searches(self.request)

    @extend_schema(
        tags=["search"],
        operation_id="searches_list",
        summary="Your searches, latest first",
        responses=OpenApiResponse(SearchSerializer(many=True), examples=[examples.SEARCH]),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        context = {"counts": count_groups(page or (), cast(User, request.user))}
        return self.get_paginated_response(SearchSerializer(page, many=True, context=context).data)

    @extend_schema(
        tags=["search"],
        operation_id="searches_create",
        summary="Ask a question, or look for words; what asks something is verified before the answer comes",
        parameters=[
            IDEMPOTENCY_KEY,
            OpenApiParameter(
                "Prefer",
                str,
                OpenApiParameter.HEADER,
                description="respond-async: do not wait for the answer, which then reads on as far as it is said.",
            ),
            OpenApiParameter(
                "Location", str, OpenApiParameter.HEADER, response=[201, 202], description="The search, or the job."
            ),
        ],
        request=QuestionSerializer,
        responses={
            201: OpenApiResponse(AnsweredSerializer, examples=[examples.ANSWER]),
            202: OpenApiResponse(JobSerializer, "A large search: a worker answers it.", [examples.JOB]),
        },
        examples=[examples.QUESTION, examples.WORDS],
    )
    def post(self, request: Request) -> Response:
        question = QuestionSerializer(data=request.data, context={"request": request})
        question.is_valid(raise_exception=True)
        asked = question.validated_data
        later = is_large(asked) or "respond-async" in request.headers.get("Prefer", "")

        def work() -> Made:
            if later:
                return Made(str(_ask_later(request, asked).pk), status.HTTP_202_ACCEPTED)
            return Made(str(ask(request, asked).pk), status.HTTP_201_CREATED)

        made = once(request, asked, work)
        if made.status == status.HTTP_202_ACCEPTED:
            job = get_object_or_404(
                within_restriction(request, SearchJob.objects.filter(user=cast(User, request.user))), pk=made.pk
            )
            location = request.build_absolute_uri(reverse("api-job", args=[job.pk]))
            return Response(JobSerializer(job).data, made.status, headers={"Location": location} | SOON)
        search = own_search(request, made.pk)
        record_reading(request, "search", search.pk)  # a replay shows what was asked before
        context = {
            "counts": count_groups([search], cast(User, request.user)),
            "hits": list(hits_of(search, asked)[:FIRST_HITS]),
        }
        location = request.build_absolute_uri(reverse("api-search", args=[search.pk]))
        return Response(AnsweredSerializer(search, context=context).data, made.status, headers={"Location": location})


def hits_of(search: Search, asked: dict[str, Any]) -> QuerySet[Hit]:
    hits = search.visible_hits().select_related("search")
    return opposite_first(hits) if asked.get("mode") == OPPOSITE else hits


def ask(request: Request, asked: dict[str, Any]) -> Search:
    """For a program that waits: what was not told how far to read goes as far as a worker need not be asked."""
    query, user, filters = asked["query"], cast(User, request.user), filters_of(request, asked)
    limit = asked.get("limit")
    with problems_at("query"):
        if asked.get("mode") != "words":
            return search_clauses(query, user, filters, limit, waiting=LARGE)
        return search_words(query, user, filters, limit or (LARGE if makes_statement(query) else None))


def _ask_later(request: Request, asked: dict[str, Any]) -> SearchJob:
    user, filters = cast(User, request.user), filters_of(request, asked)
    with problems_at("query"):
        return ask_later(asked["query"], user, filters, asked.get("limit"), asked.get("mode", ""))


def filters_of(request: Request, asked: dict[str, Any]) -> Filters:
    given: dict[str, Any] = {name: asked[name] for name in ScopeSerializer().fields if name in asked}
    # What a restricted token asks is stored as narrowed to its matters, by which within_restriction knows it.
    given["matters"] = asked.get("matters") or sorted(restriction_of(request.user) or ())
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    return Filters(**values)


class SearchKept(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "kept"


class SearchDetail(StrictView):
    scopes = {"GET": Scope.SEARCH, "DELETE": Scope.SEARCH}

    @extend_schema(
        tags=["search"],
        operation_id="searches_retrieve",
        summary="One of your searches: its counts, as far as you may see its contracts now",
        responses=OpenApiResponse(SearchSerializer, examples=[examples.SEARCH]),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        search = own_search(request, pk)
        context = {"counts": count_groups([search], cast(User, request.user))}
        return Response(SearchSerializer(search, context=context).data)

    @extend_schema(
        tags=["search"],
        operation_id="searches_forget",
        summary="Delete one of your searches with its answer; that you asked stays on record",
        responses={204: OpenApiResponse(description="Deleted.")},
    )
    def delete(self, request: Request, pk: UUID) -> Response:
        search = own_search(request, pk)
        if not asked_by(cast(User, request.user)).filter(pk=search.pk).exists():
            raise SearchKept("A check or a saved search rests on this answer: delete that on its page instead.")
        if not forget(request, Search.objects.filter(pk=search.pk)):
            names = ", ".join(f"“{name}”" for name in lists_with(search))
            raise SearchKept(f"Clauses of this answer are in {names}. Take them out of there first.")
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema_view(
    get=extend_schema(
        tags=["search"],
        operation_id="searches_hits",
        summary="The hits of one of your searches, by rank; fewer of them by what they say",
        parameters=[*HIT_PARAMETERS, ORDER],
        responses=OpenApiResponse(ReviewedHitSerializer(many=True), examples=[examples.REVIEWED_HIT]),
    )
)
class HitList(StrictView, generics.ListAPIView[Hit]):
    serializer_class = ReviewedHitSerializer
    pagination_class = ByRank
    queryset = Hit.objects.none()
    parameters = (*HitFilters().fields, ORDER.name)
    scopes = {"GET": Scope.SEARCH}

    def get_queryset(self) -> QuerySet[Hit]:
        search = own_search(self.request, self.kwargs["pk"])
        record_reading(self.request, "search", search.pk)
        visible = search.visible_hits().select_related("search")
        hits = narrow_hits(visible, self.request.query_params, cast(User, self.request.user))
        return opposite_first(hits) if ORDER.name in self.request.query_params else hits

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(shown_with_reviews(page, cast(User, request.user)))
