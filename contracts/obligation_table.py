"""The obligations of a stored contract as a lawyer's table: a section for each bearer, in the order of the clauses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from contracts.models import Contract, Obligation, Party
from contracts.text.quotation import quoted

MUTUAL = "Each party"
NOT_STATED = "Bearer not stated"
UNREVIEWED = (
    "Read from the words of the contract by rules and a grammar parser, and not reviewed: open the clause before you "
    "rely on a row. Where the words do not say who is bound, nobody is named."
)
WITH_AFFILIATES = " and its affiliates"


@dataclass(frozen=True, slots=True)
class Row:
    clause_id: int
    number: str
    heading: str
    modality: str  # "Must not"
    action: str
    counterparty: str
    affiliates: bool  # the clause binds the bearer's affiliates too
    conditions: tuple[str, ...]
    exceptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    name: str  # of the party; "" where no one party bears it
    rows: list[Row] = field(default_factory=list)

    @property
    def stated(self) -> bool:
        return self.title != NOT_STATED


def sections_of(contract: Contract) -> list[Section]:
    obligations = contract.obligations.select_related("clause", "passage", "bearer", "counterparty")
    return by_bearer(list(contract.parties.all()), obligations)


def by_bearer(parties: Sequence[Party], obligations: Iterable[Obligation]) -> list[Section]:
    """The parties as the contract names them, what binds each, other persons, and what the words leave open, last."""
    of_party = {party.pk: Section(party.term or party.name, party.name if party.term else "") for party in parties}
    mutual, not_stated = Section(MUTUAL, ""), Section(NOT_STATED, "")
    others: dict[str, Section] = {}
    for obligation in obligations:
        if obligation.bearer_id is not None:
            section = of_party[obligation.bearer_id]
        elif not obligation.bearer_text:
            section = not_stated
        elif obligation.mutual:
            section = mutual
        else:
            section = others.setdefault(obligation.bearer_text, Section(obligation.bearer_text, ""))
        section.rows.append(_row(obligation))
    return [section for section in (*of_party.values(), mutual, *others.values(), not_stated) if section.rows]


def _row(obligation: Obligation) -> Row:
    def words(start: int, end: int) -> str:
        return quoted(obligation.passage.reading, obligation.passage.left_out, start, end)

    return Row(
        clause_id=obligation.clause_id,
        number=obligation.clause.number,
        heading=obligation.clause.heading,
        modality=obligation.get_modality_display(),
        action=words(obligation.action_start, obligation.action_end),
        counterparty=f"{obligation.counterparty_text}{WITH_AFFILIATES if obligation.owed_to_affiliates else ''}",
        affiliates=obligation.binds_affiliates,
        conditions=tuple(words(*span) for span in obligation.conditions),
        exceptions=tuple(words(*span) for span in obligation.exceptions),
    )
