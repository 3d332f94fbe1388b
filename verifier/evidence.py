"""From log-odds that single words decided to the stretches of the clause that are marked."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from verifier.parties import NeutralText
from verifier.types import Evidence

LEAST = -1.0  # log-odds above which a word speaks for a stretch, and below which it speaks against it
SECOND = 0.5  # of what speaks for the first stretch, that a second one needs
_EDGE = re.compile(r"[\s,;:]+")


def evidence_spans(
    odds: Sequence[float], offsets: Sequence[tuple[int, int]], clause: NeutralText
) -> tuple[Evidence, ...]:
    """At most two stretches of the original clause, in text order; the weight is its words' mean probability.

    A stretch is where the sum of the words' log-odds above ``LEAST`` is greatest (Kadane's algorithm).
    """
    words = [i for i, (start, end) in enumerate(offsets) if end > start]
    if not words:
        return ()
    gains = [odds[i] - LEAST for i in words]
    first = _greatest(gains, 0, len(gains))
    if first[0] <= 0:
        return ()
    around = [part for part in ((0, first[1]), (first[2], len(gains))) if part[0] < part[1]]
    stretches = [first]
    if around:
        second = max(_greatest(gains, *part) for part in around)
        stretches += [second] if second[0] >= SECOND * first[0] else []
    spans = []
    for _, begin, end in sorted(stretches, key=lambda stretch: stretch[1]):
        inside = words[begin:end]
        start, stop = _whole_words(clause.text, offsets[inside[0]][0], offsets[inside[-1]][1])
        sure = sum(1 / (1 + math.exp(-odds[i])) for i in inside) / len(inside)
        spans.append(Evidence(clause.origin[start], clause.origin[stop], weight=round(sure, 4)))
    return tuple(spans)


def _greatest(gains: Sequence[float], begin: int, end: int) -> tuple[float, int, int]:
    """The sum, begin and end of the stretch within that gains most; it has at least one word."""
    best, running, since = (-math.inf, begin, begin), 0.0, begin
    for i in range(begin, end):
        if running <= 0:
            running, since = 0.0, i
        running += gains[i]
        best = max(best, (running, since, i + 1), key=lambda stretch: stretch[0])
    return best


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Words are not cut, and what parts two clauses is not marked at an edge."""
    while start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    if edge := _EDGE.match(text, start, end):
        start = min(edge.end(), end - 1)
    return start, end
