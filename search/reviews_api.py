"""A lawyer's own judgement over HTTP: whether a hit is relevant, and what its verdict should have been."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.rest.conditional import ETAG, IF_MATCH, IF_NONE_MATCH, check_match, etag_header, unless_known
from contracts.rest.idempotency import IDEMPOTENCY_KEY, Made, once
from contracts.rest.strict import CursorPages, StrictSerializer, StrictView
from search import review_examples as examples
from search.api import SEARCH_ONLY, own_search
from search.labels import FOUND, LABELS
from search.models import Disagreement, Hit, Review
from search.open_hits import hits_to_open
from search.review_serializers import ReviewSerializer
from search.reviewing import LONGEST_NOTE, decide, decisions_on, disagree, disagreements_on, verdicts_of
from verifier.types import LABELS as VERDICTS

UNDECIDED = {"decision": None, "note": "", "decided_at": None}
NO_VERDICT = "These words were found and not verified: there is no verdict to disagree with."


class DecisionSerializer(StrictSerializer):
    decision = serializers.ChoiceField(choices=Review.Decision.choices)
    note = serializers.CharField(
        max_length=LONGEST_NOTE, required=False, allow_blank=True, help_text="Without it the note made before stays."
    )


class DisagreementSerializer(serializers.ModelSerializer[Disagreement]):
    label = serializers.ChoiceField(choices=list(LABELS), help_text="The verdict disagreed with.")
    should_be = serializers.ChoiceField(choices=VERDICTS)

    class Meta:
        model = Disagreement
        fields = ["id", "label", "should_be", "reason", "verifier_sha256", "said_at"]


class DisagreeingSerializer(StrictSerializer):
    should_be = serializers.ChoiceField(choices=VERDICTS, help_text="Any verdict but the one that it has.")
    reason = serializers.CharField(max_length=LONGEST_NOTE, required=False, allow_blank=True, default="")


SHOWN = OpenApiResponse(ReviewSerializer, examples=[examples.REVIEW])


class ReviewView(StrictView):
    scopes = SEARCH_ONLY

    @extend_schema(
        tags=["reviews"],
        operation_id="reviews_retrieve",
        summary="What you decided on a hit; decision is null where you did not",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={
            200: OpenApiResponse(ReviewSerializer, examples=[examples.REVIEW, examples.UNDECIDED]),
            304: OpenApiResponse(description="It is still as you have it."),
        },
    )
    def get(self, request: Request, pk: UUID, rank: int) -> HttpResponseBase:
        return unless_known(request, Response(_review(request, own_hit(request, pk, rank))))

    @extend_schema(
        tags=["reviews"],
        operation_id="reviews_decide",
        summary="Decide on a hit for its question; the same words found again for it keep the decision",
        parameters=[IF_MATCH, ETAG],
        request=DecisionSerializer,
        responses=SHOWN,
        examples=[examples.DECISION],
    )
    def put(self, request: Request, pk: UUID, rank: int) -> Response:
        asked = DecisionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        note = asked.validated_data.get("note")
        with transaction.atomic():
            hit = _lock(request, pk, rank)
            decide(cast(User, request.user), hit, asked.validated_data["decision"], note)
            shown = _review(request, hit)
        return Response(shown, headers=etag_header(shown))

    @extend_schema(
        tags=["reviews"],
        operation_id="reviews_undo",
        summary="Take back what you decided on a hit, with its note",
        parameters=[IF_MATCH],
        responses={204: OpenApiResponse(description="Nothing is decided on it.")},
    )
    def delete(self, request: Request, pk: UUID, rank: int) -> Response:
        with transaction.atomic():
            decide(cast(User, request.user), _lock(request, pk, rank), "")
        return Response(status=status.HTTP_204_NO_CONTENT)


class DisagreementList(StrictView, generics.ListAPIView[Disagreement]):
    queryset = Disagreement.objects.none()
    serializer_class = DisagreementSerializer
    pagination_class = CursorPages
    scopes = SEARCH_ONLY

    def get_queryset(self) -> QuerySet[Disagreement]:
        hit = own_hit(self.request, self.kwargs["pk"], self.kwargs["rank"])
        return disagreements_on(cast(User, self.request.user), hit)

    @extend_schema(
        tags=["reviews"],
        operation_id="disagreements_list",
        summary="What you said against the verdict on a hit, latest first",
        responses=OpenApiResponse(DisagreementSerializer(many=True), examples=[examples.DISAGREEMENT]),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["reviews"],
        operation_id="disagreements_create",
        summary="Say what the verdict on a hit should have been, and why; the verdict stays as it was",
        parameters=[IDEMPOTENCY_KEY],
        request=DisagreeingSerializer,
        responses={201: OpenApiResponse(DisagreementSerializer, examples=[examples.DISAGREEMENT])},
        examples=[examples.DISAGREEING],
    )
    def post(self, request: Request, pk: UUID, rank: int) -> Response:
        hit = own_hit(request, pk, rank)
        asked = DisagreeingSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        should_be = asked.validated_data["should_be"]
        _check_verdict(hit, should_be)

        def work() -> Made:
            said = disagree(cast(User, request.user), hit, should_be, asked.validated_data["reason"])
            return Made(str(said.pk), status.HTTP_201_CREATED)

        made = once(request, asked.validated_data, work)
        said = get_object_or_404(disagreements_on(cast(User, request.user), hit), pk=made.pk)
        return Response(DisagreementSerializer(said).data, made.status)


def own_hit(request: Request, pk: UUID, rank: int) -> Hit:
    """One that is walled off, or whose contract is deleted, answers like one that never was."""
    return get_object_or_404(hits_to_open(own_search(request, pk)).select_related("search"), rank=rank)


def _lock(request: Request, pk: UUID, rank: int) -> Hit:
    """For a change, after a look at If-Match. The hit is locked, as the review may not be there yet."""
    hit = own_hit(request, pk, rank)
    Hit.objects.select_for_update(of=("self",), no_key=True).filter(pk=hit.pk).first()
    check_match(request, _review(request, hit))
    return hit


def _review(request: Request, hit: Hit) -> dict[str, Any]:
    review = decisions_on(cast(User, request.user), hit.search.query, [hit]).get(hit.rank)
    return dict(ReviewSerializer(review).data) if review else UNDECIDED


def _check_verdict(hit: Hit, should_be: str) -> None:
    if hit.label == FOUND:
        raise ValidationError({"should_be": NO_VERDICT}, code="no_verdict")
    if should_be not in verdicts_of(hit):
        told = f"The verdict is “{LABELS[hit.label].text}” already. Send another: {', '.join(verdicts_of(hit))}."
        raise ValidationError({"should_be": told}, code="same_verdict")
