"""The two readings of a contract with tracked changes, laid over one another: what was deleted, what inserted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Literal["same", "deleted", "inserted"]
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)


def redline(original: str, accepted: str) -> list[Line]:
    """Every paragraph of both readings, in order. Paragraphs are matched first, then the words of those that differ."""
    before, after = original.splitlines(), accepted.splitlines()
    lines: list[Line] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [Line((Piece("same", line),)) for line in before[i:j]]
        else:
            pairs = zip_longest(before[i:j], after[k:m], fillvalue="")
            lines += [Line(tuple(_pieces(old, new))) for old, new in pairs]
    return lines


def _pieces(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[i:j]))
            continue
        if i < j:
            yield Piece("deleted", "".join(before[i:j]))
        if k < m:
            yield Piece("inserted", "".join(after[k:m]))
