"""The order of hits over REST: by rank, or with the clauses first that say the opposite, as the page has them."""

from __future__ import annotations

from django.db.models import Case, F, FloatField, IntegerField, QuerySet, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from drf_spectacular.utils import OpenApiParameter

from search.models import Hit
from search.modes import CONTRARY, MODES

OPPOSITE = "opposite"
ORDER = OpenApiParameter(
    "mode",
    str,
    enum=[OPPOSITE],
    description="opposite: first the clauses that deny it or bind the other party. Without it: by rank.",
)


def opposite_first(hits: QuerySet[Hit]) -> QuerySet[Hit]:
    """With ``section``, by which the pages of a list are cut."""
    sections = MODES[OPPOSITE].sections
    section = Case(
        *(When(one.stored, then=Value(place)) for place, one in enumerate(sections)),
        default=Value(len(sections)),
        output_field=IntegerField(),
    )
    contrary = sum((_probability(label) for label in CONTRARY), start=Value(0.0))
    # Only in the first section does it order: elsewhere the rank says what is best.
    within = Case(When(label__in=CONTRARY, then=contrary), default=Value(0.0), output_field=FloatField())
    return hits.annotate(section=section, contrary=within).order_by("section", F("contrary").desc(), "rank")


def _probability(label: str) -> Coalesce:
    return Coalesce(Cast(KT(f"probabilities__{label}"), FloatField()), Value(0.0))
