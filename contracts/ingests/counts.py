"""What became of the items of bulk loads, by numbers."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Q

from contracts.ingests.models import OUTCOME, Ingest, IngestItem, Outcome


def item_counts(ingests: Iterable[Ingest]) -> dict[UUID, dict[str, int]]:
    """Of each load its items by outcome, all of them, and those not sent yet; in one query."""
    counts = {ingest.pk: dict.fromkeys(("items", *Outcome.values, "unsent"), 0) for ingest in ingests}
    rows = (
        IngestItem.objects.filter(ingest__in=list(counts))
        .annotate(outcome=OUTCOME)
        .order_by()
        .values("ingest", "outcome")
        .annotate(number=Count("pk"), unsent=Count("pk", filter=Q(sent_at=None, error_code="")))
    )
    for row in rows:
        of = counts[row["ingest"]]
        of[row["outcome"]] += row["number"]
        of["items"] += row["number"]
        of["unsent"] += row["unsent"]
    return counts
