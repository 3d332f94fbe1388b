"""From attention over clause tokens to the words that decided."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.parties import NeutralText
from verifier.types import Evidence

MAX_SPANS = 3
JOIN_TOKENS = 2  # spans nearer than this are one
LIFT = 1.6  # a token counts when it gets this many times its even share of attention


def evidence_spans(
    attention: Sequence[float], offsets: Sequence[tuple[int, int]], clause: NeutralText
) -> tuple[Evidence, ...]:
    """At most MAX_SPANS spans of the original clause, in text order, with their share of the attention to its words."""
    words = [i for i, (start, end) in enumerate(offsets) if end > start]
    total = sum(attention[i] for i in words)
    if not words or total <= 0:
        return ()
    even = total / len(words)
    smooth = {i: _smoothed(attention, words, place) for place, i in enumerate(words)}
    runs: list[list[int]] = []
    for i in words:
        if smooth[i] < LIFT * even:
            continue
        if runs and i - runs[-1][-1] <= JOIN_TOKENS:
            runs[-1].append(i)
        else:
            runs.append([i])
    runs.sort(key=lambda run: sum(attention[i] for i in range(run[0], run[-1] + 1)), reverse=True)
    spans = [
        Evidence(
            *_whole_words(clause, offsets[run[0]][0], offsets[run[-1]][1]),
            weight=round(sum(attention[i] for i in range(run[0], run[-1] + 1)) / total, 4),
        )
        for run in runs[:MAX_SPANS]
    ]
    return tuple(sorted(spans, key=lambda span: span.start))


def _smoothed(attention: Sequence[float], words: Sequence[int], place: int) -> float:
    """Mean with both neighbours, so that a phrase is not torn at its small words."""
    near = words[max(place - 1, 0) : place + 2]
    return sum(attention[i] for i in near) / len(near)


def _whole_words(clause: NeutralText, start: int, end: int) -> tuple[int, int]:
    """Offsets in the original text, widened to whole words."""
    while start > 0 and clause.text[start - 1].isalnum() and clause.text[start].isalnum():
        start -= 1
    while end < len(clause.text) and clause.text[end].isalnum() and clause.text[end - 1].isalnum():
        end += 1
    return clause.origin[start], clause.origin[end]
