"""The clauses of an answer that can still be opened: decided on, disagreed with, compared."""

from __future__ import annotations

from django.db.models import QuerySet

from search.models import Hit, Search


def hits_to_open(search: Search) -> QuerySet[Hit]:
    """Those whose contract is still there."""
    there = search.visible_hits().filter(contract__isnull=False, contract__deleted_at=None)
    return there.select_related("contract").defer("contract__text")
