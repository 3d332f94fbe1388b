"""What a person corrected in a reading, put back into every later one.

A correction is tied to a place in the text and the words that stood there. Where the words have moved it follows them;
where they are gone, or could be meant twice, it is not applied, and ``Reading.corrected`` does not name it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from contracts.text import headings
from contracts.text.clause_tree import ClauseTree, Node
from contracts.text.numbering import Label, read_label
from contracts.text.obligations.mentions import EACH_PARTY, OTHER_PARTY
from contracts.text.types import ClauseSpan, FactField, FactSpan, ObligationSpan, PartySpan, PassageSpan, Span

PartyField = Literal["added", "name", "term", "role"]
Field = Literal[FactField, PartyField, "join", "split", "bearer"]
FACTS: tuple[FactField, ...] = get_args(FactField)
CHOSEN = ("contract_type", "renewal")  # whose values are chosen from a list, and stand in no text
PARTY: tuple[PartyField, ...] = ("added", "name", "term", "role")
ANCHOR = 80  # letters of the words that a correction remembers
_BESIDE = 1_000  # characters from what was read to the words of the fact that are meant
Fitting = set[int]  # ids of the corrections that found their place


@dataclass(frozen=True, slots=True)
class Correction:
    id: int
    field: Field
    value: str  # the label of a party or "" for a bearer; "" for a name that is no party's
    start: int = 0  # of the party's name, the clause, the new clause, or the passage
    anchor: str = ""  # the words there
    offset: int = 0  # of the modal words of a statement, counted from the passage's own first word

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
        elif one.value:
            found[place] = replace(found[place], name=one.value)
        else:
            del found[place]
        fitting.add(one.id)
    return tuple(found[start] for start in sorted(found))


def correct_clauses(
    text: str, clauses: Sequence[ClauseSpan], corrections: Sequence[Correction], fitting: Fitting
) -> tuple[ClauseSpan, ...]:
    """Still a partition of the text."""
    found = tuple(clauses)
    for one in corrections:
        place = one.place(text) if one.field in {"join", "split"} else None
        if place is None:
            continue
        changed = _joined(found, place) if one.field == "join" else _split(text, found, place)
        if changed is not None:
            tree = ClauseTree()
            tree.nodes = changed
            found = tree.spans(len(text))
            fitting.add(one.id)
    return found


def _nodes(clauses: Sequence[ClauseSpan]) -> list[Node]:
    return [Node(one.start, one.kind, one.parent, one.number, one.heading) for one in clauses]


def _joined(clauses: Sequence[ClauseSpan], place: int) -> list[Node] | None:
    """The clause that begins at ``place`` becomes part of the one before it, which takes over what stood under it."""
    index = next((index for index, clause in enumerate(clauses) if index and clause.start == place), None)
    if index is None:
        return None
    nodes = _nodes(clauses)
    del nodes[index]
    for node in nodes:
        if node.parent is not None and node.parent >= index:
            node.parent -= 1
    return nodes


def _split(text: str, clauses: Sequence[ClauseSpan], place: int) -> list[Node] | None:
    """The words from ``place`` on become a clause beside the one they were in, and take over what stood under it."""
    index = next((index for index, clause in enumerate(clauses) if clause.start < place < clause.end), None)
    if index is None or not text[clauses[index].start : place].strip():
        return None
    nodes = _nodes(clauses)
    for node in nodes:
        if node.parent is not None and node.parent >= index:
            node.parent += 1  # also what stood under the clause itself: its words come later
    parent = nodes[index].parent
    number, heading = _opening(text[place : clauses[index].end], None if parent is None else nodes[parent].number)
    nodes.insert(index + 1, Node(place, nodes[index].kind, parent, number, heading))
    return nodes


def _opening(words: str, outer: str | None) -> tuple[str, str]:
    """Number and heading that the words of a new clause begin with."""
    label = read_label(words[:ANCHOR])
    if label is None:
        return "", ""
    line = words[label.end :].split("\n", 1)[0]
    whole = label.word or label.readings[0].style in {"decimal", "article"}
    heading = line[: headings.heading_length(line, whole)].strip(" .:-\u2013\u2014")
    return _number(label, outer), heading


def _number(label: Label, outer: str | None) -> str:
    first = label.readings[0]
    if not outer or first.style == "article" or len(first.path) > 1 or label.word:
        return label.text.rstrip(".")
    return f"{outer}({label.text.strip('().')})"


def correct_bearers(
    text: str,
    passages: Sequence[PassageSpan],
    obligations: Sequence[tuple[int, ObligationSpan]],
    labels: dict[str, str],
    corrections: Sequence[Correction],
    fitting: Fitting,
) -> tuple[tuple[int, ObligationSpan], ...]:
    """``labels``: of each party, as it was read and as it was corrected, to the one that counts."""
    known = {"": "", EACH_PARTY: EACH_PARTY, OTHER_PARTY: OTHER_PARTY, **labels}
    found = list(obligations)
    for one in corrections:
        place = one.place(text) if one.field == "bearer" and one.value in known else None
        for position, (index, statement) in enumerate(found):
            passage = passages[index]
            if passage.start == place and statement.start - own_start(text, passage) == one.offset:
                found[position] = index, _borne_by(known[one.value], statement)
                fitting.add(one.id)
    return tuple(found)


def own_start(text: str, passage: PassageSpan) -> int:
    """Where the passage's own words begin in its reading."""
    before = passage.lead_in_length(text)
    return before + 1 if before else 0


def _borne_by(bearer: str, statement: ObligationSpan) -> ObligationSpan:
    owed = "" if statement.counterparty == bearer else statement.counterparty
    return replace(
        statement,
        bearer=bearer,
        bearer_start=None,
        bearer_end=None,
        counterparty=owed,
        mutual=bearer in (EACH_PARTY, OTHER_PARTY),
    )
