"""What a check has read of a contract that it has not read to its end: a turn may end in it, or a worker be killed."""

from __future__ import annotations

from collections.abc import Mapping

from search.models import AbsenceCheck, ReadPassage
from search.verification import restored_verdict, stored_verdict
from verifier.types import Verdict


def begun_of(check: AbsenceCheck, contract: int) -> dict[int, Verdict | None]:
    """By passage. What the contract was read anew into is not among them."""
    rows = check.begun.filter(passage__contract=contract).values_list("passage", "verdict")
    return {passage: restored_verdict(verdict) for passage, verdict in rows}


def keep_begun(check: AbsenceCheck, verdicts: Mapping[int, Verdict | None]) -> None:
    rows = (
        ReadPassage(check_of=check, passage_id=passage, verdict=stored_verdict(verdict))
        for passage, verdict in verdicts.items()
    )
    ReadPassage.objects.bulk_create(rows, ignore_conflicts=True)  # another worker may have read it too


def forget_begun(check: AbsenceCheck, contract: int) -> None:
    check.begun.filter(passage__contract=contract).delete()
