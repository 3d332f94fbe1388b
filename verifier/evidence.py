"""From attention over clause tokens to the parts of the clause that decided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from verifier.parties import NeutralText
from verifier.types import Evidence

MAX_SPANS = 3
LEAST_EXCESS = 0.02  # of all attention, below which no part stands out
LEAST = 0.5  # of the excess attention of the part that gets most; parts with less are not marked
# A part is a sentence, an item of a list, or what follows a word that limits what stands before.
_BOUNDARY = re.compile(
    r"(?<=[.;:])\s+(?=\W?[A-Z(])|(?<=;)\s+"
    r"|\s+(?=\((?:[a-z]|[ivx]+|\d+)\)\s)"
    r"|(?<=,)\s+(?=(?:provided|except|unless|notwithstanding|subject to|but|whereas|save)\b)",
)


def evidence_spans(
    attention: Sequence[float], offsets: Sequence[tuple[int, int]], clause: NeutralText
) -> tuple[Evidence, ...]:
    """At most MAX_SPANS parts of the original clause, in text order, with their share of the attention to its words.

    What counts is attention beyond an even share, so that a long part is not marked for its length. Where all parts get
    about the same, nothing is marked.
    """
    words = [i for i, (start, end) in enumerate(offsets) if end > start]
    total = sum(attention[i] for i in words)
    if not words or total <= 0:
        return ()
    even = total / len(words)
    parts = []
    for start, end in _parts(clause.text, offsets[words[0]][0], offsets[words[-1]][1]):
        inside = [attention[i] for i in words if start <= offsets[i][0] < end]
        if inside:
            parts.append((sum(inside) - even * len(inside), sum(inside) / total, start, end))
    most = max(part[0] for part in parts)
    if len(parts) > 1 and most <= LEAST_EXCESS * total:
        return ()
    marked = sorted((part for part in parts if part[0] >= LEAST * most), reverse=True)[:MAX_SPANS]
    spans = [
        Evidence(clause.origin[start], clause.origin[end], weight=round(share, 4)) for _, share, start, end in marked
    ]
    return tuple(sorted(spans, key=lambda span: span.start))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for boundary in _BOUNDARY.finditer(text, start, end):
        if boundary.start() > start:
            yield start, boundary.start()
        start = boundary.end()
    if end > start:
        yield start, end
