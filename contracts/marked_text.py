"""Paragraphs with what is marked in them: the places that answer a question, and the defined terms used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

SHOWN_DEFINITION = 320  # characters
LIGHT = "related"  # the key of what is marked, but is no step on the way from hit to hit


@dataclass(frozen=True, slots=True)
class Term:
    id: int  # on the page
    term: str
    definition: str
    clause_id: int | None  # where it is defined

    @property
    def short_definition(self) -> str:
        words = " ".join(self.definition.split())
        return words if len(words) <= SHOWN_DEFINITION else words[:SHOWN_DEFINITION].rsplit(" ", 1)[0] + " …"


@dataclass(frozen=True, slots=True)
class TextMark:
    """A place in the contract that answers a question."""

    start: int  # into the contract's text
    end: int
    clause_id: int
    key: str  # "supported"
    icon: str
    name: str  # "Supported"
    number: str = ""  # of its clause
    previous: int | None = None  # clause of the mark before it
    next: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    term: Term | None


@dataclass(frozen=True, slots=True)
class Run:
    mark: TextMark | None
    pieces: tuple[Piece, ...]


class TermFinder:
    """Finds defined terms as they are written, the longest first; within a clause each is found once."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = {one.term: one for one in terms if one.term and one.definition}
        longest_first = sorted(self._terms, key=len, reverse=True)
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b") if longest_first else None

    def in_clause(self, clause_id: int) -> ClauseTerms:
        return ClauseTerms(self, clause_id)

    def find(self, text: str) -> Iterator[tuple[int, int, Term]]:
        for match in self._pattern.finditer(text) if self._pattern else ():
            yield *match.span(), self._terms[match.group()]


class ClauseTerms:
    """The terms of one clause as it is read from its first paragraph to its last."""

    def __init__(self, finder: TermFinder, clause_id: int) -> None:
        self._finder = finder
        self._clause_id = clause_id
        self._found: set[int] = set()

    def split(self, text: str) -> Iterator[Piece]:
        done = 0
        for start, end, term in self._finder.find(text):
            if term.id in self._found or term.clause_id == self._clause_id:
                continue
            self._found.add(term.id)
            if start > done:
                yield Piece(text[done:start], None)
            yield Piece(text[start:end], term)
            done = end
        if done < len(text):
            yield Piece(text[done:], None)


def mark_paragraph(text: str, start: int, marks: Iterable[TextMark], terms: ClauseTerms) -> tuple[Run, ...]:
    """``text`` stands at ``start`` of the contract. Joined, all pieces are the text; of two marks the earlier wins."""
    runs: list[Run] = []
    done = 0
    for mark in sorted(marks, key=lambda one: one.start):
        begin, end = max(mark.start - start, done), min(mark.end - start, len(text))
        if begin >= end:
            continue
        if begin > done:
            runs.append(Run(None, tuple(terms.split(text[done:begin]))))
        runs.append(Run(mark, tuple(terms.split(text[begin:end]))))
        done = end
    if done < len(text):
        runs.append(Run(None, tuple(terms.split(text[done:]))))
    return tuple(runs)
