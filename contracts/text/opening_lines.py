"""The paragraphs of a text. Lines that hold several clauses are cut where the numbers say so."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from contracts.text.first_items import first_items
from contracts.text.headings import is_contents_line
from contracts.text.inline_letters import letter_cuts
from contracts.text.number_chain import Path, find_chain
from contracts.text.numbers_in_lines import REFERS, line_numbers
from contracts.text.schedules_in_lines import ScheduleHeading, named_heading, schedule_headings

LONGEST_PARAGRAPH = 1500  # a line that is longer may hold several clauses
_OPENING = re.compile(
    r"(?P<part>ARTICLE\s+(?:[IVXLC]+|\d+)\b|(?:WHEREAS|NOW,? THEREFORE|IN WITNESS WHEREOF)\b|RECITALS\b|WITNESSETH\b"
    r"|(?:EXHIBIT|SCHEDULE|ANNEX|APPENDIX)\s+(?:[A-Z]|\d{1,2})\b)"
    r"|(?P<number>(?:Section\s+)?\d{1,2}(?:\.\d{1,3}){1,4}\.?\s+[A-Z\"\u201c(])"
    r"|(?P<integer>\d{1,2}\.\s+[A-Z\"\u201c])"
    r"|(?P<letter>\((?:[a-zA-Z]|[a-z]{2}|[ivxIVX]{1,5})\)\s+\S)"
)
_SCHEDULE = re.compile(r"EXHIBIT|SCHEDULE|ANNEX|APPENDIX")
_REFERS_ON = re.compile(r"\b(?:[Ss]ee|in|on|of|and|or|to|per|as|by|under|with|the|this|such|said|attached)$")
_WORD_BEFORE = re.compile(r"\b[a-z]+$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    start: int
    text: str  # stripped; ``start`` is where it begins
    chained: Path = ()  # its number, where that is one of the run of numbers through the whole text
    schedule: ScheduleHeading | None = None  # that begins here
    in_lead_in: bool = False  # the first item of a list, on the line that leads the list in


def read_paragraphs(text: str) -> list[Paragraph]:
    lines = [(match.start(), match[0]) for match in re.finditer(r"[^\n]+", text)]
    candidates = [candidate for offset, line in lines for candidate in line_numbers(line, offset)]
    schedules = dict(_schedules(lines))
    chain = find_chain(candidates, list(schedules))
    paths = {one.start: one.path for one in chain}
    openings = sorted({*paths, *schedules, *letter_cuts(text, lines, [*paths])})
    found: list[Paragraph] = []
    for offset, line in lines:
        inside = openings[bisect(openings, offset) : bisect(openings, offset + len(line))]
        cuts = sorted({0, *(start - offset for start in inside), *inline_openings(line), len(line)})
        for start, end in pairwise(cuts):
            stripped = line[start:end].strip()
            if stripped:
                at = offset + line.index(stripped[0], start)
                schedule = schedules.get(at) or (named_heading(stripped) if len(cuts) > 2 else None)
                found.append(Paragraph(at, stripped, paths.get(at, ()), schedule))
    return list(_with_first_items(found))


def _with_first_items(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    cuts = first_items([paragraph.text for paragraph in paragraphs])
    for index, paragraph in enumerate(paragraphs):
        if index in cuts:
            at = cuts[index]
            yield replace(paragraph, text=paragraph.text[:at].rstrip())
            yield Paragraph(paragraph.start + at, paragraph.text[at:], in_lead_in=True)
        else:
            yield paragraph


def _schedules(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, ScheduleHeading]]:
    before = ""
    for offset, line in lines:
        for at, heading in schedule_headings(line):
            # "as set forth in", then "Schedule 2." on the next line
            if heading.heading or not heading.alone or not _REFERS_ON.search(before):
                yield offset + at, heading
        before = line.rstrip()


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
        named = _SCHEDULE.match(match["part"] or "") and _WORD_BEFORE.search(before)  # "as per SCHEDULE A."
        return REFERS.search(before) is None and not named
    if match["integer"]:
        return before.endswith((".", ";", ":", ")", "\u201d", '"')) and REFERS.search(before) is None
    return re.search(r"[.;:](?:\s+(?:and|or|and/or))?$", before) is not None
