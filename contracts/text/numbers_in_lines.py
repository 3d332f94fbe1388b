"""The numbers of a line that may open a clause: the one it begins with, and those that stand within it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.text import headings
from contracts.text.number_chain import Candidate
from contracts.text.numbering import Label, read_label

REFERS = re.compile(
    r"(?:\b(?:Sections?|Articles?|Clauses?|Paragraphs?|paragraphs?|sections?|clauses?|and|or|to|of|in|by|under|with|through|this|the|than|from"
    r"|Exhibits?|Schedules?|Rule|No\.|Nos\.|version|Version|\u00a7)|,|[($])$"
)
_INLINE = re.compile(
    r"(?<=\s)(?:A(?:RTICLE|rticle)\s+(?:[IVXLC]+|\d{1,2})\b[.:]?|(?:(?:Section|SECTION)\s+)?\d{1,2}(?:(?:\.\d{1,3})+[.):]?|\.))"
    r"(?=\s+[A-Z\"\u201c(\[])"
)
_ENDED = re.compile(r"[.;:!?)\]\"\u201d|](?:\s+(?:and|or))?$")
_BEFORE = 60  # characters that say whether a sentence ends before the number

AT_LINE_START = 2.0
BARE = 1.0  # "10 LIABILITY": the page may have ended before it
AFTER_SENTENCE = 1.0
IN_SENTENCE = 0.2
HEADED = 0.5


def line_numbers(line: str, offset: int) -> list[Candidate]:
    """``offset``: where the line begins in the text."""
    if headings.is_contents_line(line):
        return []
    begin = len(line) - len(line.lstrip())
    found = list(_numbers(line, begin))
    ends = [at for at, *_ in found][1:] + [len(line)][: len(found)]
    return [
        Candidate(offset + at, label.readings[0].path, weight + HEADED * headed, at > begin, headed)
        for (at, label, weight), end in zip(found, ends, strict=True)
        for headed in [_is_headed(line[at + label.end : end])]
    ]


def _numbers(line: str, begin: int) -> Iterator[tuple[int, Label, float]]:
    """Where each stands, and its weight."""
    opened = begin  # where the words begin since the last number
    label = read_label(line[begin:])
    if label is not None and _may_open(label, line[begin + label.end :]):
        opened = begin + label.end
        yield begin, label, BARE if label.bare else AT_LINE_START
    for match in _INLINE.finditer(line):
        label = read_label(line[match.start() : match.end() + 1])
        before = line[max(0, match.start() - _BEFORE) : match.start()].rstrip()
        if label is None or REFERS.search(before):
            continue
        # "4. SUPPLY 4.1 ETON shall": the heading of the number above ends without a full stop
        ended = _ENDED.search(before) or headings.is_title(line[opened : match.start()].strip())
        yield match.start(), label, AFTER_SENTENCE if ended else IN_SENTENCE
        opened = match.start() + label.end


def _may_open(label: Label, words: str) -> bool:
    if label.readings[0].style not in {"article", "decimal"} or words[:1].islower() or words[:1] in {",", ")", ";"}:
        return False
    return not label.bare or headings.heading_length(words, whole=True) > 0


def _is_headed(words: str) -> bool:
    """``words``: up to the next number."""
    return headings.heading_length(words[: headings.LONGEST_HEADING + 40].strip(), whole=True) > 0
