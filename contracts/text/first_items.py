"""Where the first item of a list stands in its lead-in: "shall (a) pay the price; and", then "(b) report." below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contracts.text.numbering import read_label

FARTHEST = 6  # paragraphs above the second item
_SECOND = re.compile(r"(?:\((?:b|B|ii|II|2)\)|(?:b|ii)\)|b\.)(?=\s)")
_FIRST = {"b": "a", "B": "A", "ii": "i", "II": "I", "2": "1"}
_REFERS = re.compile(
    r"(?:\b(?:sub)?-?(?:sections?|clauses?|paragraphs?|items?|articles?|rules?|parts?)|\u00a7|\d|\(\w+\)|\b(?:and|or|under))$",
    re.IGNORECASE,
)


def first_items(paragraphs: Sequence[str]) -> dict[int, int]:
    """The paragraphs to be cut, by their indexes, and where."""
    cuts: dict[int, int] = {}
    for index, text in enumerate(paragraphs):
        if second := _SECOND.match(text):
            above = range(index - 1, max(-1, index - 1 - FARTHEST), -1)
            found = _first_above(paragraphs, above, second[0])
            cuts |= {} if found is None else {found[0]: found[1]}
    return cuts


def _first_above(paragraphs: Sequence[str], above: Sequence[int], second: str) -> tuple[int, int] | None:
    letters = second.strip("().")
    mark = second.replace(letters, _FIRST[letters])
    first = re.compile(rf"(?<=\s){re.escape(mark)}(?=\s+\S)")
    for index in above:
        text = paragraphs[index]
        if text.startswith((mark, second)):
            return None
        places = [place for place in first.finditer(text) if not _REFERS.search(text[: place.start()].rstrip())]
        if places:
            at = places[-1].start()
            label = read_label(text)
            whole = second in text[at:] or (label is not None and label.end >= at)
            return None if whole else (index, at)
        label = read_label(text)
        page_number = label is not None and label.bare and label.end == len(text)
        if label is not None and label.readings[0].style in {"article", "decimal"} and not page_number:
            return None
    return None
