"""Keyword search: BM25 over the words as they stand, without stemming and without stop words."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

SATURATION, LENGTH_SHARE = 1.2, 0.75  # k1 and b
POSTING_BYTES = 8  # a document number and a count


class FullText:
    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(words(text)) for text in texts]
        lengths = np.array([count.total() for count in counts], dtype=float)
        dampers = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / max(lengths.mean(), 1.0))
        self._size = len(texts)
        postings: dict[str, list[tuple[int, float]]] = {}
        for number, count in enumerate(counts):
            for word, times in count.items():
                weight = times * (SATURATION + 1) / (times + dampers[number])
                postings.setdefault(word, []).append((number, weight))
        self._postings = {
            word: (np.array([n for n, _ in row]), _rarity(len(texts), len(row)) * np.array([w for _, w in row]))
            for word, row in postings.items()
        }

    def scores(self, query: str) -> npt.NDArray[np.float64]:
        """One per text, in the order given."""
        scores = np.zeros(self._size)
        for word in words(query):
            if word in self._postings:
                numbers, weights = self._postings[word]
                scores[numbers] += weights
        return scores

    @property
    def bytes_per_text(self) -> float:
        return POSTING_BYTES * sum(len(numbers) for numbers, _ in self._postings.values()) / max(self._size, 1)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _rarity(texts: int, having: int) -> float:
    return math.log(1 + (texts - having + 0.5) / (having + 0.5))
