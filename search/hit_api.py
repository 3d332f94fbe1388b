"""One hit over HTTP, among the clauses around it: what must be read before it is relied on."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.audit.record import record
from contracts.rest.models import Scope
from contracts.rest.strict import StrictView
from search import examples
from search.amended_hits import amendments_on
from search.api import own_search
from search.models import Hit
from search.readings import record_reading
from search.review_serializers import ReviewedHitSerializer
from search.reviewing import decisions_on
from search.surroundings import Near, Surroundings, surroundings_of


class NearSerializer(serializers.Serializer[Any]):
    clause_id = serializers.IntegerField()
    number = serializers.CharField(help_text="Empty where heading or text begin with it.")
    heading = serializers.CharField()
    text = serializers.CharField(help_text="Its own words, without its heading and the clauses under it.")
    hit = serializers.BooleanField(help_text="It is the clause of the hit.")
    cut = serializers.BooleanField(help_text="It is long, and text is the part that is shown of it.")


class TermSerializer(serializers.Serializer[Any]):
    term = serializers.CharField()
    definition = serializers.CharField()


class AroundSerializer(serializers.Serializer[Any]):
    clauses = NearSerializer(many=True, help_text="Those above it, however far, and its neighbours, in reading order.")
    terms = TermSerializer(many=True, help_text="Defined terms that these use.")
    previous = serializers.IntegerField(allow_null=True, help_text="Rank of the hit before it in the contract.")
    next = serializers.IntegerField(allow_null=True)


class HitAroundSerializer(ReviewedHitSerializer):
    # Its context holds "around" besides; a docstring would be in the schema.
    around = serializers.SerializerMethodField(
        help_text="Null when its contract was read again or deleted since, so that its place is lost."
    )

    @extend_schema_field(AroundSerializer(allow_null=True))
    def get_around(self, hit: Any) -> Any:
        around: Surroundings | None = self.context["around"]
        return None if around is None else AroundSerializer(_shown(around)).data


class HitDetail(StrictView):
    scopes = {"GET": Scope.SEARCH}

    @extend_schema(
        tags=["search"],
        operation_id="searches_hit",
        summary="One hit of one of your searches, among the clauses around it",
        responses=OpenApiResponse(HitAroundSerializer, examples=[examples.HIT_AROUND]),
    )
    def get(self, request: Request, pk: UUID, rank: int) -> Response:
        search = own_search(request, pk)
        hits = search.visible_hits().select_related("contract").defer("contract__original_text")
        hit = get_object_or_404(hits, rank=rank)
        hit.search = search  # with the restriction of the token
        record_reading(request, "search", search.pk)
        user = cast(User, request.user)
        context = {
            "around": _around(request, hit),
            "reviews": decisions_on(user, search.query, [hit]),
            "amendments": amendments_on([hit], user),
        }
        return Response(HitAroundSerializer(hit, context=context).data)


def _around(request: Request, hit: Hit) -> Surroundings | None:
    if hit.open_contract is None:
        return None
    around = surroundings_of(hit)
    if around:
        record(request, "opened", "clause", hit.clause_id, hit.matter_id)
    return around


def _shown(around: Surroundings) -> dict[str, Any]:
    return {
        "clauses": [_near(one) for one in around.clauses],
        "terms": around.terms,
        "previous": around.previous,
        "next": around.next,
    }


def _near(one: Near) -> dict[str, Any]:
    paragraphs = ("".join(piece.text for run in runs for piece in run.pieces) for runs in one.clause.paragraphs)
    return {
        "clause_id": one.clause.id,
        "number": one.number,
        "heading": one.clause.heading,
        "text": "\n".join(paragraphs),
        "hit": one.here,
        "cut": one.cut_before or one.cut_after,
    }
