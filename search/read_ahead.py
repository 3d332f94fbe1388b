"""The verifier's part of a contract's reading: done when the contract is searchable and nobody waits for more."""

from __future__ import annotations

from django.conf import settings

from contracts.models import Contract, Passage
from contracts.queue import BACKGROUND, defer
from search.clause_codes import CodesOf
from search.recall import HEADING
from search.spare_memory import give_back
from search.verification import contract_parties, load_verifier

READ_AHEAD_TASK = "read_ahead"
READ_AT_ONCE = 64  # passages


def enqueue_read_ahead(contract_id: int) -> None:
    if settings.READ_AHEAD:
        defer(READ_AHEAD_TASK, priority=BACKGROUND, lock=f"read-ahead-{contract_id}", contract_id=contract_id)


def read_ahead(contract_id: int) -> None:
    """Nothing when the contract is gone. Raises VerifierUnavailable."""
    contract = Contract.objects.filter(pk=contract_id, state=Contract.State.READY, deleted_at=None).first()
    if contract is None:
        return
    verifier, parties = load_verifier(), contract_parties(contract)
    passages = list(Passage.objects.filter(contract=contract).exclude(kind=HEADING).order_by("position"))
    for first in range(0, len(passages), READ_AT_ONCE):
        part = passages[first : first + READ_AT_ONCE]
        stored = CodesOf([passage.pk for passage in part], verifier.sha256)
        verifier.read_clauses([(passage.reading, parties) for passage in part], stored)
        give_back()
