"""The paragraphs of a text. Some have a whole page on one line: that is cut where clauses may open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from contracts.text.headings import is_contents_line

LONGEST_PARAGRAPH = 1500  # a line that is longer may hold several clauses
_OPENING = re.compile(
    r"(?P<part>ARTICLE\s+(?:[IVXLC]+|\d+)\b|(?:WHEREAS|NOW,? THEREFORE|IN WITNESS WHEREOF)\b|RECITALS\b|WITNESSETH\b"
    r"|(?:EXHIBIT|SCHEDULE|ANNEX|APPENDIX)\s+(?:[A-Z]|\d{1,2})\b)"
    r"|(?P<number>(?:Section\s+)?\d{1,2}(?:\.\d{1,3}){1,4}\.?\s+[A-Z\"\u201c(])"
    r"|(?P<integer>\d{1,2}\.\s+[A-Z\"\u201c])"
    r"|(?P<letter>\((?:[a-zA-Z]|[a-z]{2}|[ivxIVX]{1,5})\)\s+\S)"
)
_REFERS = re.compile(
    r"(?:\b(?:Sections?|Articles?|Clauses?|Paragraphs?|paragraphs?|sections?|clauses?|and|or|to|of|in|by|under|with|through|this|the|than|from"
    r"|Exhibits?|Schedules?|Rule|No\.|Nos\.|version|Version|\u00a7)|,|[($])$"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    start: int
    text: str  # stripped; ``start`` is where it begins


def read_paragraphs(text: str) -> list[Paragraph]:
    found: list[Paragraph] = []
    offset = 0
    for line in text.split("\n"):
        cuts = [0, *inline_openings(line), len(line)]
        for start, end in pairwise(cuts):
            stripped = line[start:end].strip()
            if stripped:
                found.append(Paragraph(offset + line.index(stripped[0], start), stripped))
        offset += len(line) + 1
    return found


def inline_openings(line: str) -> list[int]:
    """Where numbers stand that may open a clause; whether they do is for the outline to judge."""
    if len(line) <= LONGEST_PARAGRAPH or is_contents_line(line):
        return []
    return [match.start() for match in _OPENING.finditer(line, 1) if _plausible(line, match)]


def _plausible(line: str, match: re.Match[str]) -> bool:
    if not line[match.start() - 1].isspace():
        return False
    before = line[max(0, match.start() - 40) : match.start()].rstrip()
    if match["number"] or match["part"]:
        return _REFERS.search(before) is None
    if match["integer"]:
        return before.endswith((".", ";", ":", ")", "\u201d", '"')) and _REFERS.search(before) is None
    return re.search(r"[.;:](?:\s+(?:and|or|and/or))?$", before) is not None
