"""Two clauses, or a clause and one's own wording, compared over HTTP as on the page."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, cast

from django.contrib.auth.models import User
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.audit.record import record
from contracts.models import Contract, Passage
from contracts.rest.models import Scope
from contracts.rest.strict import StrictView
from search import compare_examples as examples
from search.api import own_searches
from search.citation import cited_fields
from search.compare import Comparison, Direction, compare_wordings
from search.compare_serializers import SIDES, ComparisonSerializer, ToCompareSerializer
from search.models import Hit
from search.open_hits import hits_to_open
from search.problems import problems_at
from search.question_serializers import UNSEEN
from search.readings import record_reading
from search.recall import HEADING
from search.verification import contract_parties, load_verifier
from search.verify_api import NO_WORDS
from search.wordings import Wording, own_wording, wording_of


class CompareView(StrictView):
    scopes = {"POST": Scope.SEARCH}

    @extend_schema(
        tags=["search"],
        operation_id="compare",
        summary="Does each of two clauses say what the other says? Sentence by sentence, both ways",
        request=ToCompareSerializer,
        responses={200: OpenApiResponse(ComparisonSerializer, examples=[examples.COMPARISON])},
        examples=[examples.OWN_WORDING, examples.CLAUSES],
    )
    def post(self, request: Request) -> Response:
        asked = ToCompareSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        first, second = (asked.validated_data[side] for side in SIDES)
        hit = _hit(request, "first", first)
        other = None if "text" in second else _hit(request, "second", second)
        with problems_at("second"):
            wordings = (_wording(hit, first), _own(hit, second["text"]) if other is None else _wording(other, second))
            comparison = compare_wordings(*wordings)
            verifier = load_verifier()
        sides = [_side(one, found) for one, found in zip(wordings, (hit, other), strict=True)]
        identity = {"name": verifier.name, "sha256": verifier.sha256}
        return Response(ComparisonSerializer(_shown(comparison, sides) | {"verifier": identity}).data)


def _hit(request: Request, side: str, asked: dict[str, Any]) -> Hit:
    """What is not there, or not to be seen, is told alike. What is found is on record as read."""
    try:
        return _passage_of(request, asked["clause"]) if "clause" in asked else _found(request, asked)
    except ValidationError as error:
        raise ValidationError({side: error.detail}) from error


def _passage_of(request: Request, clause: int) -> Hit:
    """As a hit that is not stored, by the first passage of the clause."""
    visible = Contract.objects.visible_to(cast(User, request.user))
    there = Passage.objects.filter(clause=clause, contract__in=visible)
    passages = there.select_related("contract", "clause").defer("contract__original_text")
    passage = passages.exclude(kind=HEADING).order_by("position").first()
    if passage is None:
        raise ValidationError({"clause": NO_WORDS if passages.exists() else UNSEEN}, code="unseen")
    record(request, "opened", "clause", clause, passage.contract.matter_id)
    return Hit(**cited_fields(passage))


def _found(request: Request, asked: dict[str, Any]) -> Hit:
    search = own_searches(request).filter(pk=asked["search"]).first()
    if search is None:
        raise ValidationError({"search": UNSEEN}, code="unseen")
    search.user = cast(User, request.user)  # with the restriction of the token
    hit = hits_to_open(search).filter(rank=asked["rank"]).first()
    if hit is None:
        raise ValidationError({"rank": UNSEEN}, code="unseen")
    record_reading(request, "search", search.pk)
    return hit


def _wording(hit: Hit, asked: dict[str, Any]) -> Wording:
    return wording_of(hit, whole="clause" in asked)


def _own(hit: Hit, text: str) -> Wording:
    assert hit.contract is not None  # hits to open have theirs
    return own_wording(text, contract_parties(hit.contract))


def _side(wording: Wording, hit: Hit | None) -> dict[str, Any]:
    return {
        "name": wording.name,
        "clause_id": hit.clause_id if hit else None,
        "text": wording.text,
        "part": wording.part,
        "sentences": len(wording.sentences),
    }


def _shown(comparison: Comparison, sides: list[dict[str, Any]]) -> dict[str, Any]:
    told = {field.name: getattr(comparison, field.name) for field in fields(Comparison)}
    there, back = comparison.directions
    directions = [_direction(there, *SIDES), _direction(back, *reversed(SIDES))]
    return told | dict(zip(SIDES, sides, strict=True)) | {"directions": directions}


def _direction(way: Direction, of: str, by: str) -> dict[str, Any]:
    told = {name: getattr(way, name) for name in ("says_all", "supported", "unread", "sentences")}
    return told | {"of": of, "by": by}
