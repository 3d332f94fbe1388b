"""Of the passages nearest in meaning those first that also have the question's words.

A vector is one average of all that a passage says. "The Manufacturer shall deliver the Products FCA ... on the delivery
date" lies farther from "Manufacturer must deliver the products" than 246 clauses about orders, prices and delays do.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.role_words import ROLE_WORD
from search.statements import stems

WORTH = 0.4  # of cosine, to have all words of the question


@dataclass(frozen=True, slots=True)
class Scanned:
    passage: int
    similarity: float
    reading: str


class Ranked(NamedTuple):
    """Of a passage in the order in which they are read."""

    passage: int
    similarity: float
    nearness: float  # the similarity, and what the shared words are worth


def nearest_with_words(query: str, near: Sequence[Scanned]) -> list[Ranked]:
    """All of ``near``, reordered. A word counts the more the fewer of them have it; names of roles do not count."""
    said = [stems(one.reading) for one in near]
    weights = _weights(stems(ROLE_WORD.sub(" ", query)), said)
    total = sum(weights.values()) or 1.0
    shared = (sum(weights[word] for word in weights.keys() & words) / total for words in said)
    ranked = (
        Ranked(one.passage, one.similarity, one.similarity + WORTH * share)
        for one, share in zip(near, shared, strict=True)
    )
    return sorted(ranked, key=lambda one: -one.nearness)


def _weights(asked: set[str], said: Sequence[set[str]]) -> dict[str, float]:
    """Of the words that any of them has; none of a word that all have."""
    having = {word: sum(word in words for words in said) for word in asked}
    return {word: math.log(len(said) / count) for word, count in having.items() if count}
