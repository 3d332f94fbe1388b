"""One contract read from its bytes: every step in order, nothing stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contracts.text.clause_corrections import correct_clauses
from contracts.text.corrections import Correction, Fitting, correct_amounts, correct_facts, correct_parties
from contracts.text.definitions import find_definitions
from contracts.text.facts import find_facts, mail_facts
from contracts.text.money import find_amounts
from contracts.text.obligations import contract_obligations
from contracts.text.parent_agreements import find_parent
from contracts.text.parse import parse_file
from contracts.text.parties import find_parties
from contracts.text.party_sides import with_sides
from contracts.text.passages import split_passages
from contracts.text.segment import segment_clauses
from contracts.text.statement_corrections import correct_statements
from contracts.text.types import FactSpan, ParentMention, PartySpan, Reading

OnStage = Callable[[str], None]


def no_report(stage: str) -> None:
    """For callers that need no word of progress."""


def read_contract(
    data: bytes,
    filename: str,
    count_tokens: Callable[[str], int],
    corrections: Sequence[Correction] = (),
    on_stage: OnStage = no_report,
) -> Reading:
    """Raises ReadError for a file that cannot be read. ``count_tokens`` bounds the length of passages.

    ``corrections`` are applied in their order; ``on_stage`` is told before each step.
    """
    fitting: Fitting = set()
    on_stage("text")
    document = parse_file(data, filename)
    text = document.text
    on_stage("clauses")
    clauses = correct_clauses(text, segment_clauses(document), corrections, fitting)
    passages = split_passages(text, clauses, count_tokens)
    on_stage("parties")
    read_parties = find_parties(text)
    parties = with_sides(text, correct_parties(text, read_parties, corrections, fitting))
    given: dict[str, str] = {one.field: one.value for one in corrections}
    read_facts = mail_facts(document.mail) if document.mail else find_facts(text, filename, given)
    facts = correct_facts(text, read_facts, corrections, fitting)
    on_stage("obligations")
    obligations = contract_obligations(text, passages, parties)
    return Reading(
        document=document,
        clauses=clauses,
        passages=passages,
        parties=parties,
        definitions=find_definitions(text),
        facts=facts,
        obligations=correct_statements(
            text, passages, obligations, _labels(read_parties, parties), corrections, fitting
        ),
        parent=None if document.mail else _parent(text, facts),
        amounts=correct_amounts(text, find_amounts(text), corrections, fitting),
        corrected=frozenset(fitting),
    )


def _parent(text: str, facts: Sequence[FactSpan]) -> ParentMention | None:
    values = {fact.kind: fact.value for fact in facts}
    return find_parent(text, values.get("title", ""), values.get("agreement_date", ""))


def _labels(read: Sequence[PartySpan], corrected: Sequence[PartySpan]) -> dict[str, str]:
    """The label each party had or has, to the one it has now."""
    now = {party.start: party.term or party.name for party in corrected}
    before = {party.term or party.name: now[party.start] for party in read if party.start in now}
    return before | {label: label for label in now.values()}
