"""A passage's reading as it may be quoted: an ellipsis tells where words stand between its lead-in and itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from contracts.text.furniture import is_page_furniture
from contracts.text.numbering import read_label
from contracts.text.types import PassageSpan

LEFT_OUT = "… "


def left_out(text: str, passage: PassageSpan) -> tuple[int, ...]:
    """The places of its reading before which words of the contract are left out; a bare number or page is no words."""
    spans = [*passage.lead_in, (passage.start, passage.end)]
    places = []
    for number, ((_, end), (start, _)) in enumerate(pairwise(spans), start=1):
        if _has_words(text[end:start]):
            before = PassageSpan(passage.clause, *spans[number - 1], passage.lead_in[: number - 1])
            places.append(len(before.reading(text)) + 1)
    return tuple(places)


def quoted(reading: str, places: Sequence[int] | None, start: int = 0, end: int | None = None) -> str:
    """The words from ``start`` to ``end`` of a reading, with an ellipsis at each of the places within them."""
    end = len(reading) if end is None else end
    cuts = [start, *(place for place in places or () if start < place < end), end]
    return LEFT_OUT.join(reading[first:last] for first, last in pairwise(cuts))


def _has_words(between: str) -> bool:
    words = " ".join(line.strip() for line in between.splitlines() if not is_page_furniture(line.strip()))
    label = read_label(words)
    return any(letter.isalnum() for letter in words[label.end if label else 0 :])
