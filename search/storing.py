"""An answer is written, once: its search, its hits, and who asked."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from contracts.audit.record import record
from contracts.models import Clause, Contract
from search.models import Hit, Search


def store_answer(search: Search, hits: Sequence[Hit], *, on_record: bool = False) -> Search:
    """``on_record``: that it was asked is recorded already, or stands with the check whose answer it is."""
    for hit in hits:
        hit.search = search
    with transaction.atomic():
        search.save(force_insert=True)
        if not on_record:
            record(None if search.unasked else search.user, "searched", "search", search.pk)
        _forget_deleted(hits)
        Hit.objects.bulk_create(hits)
    return search


def _forget_deleted(hits: Sequence[Hit]) -> None:
    """Verification takes seconds; a contract read again or deleted meanwhile must not lose the whole answer."""
    clauses = set(Clause.objects.filter(pk__in=[hit.clause_id for hit in hits]).values_list("pk", flat=True))
    contracts = set(Contract.objects.filter(pk__in=[hit.contract_id for hit in hits]).values_list("pk", flat=True))
    for hit in hits:
        if hit.clause_id not in clauses:
            hit.clause = None
        if hit.contract_id not in contracts:
            hit.contract = None
