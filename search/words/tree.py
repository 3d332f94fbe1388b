"""A Words query as a tree. What one node means is said in search/words/match.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["sentence", "paragraph"]


@dataclass(frozen=True, slots=True)
class Word:
    text: str  # in small letters
    ending: Literal["", "*", "!"] = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One word, or several side by side."""

    words: tuple[Word, ...]
    written: str  # as typed, without quotation marks


@dataclass(frozen=True, slots=True)
class Near:
    """At most ``distance`` words on; neighbours are at distance 1."""

    left: Place
    right: Place
    distance: int
    ordered: bool


@dataclass(frozen=True, slots=True)
class Within:
    left: Place
    right: Place
    unit: Unit
    ordered: bool


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of ``parts`` and none of ``without``, anywhere in one clause."""

    parts: tuple[Node, ...]
    without: tuple[Node, ...] = ()


Node = Phrase | Near | Within | AnyOf | AllOf
Place = Phrase | Near | Within | AnyOf
"""What stands at a place in the text, so that a distance from it can be measured. Its AnyOf hold places only."""
