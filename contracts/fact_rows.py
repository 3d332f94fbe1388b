"""The facts of a contract for a page: each with its clause, how it was found, and who corrected or confirmed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.corrections import CHOICES
from contracts.models import Clause, Contract, Correction
from contracts.outline import clause_at
from contracts.text.corrections import FACTS

SHORT = {  # beside a contract's text
    "kind": "Kind",
    "agreement_date": "Dated",
    "effective_date": "Effective",
    "expiry_date": "Ends",
    "renewal_term": "Renewed for",
    "contract_type": "Type",
}
NO_SOURCE = (None, None, "")
NOTICE = {"automatic": "Notice against renewal", "option": "Notice to renew"}


@dataclass(frozen=True, slots=True)
class FactRow:
    field: str
    label: str
    short: str
    value: str  # as stored
    choices: tuple[tuple[str, str], ...]  # of a value that is chosen from a list
    clause_id: int | None
    computed_from: str
    correction: Correction | None
    confirmation: Correction | None

    @property
    def shown(self) -> str:
        return dict(self.choices).get(self.value, self.value)

    @property
    def note(self) -> str:
        """How sure a reader can be of it."""
        found = f"computed from {self.computed_from}" if self.computed_from else ""
        confirmed = f"confirmed by {self.confirmation.made_by or 'somebody'}" if self.confirmation else ""
        return "; ".join(filter(None, (found, "corrected" if self.correction else "", confirmed)))


def fact_rows(contract: Contract, clauses: Sequence[Clause]) -> list[FactRow]:
    corrections: dict[str, Correction] = {}
    confirmations: dict[str, Correction] = {}
    for one in contract.corrections.active().select_related("made_by"):
        if one.confirms:
            confirmations[one.field] = one
        else:
            corrections[one.field] = one
            confirmations.pop(one.field, None)  # it was of what has been corrected since
    return [_row(contract, clauses, field, corrections.get(field), confirmations.get(field)) for field in FACTS]


def _row(
    contract: Contract,
    clauses: Sequence[Clause],
    field: str,
    correction: Correction | None,
    confirmation: Correction | None,
) -> FactRow:
    label = str(Correction.Field(field).label)
    outdated = correction is not None and not correction.applied  # until it is read again
    start, _, computed_from = contract.fact_places.get(field, NO_SOURCE) if not outdated else NO_SOURCE
    short = NOTICE.get(contract.renewal, label) if field == "renewal_notice" else SHORT.get(field, label)
    return FactRow(
        field=field,
        label=label,
        short=short,
        value=getattr(contract, field),
        choices=tuple(CHOICES.get(field, {}).items()),
        clause_id=None if start is None else clause_at(clauses, start),
        computed_from=computed_from,
        correction=correction,
        confirmation=confirmation,
    )
