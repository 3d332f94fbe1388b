"""What was read of a contract, laid over its words: who is a party, what is defined, who must do what."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from contracts.models import Clause, Contract, DefinedTerm, Obligation, Party, Passage
from contracts.text.clause_corrections import CLAUSE
from contracts.text.obligations.mentions import EACH_PARTY, OTHER_PARTY
from contracts.text.statement_corrections import STATEMENT

Span = tuple[int, int]
Choice = tuple[str, str]  # a value and how it is called
NOBODY: Choice = ("", "Nobody is named")


@dataclass(frozen=True, slots=True)
class Mark:
    kind: str  # party, term, or a modality
    label: str  # printed before the words, so that no mark is told by its colour alone
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    kinds: tuple[str, ...]  # of the marks that cover it, outermost first
    labels: tuple[str, ...]  # of those that begin here

    @property
    def classes(self) -> str:
        return " ".join(f"mark-{kind}" for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Statement:
    obligation: Obligation
    modality: str
    bearer: str
    action: str
    quoted: str  # the modal words
    corrected: bool
    bearers: list[Choice]
    counterparties: list[Choice]


@dataclass(frozen=True, slots=True)
class InspectedClause:
    clause: Clause
    pieces: tuple[Piece, ...]
    statements: tuple[Statement, ...]
    corrected: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a clause can be split."""

    place: int
    before: str
    after: str


def inspect_clauses(contract: Contract, clauses: Sequence[Clause], parties: Sequence[Party]) -> list[InspectedClause]:
    corrections = list(contract.corrections.active().filter(applied=True))
    changed = {one.start for one in corrections if one.field in CLAUSE and one.field != "join"}
    mended = {(one.start, one.offset) for one in corrections if one.field in STATEMENT}
    people = people_of(parties)
    found: dict[int, list[Statement]] = {}
    marks = [*_party_marks(contract.text, parties), *_term_marks(contract.defined_terms.all())]
    for obligation in contract.obligations.select_related("passage", "bearer"):
        passage = obligation.passage
        shift = len(passage.reading) - len(_own(contract.text, passage))
        marks += _modal_mark(contract.text, passage, obligation, shift)
        corrected = (passage.start, obligation.modal_start - shift) in mended
        found.setdefault(obligation.clause_id, []).append(_statement(obligation, corrected, people))
    return [
        InspectedClause(
            clause,
            tuple(_pieces(contract.text, (clause.start, clause.end), inside)),
            tuple(found.get(clause.pk, ())),
            clause.start in changed,
        )
        for clause, inside in _by_clause(clauses, marks)
    ]


def cuts(text: str, clause: Clause) -> list[Cut]:
    """Before each passage and each line of the clause, but for its first words."""
    lines = (clause.start + found.end() for found in re.finditer(r"\n\s*", text[clause.start : clause.end]))
    places = {*lines, *clause.passages.values_list("start", flat=True)}
    inside = (place for place in sorted(places) if clause.start < place < clause.end)
    return [
        Cut(
            place,
            text[max(clause.start, place - 40) : place].strip(),
            text[place : min(clause.end, place + 60)].strip(),
        )
        for place in inside
        if text[clause.start : place].strip()
    ]


def level_choices(clauses: Sequence[Clause], chosen: Clause) -> list[Choice]:
    """The top, or under the clause before it or one of those that this stands under."""
    known = {clause.pk: clause for clause in clauses}
    above: list[Clause] = []
    at = clauses[chosen.position - 1] if chosen.position else None
    while at is not None:
        above.insert(0, at)
        at = known.get(at.parent_id) if at.parent_id else None
    return [("0", "Top level"), *((str(level), f"Under {clause}") for level, clause in enumerate(above, 1))]


def people_of(parties: Iterable[Party]) -> list[Choice]:
    return [(party.term or party.name, str(party)) for party in parties]


def bearer_choices(people: Sequence[Choice], now: str) -> list[Choice]:
    return _with(now, [*people, (EACH_PARTY, "Each party"), NOBODY])


def counterparty_choices(people: Sequence[Choice], now: str) -> list[Choice]:
    return _with(now, [*people, (EACH_PARTY, "Each party"), (OTHER_PARTY, "The other party"), NOBODY])


def _with(now: str, choices: list[Choice]) -> list[Choice]:
    """With what was read ("Receiving Party"), which else a form could not leave as it is."""
    return choices if now in dict(choices) else [(now, now), *choices]


def _statement(obligation: Obligation, corrected: bool, people: Sequence[Choice]) -> Statement:
    reading = obligation.passage.reading
    return Statement(
        obligation,
        obligation.get_modality_display(),
        _bearer(obligation),
        reading[obligation.action_start : obligation.action_end],
        reading[obligation.modal_start : obligation.modal_end],
        corrected,
        bearer_choices(people, obligation.bearer_text),
        counterparty_choices(people, obligation.counterparty_text),
    )


def _bearer(obligation: Obligation) -> str:
    with_affiliates = " and its affiliates" if obligation.binds_affiliates else ""
    return f"{obligation.bearer_text}{with_affiliates}" or "nobody named"


def _party_marks(text: str, parties: Sequence[Party]) -> Iterator[Mark]:
    """Wherever the name or term of a party stands: "P1" is the first party on every page."""
    for number, party in enumerate(parties, 1):
        words = [r"\s+".join(map(re.escape, name.split())) for name in _longest_first(party)]
        # A name may end in a full stop ("Inc."), after which there is no word boundary.
        for found in re.finditer(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", text) if words else ():
            yield Mark("party", f"P{number}", *found.span())


def _longest_first(party: Party) -> list[str]:
    return sorted(filter(None, (party.name, party.term)), key=len, reverse=True)


def _term_marks(terms: Iterable[DefinedTerm]) -> Iterator[Mark]:
    for term in terms:
        yield Mark("term", "DEF", term.start, term.end)


def _modal_mark(text: str, passage: Passage, obligation: Obligation, shift: int) -> list[Mark]:
    """None where the modal words stand in the lead-in: they are marked in the clause that they come from."""
    if obligation.modal_start < shift:
        return []
    start, end = (_place(text, passage, at - shift) for at in (obligation.modal_start, obligation.modal_end - 1))
    return [Mark(obligation.modality, obligation.get_modality_display().upper(), start, end + 1)]


def _own(text: str, passage: Passage) -> str:
    return " ".join(text[passage.start : passage.end].split())


def _place(text: str, passage: Passage, letter: int) -> int:
    """Where in the text the n-th letter of the passage's own words stands, of which every run of blanks counts one."""
    for word in re.finditer(r"\S+", text[passage.start : passage.end]):
        length = len(word[0])
        if letter < length:
            return passage.start + word.start() + letter
        letter -= length + 1
        if letter < 0:
            return passage.start + word.end()
    return passage.end


def _by_clause(clauses: Sequence[Clause], marks: Iterable[Mark]) -> Iterator[tuple[Clause, list[Mark]]]:
    starts = [clause.start for clause in clauses]
    held: list[list[Mark]] = [[] for _ in clauses]
    for mark in marks:
        index = bisect_right(starts, mark.start) - 1
        if index >= 0 and mark.start < mark.end:
            held[index].append(mark)
    yield from zip(clauses, held, strict=True)


def _pieces(text: str, span: Span, marks: Sequence[Mark]) -> Iterator[Piece]:
    """The words of the span cut wherever a mark begins or ends."""
    start, end = span
    edges = sorted({start, end, *(edge for mark in marks for edge in (mark.start, mark.end) if start < edge < end)})
    for begin, stop in pairwise(edges):
        over = [mark for mark in marks if mark.start <= begin and stop <= mark.end]
        kinds = tuple(dict.fromkeys(mark.kind for mark in over))
        labels = tuple(dict.fromkeys(mark.label for mark in over if mark.start == begin))
        yield Piece(text[begin:stop], kinds, labels)
