"""Searches over HTTP: ask, then read the stored answer page by page. Each user reads only what that user asked."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import generics, serializers, status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from search.encode import EncoderUnavailable
from search.filters import Filters
from search.labels import LABELS
from search.models import Hit, Search
from search.present import MARKS, HitView, SearchView, present_hit, present_search
from search.search import MAX_LIMIT, QueryError, search_clauses
from search.words.search import search_words
from verifier.types import VerifierUnavailable

FIRST_HITS = 20


class ModelUnavailable(APIException):
    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "model_unavailable"


class QuestionSerializer(serializers.Serializer[Any]):
    query = serializers.CharField(trim_whitespace=True, help_text="What the clause must say, in plain words.")
    limit = serializers.IntegerField(
        required=False, min_value=1, max_value=MAX_LIMIT, help_text="Passages to recall and verify."
    )
    matters = serializers.ListField(child=serializers.IntegerField(), required=False, help_text="Only these matters.")
    contracts = serializers.ListField(
        child=serializers.IntegerField(), required=False, help_text="Only these contracts."
    )
    mode = serializers.ChoiceField(
        choices=["support", "words"],
        required=False,
        help_text="words: clauses with these words (AND, OR, NOT, quotes, parentheses, *, !, W/n, +n, /s, /p).",
    )

    def to_internal_value(self, data: Any) -> Any:
        """A mistyped filter must not search everything."""
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            known = ", ".join(self.fields)
            raise ValidationError(dict.fromkeys(unknown, f"Unknown field. Known fields: {known}."), code="unknown")
        return super().to_internal_value(data)


class SegmentSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    mark = serializers.ChoiceField(choices=["", *MARKS])


class HitSerializer(serializers.Serializer[Hit]):
    rank = serializers.IntegerField()
    label = serializers.ChoiceField(choices=list(LABELS))
    label_text = serializers.CharField()
    group = serializers.SerializerMethodField()
    probability = serializers.FloatField(allow_null=True)
    contract_id = serializers.IntegerField()
    clause_id = serializers.IntegerField(allow_null=True)
    contract_title = serializers.CharField()
    number = serializers.CharField()
    heading_path = serializers.ListField(child=serializers.CharField())
    page = serializers.IntegerField(allow_null=True)
    citation = serializers.CharField()
    reason = serializers.CharField()
    parties = serializers.ListField(child=serializers.CharField())
    segments = SegmentSerializer(many=True, help_text="Joined, their texts are the passage with its lead-in.")

    @extend_schema_field(serializers.ChoiceField(choices=["supported", "flagged", "related", "not_verified", "found"]))
    def get_group(self, view: HitView) -> str:
        return LABELS[view.label].group

    def to_representation(self, instance: Hit) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(present_hit(instance))
        return shown


class SearchSerializer(serializers.Serializer[SearchView]):
    id = serializers.UUIDField()
    query = serializers.CharField()
    understood = serializers.CharField(help_text="A query in words mode, said back in plain words.")
    created_at = serializers.DateTimeField()
    eligible = serializers.IntegerField(help_text="Passages you may see, after filters.")
    recalled = serializers.IntegerField(
        help_text="Passages brought by recall: the smaller of limit and eligible. In words mode, clauses found."
    )
    verified = serializers.IntegerField(help_text="Of those, read by the verifier.")
    recall_path = serializers.ChoiceField(choices=["exact", "hnsw", "words", "every"])
    verifier = serializers.CharField(help_text="Empty when nothing was verified: plain word hits.")
    seconds = serializers.FloatField()
    supported = serializers.IntegerField(help_text="Clauses; these five add up to all hits.")
    flagged = serializers.IntegerField()
    related = serializers.IntegerField()
    not_verified = serializers.IntegerField()
    found = serializers.IntegerField(help_text="Plain word hits, not verified.")


class AnsweredSerializer(SearchSerializer):
    hits = HitSerializer(many=True, help_text=f"The first {FIRST_HITS}; all are under results.")


class RankPagination(CursorPagination):
    ordering = "rank"  # never changes, so no hit is repeated or lost between pages
    page_size = FIRST_HITS
    page_size_query_param = "page_size"
    max_page_size = 100

    known = frozenset({"cursor", page_size_query_param})

    def paginate_queryset(self, queryset: QuerySet[Hit], request: Request, view: Any = None) -> list[Hit] | None:
        unknown = sorted(set(request.query_params) - self.known)
        if unknown:
            known = ", ".join(sorted(self.known))
            raise ValidationError(
                dict.fromkeys(unknown, f"Unknown parameter. Known parameters: {known}."), code="unknown"
            )
        page: list[Hit] | None = super().paginate_queryset(queryset, request, view)
        return page


def own_search(request: Request, pk: Any) -> Search:
    """Another user's search answers 404, exactly like one that does not exist."""
    return get_object_or_404(Search, pk=pk, user=cast(User, request.user))


class SearchListView(APIView):
    @extend_schema(
        operation_id="searches_create",
        request=QuestionSerializer,
        responses={201: AnsweredSerializer, 400: OpenApiResponse(), 503: OpenApiResponse()},
    )
    def post(self, request: Request) -> Response:
        """Ask a question. Every recalled passage is verified before the answer comes."""
        question = QuestionSerializer(data=request.data)
        question.is_valid(raise_exception=True)
        asked = question.validated_data
        filters = Filters(tuple(asked.get("matters", ())), tuple(asked.get("contracts", ())))
        try:
            ask = search_words if asked.get("mode") == "words" else search_clauses
            search = ask(asked["query"], cast(User, request.user), filters, asked.get("limit"))
        except QueryError as error:
            raise ValidationError({"query": str(error)}) from error
        except (VerifierUnavailable, EncoderUnavailable) as error:
            raise ModelUnavailable(str(error)) from error
        answer = dict(SearchSerializer(present_search(search)).data)
        answer["hits"] = HitSerializer(search.visible_hits()[:FIRST_HITS], many=True).data
        location = request.build_absolute_uri(f"{request.path.rstrip('/')}/{search.pk}")
        return Response(answer, status=status.HTTP_201_CREATED, headers={"Location": location})


class SearchDetailView(APIView):
    @extend_schema(operation_id="searches_retrieve", responses={200: SearchSerializer, 404: OpenApiResponse()})
    def get(self, request: Request, pk: Any) -> Response:
        """One of your searches: its counts, as far as you may see its contracts now."""
        return Response(SearchSerializer(present_search(own_search(request, pk))).data)


@extend_schema_view(get=extend_schema(operation_id="searches_results"))
class SearchResultsView(generics.ListAPIView[Hit]):
    """The hits of one of your searches, by rank."""

    serializer_class = HitSerializer
    pagination_class = RankPagination
    queryset = Hit.objects.none()  # for the schema; see get_queryset

    def get_queryset(self) -> QuerySet[Hit]:
        return own_search(self.request, self.kwargs["pk"]).visible_hits()
