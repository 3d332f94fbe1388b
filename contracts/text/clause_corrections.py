"""What a person corrected of the clause tree: where a clause begins and ends, its number, heading and level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import get_args

from contracts.text import headings
from contracts.text.clause_tree import ClauseTree, Node
from contracts.text.corrections import ANCHOR, ClauseField, Correction, Fitting
from contracts.text.numbering import Label, read_label
from contracts.text.types import ClauseSpan

CLAUSE: tuple[ClauseField, ...] = get_args(ClauseField)


def correct_clauses(
    text: str, clauses: Sequence[ClauseSpan], corrections: Sequence[Correction], fitting: Fitting
) -> tuple[ClauseSpan, ...]:
    """Still a partition of the text."""
    found = tuple(clauses)
    for one in corrections:
        place = one.place(text) if one.field in CLAUSE else None
        nodes = None if place is None else _changed(text, found, one, place)
        if nodes is not None:
            tree = ClauseTree()
            tree.nodes = nodes
            found = tree.spans(len(text))
            fitting.add(one.id)
    return found


def _parents_for(clauses: Sequence[ClauseSpan], index: int) -> list[int]:
    """The clauses that the one at ``index`` may stand under, outermost first: the one before it, and those above."""
    above: list[int] = []
    at = index - 1 if index else None
    while at is not None:
        above.insert(0, at)
        at = clauses[at].parent
    return above


def _changed(text: str, clauses: Sequence[ClauseSpan], correction: Correction, place: int) -> list[Node] | None:
    if correction.field == "join":
        return _joined(clauses, place)
    if correction.field == "split":
        return _split(text, clauses, place)
    index = _at(clauses, place)
    if index is None:
        return None
    if correction.field == "level":
        return _moved(clauses, index, int(correction.value))
    nodes = _nodes(clauses)
    if correction.field == "heading":
        nodes[index].heading = correction.value
    else:
        marks = "(." if correction.value else "("  # "9.1" without its 9 would be another number
        _renumber(nodes, _below(clauses, index), nodes[index].number, correction.value, marks)
        nodes[index].number = correction.value
    return nodes


def _at(clauses: Sequence[ClauseSpan], place: int) -> int | None:
    return next((index for index, clause in enumerate(clauses) if clause.start == place), None)


def _below(clauses: Sequence[ClauseSpan], index: int) -> range:
    """What stands under a clause follows it."""
    end = index + 1
    while end < len(clauses) and clauses[end].level > clauses[index].level:
        end += 1
    return range(index + 1, end)


def _renumber(nodes: Sequence[Node], indexes: Iterable[int], old: str, new: str, marks: str) -> None:
    """ "9.1(a)" is "8.1(a)" where the number above it is, "9.1" or the "9" of that. ``marks``: what follows it."""
    for node in (nodes[index] for index in indexes):
        if old and node.number.startswith(old) and node.number[len(old) : len(old) + 1] in tuple(marks):
            node.number = new + node.number[len(old) :]


def _moved(clauses: Sequence[ClauseSpan], index: int, level: int) -> list[Node] | None:
    """The clause and what stands under it, to another level; what follows stands under what is then above it."""
    parents = _parents_for(clauses, index)
    if not 0 <= level <= len(parents):
        return None
    nodes = _nodes(clauses)
    moved = range(index, _below(clauses, index).stop)
    old, new = _outer(clauses, clauses[index].parent), _outer(clauses, parents[level - 1] if level else None)
    _renumber(nodes, moved, old, new, "(")
    open_clauses: list[tuple[int, int]] = []  # each with its level
    for at, clause in enumerate(clauses):
        own = clause.level + (level - clauses[index].level if at in moved else 0)
        while open_clauses and open_clauses[-1][1] >= own:
            open_clauses.pop()
        nodes[at].parent = open_clauses[-1][0] if open_clauses else None
        open_clauses.append((at, own))
    return nodes


def _outer(clauses: Sequence[ClauseSpan], parent: int | None) -> str:
    """What the numbers under a clause begin with: nothing under a schedule."""
    if parent is None or (clauses[parent].kind == "schedule" and clauses[parent].parent is None):
        return ""
    return clauses[parent].number


def _nodes(clauses: Sequence[ClauseSpan]) -> list[Node]:
    return [Node(one.start, one.kind, one.parent, one.number, one.heading) for one in clauses]


def _joined(clauses: Sequence[ClauseSpan], place: int) -> list[Node] | None:
    """The clause that begins at ``place`` becomes part of the one before it, which takes over what stood under it."""
    index = _at(clauses, place)
    if not index:
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
