"""What a person corrected in a reading, put back into every later one.

A correction is tied to a place in the text and the words that stood there. Where the words have moved it follows them;
where they are gone, or could be meant twice, it is not applied, and ``Reading.corrected`` does not name it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, get_args

from contracts.text.types import AmountSpan, FactField, FactSpan, PartySpan, Span

PartyField = Literal["added", "name", "term", "role", "alias"]
ClauseField = Literal["join", "split", "number", "heading", "level"]
StatementField = Literal["bearer", "modality", "counterparty", "no_statement"]
Field = Literal[FactField, PartyField, ClauseField, StatementField, "amount"]
FACTS: tuple[FactField, ...] = get_args(FactField)
CHOSEN = ("kind", "contract_type", "renewal")  # whose values are chosen from a list, and stand in no text
PARTY: tuple[PartyField, ...] = get_args(PartyField)
ANCHOR = 80  # letters of the words that a correction remembers
_BESIDE = 1_000  # characters from what was read to the words of the fact that are meant
Fitting = set[int]  # ids of the corrections that found their place


@dataclass(frozen=True, slots=True)
class Correction:
    id: int
    field: Field
    # The label of a party or "" for a bearer or counterparty; "" for a name, alias or amount that is none.
    value: str
    start: int = 0  # of the party's name, the clause, the new clause, the passage, or the amount
    anchor: str = ""  # the words there
    # Of the modal words of a statement, counted from the passage's own first word; of an amount its length.
    offset: int = 0
    old: str = ""  # the alias that is meant

    def place(self, text: str) -> int | None:
        if text.startswith(self.anchor, self.start):
            return self.start
        return text.find(self.anchor) if self.anchor and text.count(self.anchor) == 1 else None


def correct_facts(
    text: str, facts: Sequence[FactSpan], corrections: Sequence[Correction], fitting: Fitting
) -> tuple[FactSpan, ...]:
    """A value that does not stand in the text has the empty span 0:0."""
    found = {fact.kind: fact for fact in facts}
    read = {fact.kind: fact.start for fact in facts if fact.end}
    for one in corrections:
        if one.field in FACTS:
            fitting.add(one.id)
            if one.field in found and found[one.field].value == one.value:
                continue  # confirmed, or found since: it keeps its place
            near = read.get(one.field)
            found[one.field] = FactSpan(one.field, one.value, *_quoted(text, one, near))
    return tuple(found.values())


def _quoted(text: str, correction: Correction, near: int | None) -> Span:
    """Where the value stands: beside what was read, else where it stands once; 0:0 for no such place."""
    words = rf"(?<!\w){re.escape(correction.value)}(?!\w)"
    places = [] if correction.field in CHOSEN or not correction.value else [m.span() for m in re.finditer(words, text)]
    beside = [place for place in places if near is not None and abs(place[0] - near) <= _BESIDE]
    if beside and near is not None:
        return min(beside, key=lambda place: abs(place[0] - near))
    return places[0] if len(places) == 1 else (0, 0)


def correct_parties(
    text: str, parties: Sequence[PartySpan], corrections: Sequence[Correction], fitting: Fitting
) -> tuple[PartySpan, ...]:
    found = {party.start: party for party in parties}
    for one in corrections:
        place = one.place(text) if one.field in PARTY else None
        if place is None or (one.field != "added" and place not in found):
            continue
        if one.field == "added" and place in found:  # found since: it keeps its term
            found[place] = replace(found[place], name=one.value, end=place + len(one.value))
        elif one.field == "added":
            found[place] = PartySpan(one.value, "", (), place, place + len(one.value))
        elif one.field == "term":
            found[place] = replace(found[place], term=one.value)
        elif one.field == "role":
            found[place] = replace(found[place], aliases=(*found[place].aliases, one.value))
        elif one.field == "alias":
            found[place] = replace(found[place], aliases=_renamed(found[place].aliases, one.old, one.value))
        elif one.value:
            found[place] = replace(found[place], name=one.value)
        else:
            del found[place]
        fitting.add(one.id)
    return tuple(found[start] for start in sorted(found))


def _renamed(aliases: Sequence[str], old: str, new: str) -> tuple[str, ...]:
    """An alias that is no longer read need not be taken away."""
    return tuple(filter(None, dict.fromkeys(new if alias == old else alias for alias in aliases)))


def correct_amounts(
    text: str, amounts: Sequence[AmountSpan], corrections: Sequence[Correction], fitting: Fitting
) -> tuple[AmountSpan, ...]:
    found = {amount.start: amount for amount in amounts}
    for one in corrections:
        place = one.place(text) if one.field == "amount" else None
        if place is None:
            continue
        fitting.add(one.id)
        if one.value:
            currency, _, amount = one.value.rpartition(" ")
            found[place] = AmountSpan(currency, Decimal(amount), place, place + one.offset)
        else:
            found.pop(place, None)
    return tuple(found[start] for start in sorted(found))
