"""The clauses of some contracts that match a Words query, each with the passages and the words found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet

from contracts.models import Contract, Passage
from search.words.candidates import nominate_clauses
from search.words.match import ClauseWords, PassageText, Roots, find_words
from search.words.tree import AllOf, AnyOf, Node, Phrase, Within

MAX_NOMINATED = 20_000  # clauses; at 60 words each about 3 seconds of one core

Row = tuple[int, int, int, str, int, int, str]  # contract, clause, passage, kind, start, end, reading


class TooManyClauses(ValueError):
    pass


@dataclass(frozen=True, slots=True)
class FoundPassage:
    id: int
    words: tuple[tuple[int, int], ...]  # found words in its reading


@dataclass(frozen=True, slots=True)
class FoundClause:
    id: int
    passages: tuple[FoundPassage, ...]  # in order; never empty


def find_clauses(node: Node, roots: Roots, contracts: QuerySet[Contract]) -> list[FoundClause]:
    """All of them: contracts as they are listed, clauses as they are read. Raises TooManyClauses."""
    rows: Any = (
        Passage.objects.filter(clause__in=nominate_clauses(node, roots, contracts))
        .order_by("-contract__received_at", "-contract", "clause__position", "position")
        .values_list("contract_id", "clause_id", "pk", "kind", "start", "end", "reading")
        .iterator()
    )
    found: list[FoundClause] = []
    nominated = 0
    for contract, in_contract in groupby(rows, key=itemgetter(0)):
        text = Contract.objects.values_list("text", flat=True).get(pk=contract) if _asks_paragraph(node) else ""
        for clause, in_clause in groupby(in_contract, key=itemgetter(1)):
            nominated += 1
            if nominated > MAX_NOMINATED:
                raise TooManyClauses
            found += _match_clause(node, roots, clause, list(in_clause), text)
    return found


def _match_clause(node: Node, roots: Roots, clause: int, rows: Sequence[Row], text: str) -> Iterator[FoundClause]:
    words = find_words(node, ClauseWords(_passages(rows, text)), roots)
    if words is None:
        return
    passages = (
        FoundPassage(rows[index][2], tuple((word.start, word.end) for word in in_passage))
        for index, in_passage in groupby(words, key=lambda word: word.passage)
    )
    yield FoundClause(clause, tuple(passages))


def _passages(rows: Sequence[Row], text: str) -> list[PassageText]:
    ends = [rows[0][5], *(row[5] for row in rows)]
    return [
        PassageText(reading, listed=kind == "item", new_paragraph="\n" in text[end:start])
        for end, (_, _, _, kind, start, _, reading) in zip(ends, rows, strict=False)
    ]


def _asks_paragraph(node: Node) -> bool:
    if isinstance(node, Phrase):
        return False
    if isinstance(node, AllOf | AnyOf):
        parts = node.parts + node.without if isinstance(node, AllOf) else node.parts
        return any(map(_asks_paragraph, parts))
    if isinstance(node, Within) and node.unit == "paragraph":
        return True
    return _asks_paragraph(node.left) or _asks_paragraph(node.right)
