"""The form of a decision in the API: by itself, and with its hit."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from search.amended_hits import amendments_on
from search.models import Hit, Review
from search.reviewing import decisions_on
from search.verdict_serializers import HitSerializer


class ReviewSerializer(serializers.ModelSerializer[Review]):
    decision = serializers.ChoiceField(
        choices=Review.Decision.choices, allow_null=True, help_text="Null where nothing is decided."
    )
    decided_at = serializers.DateTimeField(allow_null=True)

    class Meta:
        model = Review
        fields = ["decision", "note", "decided_at"]


class ReviewedHitSerializer(HitSerializer):
    # Its context holds the "reviews" by rank; a docstring would be in the schema.
    review = serializers.SerializerMethodField(
        help_text="What you decided on it, now or when its words were found for this question before; null where "
        "nothing is decided."
    )

    @extend_schema_field(ReviewSerializer(allow_null=True))
    def get_review(self, hit: Any) -> Any:
        review: Review | None = self.context["reviews"].get(hit["rank"])
        return None if review is None else ReviewSerializer(review).data


def shown_with_reviews(hits: Collection[Hit], user: User) -> list[dict[str, Any]]:
    """Of one search; the number of queries does not grow with them."""
    reviews = decisions_on(user, next(iter(hits)).search.query, hits) if hits else {}
    context = {"reviews": reviews, "amendments": amendments_on(hits, user)}
    shown: list[dict[str, Any]] = ReviewedHitSerializer(hits, many=True, context=context).data
    return shown
