"""Where schedules begin: a heading on a line of its own, or one on whose line other words stand as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from contracts.text import headings
from contracts.text.numbers_in_lines import REFERS

_LARGE = r"(?:EXHIBIT|SCHEDULE|ANNEX(?:URE)?|APPENDIX|ATTACHMENT)"
_SMALL = r"(?:Exhibit|Schedule|Annex(?:ure)?|Appendix|Attachment)"
# "IS", "AS" and the like are words of a sentence in capitals: "THIS EXHIBIT IS PART OF".
_WHICH = (
    r" (?:N[Oo]\. ?)?(?!(?:A[NST]|BY|HA|I[NST]|NO|O[FNR]|TO)\b)(?:\d{1,2}|[A-Z]{1,2}|[IVX]{1,4})"
    r"(?:[.-]?(?:\d{1,2}|[A-Z]))*(?:\([a-zA-Z]\))?(?![\w(.,;)’'\"”])"
)
_HEADING = re.compile(rf"(?P<label>(?:{_LARGE}|{_SMALL}){_WHICH})(?: ?[-–—:|])? ?(?P<rest>.*)")
_WITHIN = re.compile(rf"(?<= ){_LARGE}{_WHICH}")
_ANY = re.compile(rf"(?<= )(?:{_LARGE}|{_SMALL}){_WHICH}")
_LISTED = 200  # characters after a label in which the next one of a list stands
_CAPITALS = re.compile(r"(?:(?:[A-Z][A-Z’'/,.&-]*|[&–-]|\([A-Z ]+\)) )*[A-Z][A-Z’'/,&-]+(?= |$)")
_CAPITALISED = re.compile(
    r"(?:[A-Z][\w’'&/,-]*|of|and|for|the|to|in|&)(?: (?:[A-Z][\w’'&/,-]*|of|and|for|the|to|in|&))+"
)
_FIRST_NUMBER = re.compile(r" (?:1\.(?:1\.?)?|ARTICLE (?:1|I|ONE)\b[.:]?|\(a\)|A\.) ")
_NUMBER = re.compile(r" (?:\(?(?:\d{1,2}|[A-Za-z]|[IVX]{1,4})\)|(?:\d{1,2}|[A-Z]|[IVX]{1,4})\.(?:\d{1,2}\.?)*) ")
_VERB = re.compile(r" ?(?:SHALL|WILL|MUST|MAY|IS|ARE|WAS|WERE|HAS|HAVE|SETS?|TO THE)\b", re.I)
_ENDED = re.compile(r"(?:[.;:)\]_*|\d]|\b[A-Z]{2,})$")


@dataclass(frozen=True, slots=True)
class ScheduleHeading:
    label: str  # "EXHIBIT A"
    heading: str  # "PRICES"
    alone: bool  # no other words stand on its line


def schedule_headings(line: str) -> Iterator[tuple[int, ScheduleHeading]]:
    """Each with its place in the line."""
    begin = len(line) - len(line.lstrip())
    words = line.strip()
    if whole := whole_heading(words):
        yield begin, whole
    elif (match := _HEADING.match(words)) and _heads_line(match) and not headings.is_contents_line(words):
        yield begin, ScheduleHeading(match["label"], _heading(match["rest"]), alone=False)
    within = list(_WITHIN.finditer(line))
    if len(within) == 1 and not headings.is_contents_line(words):  # several are listed, or referred to
        yield from _after_other_words(line, within[0].start())


def whole_heading(words: str) -> ScheduleHeading | None:
    """Where the words are nothing else."""
    match = headings.schedule_opening(words)
    if match is None or _FIRST_NUMBER.search(f" {match['rest']}") or _lists_others(match["label"], match["rest"]):
        return None
    return ScheduleHeading(match["label"], match["rest"].strip(' -–—:.|"“”'), alone=True)


def named_heading(piece: str) -> ScheduleHeading | None:
    """Where a piece of a line is nothing else, with a letter or number: "SCHEDULE" alone may be the end of a title."""
    heading = whole_heading(piece)
    return heading if heading and " " in heading.label else None


def _heads_line(match: re.Match[str]) -> bool:
    """Whether what goes on after the label is the schedule, and not a sentence that speaks of it."""
    rest = match["rest"]
    if not rest or rest[0].islower() or _VERB.match(rest) or _lists_others(match["label"], rest[:_LISTED]):
        return False
    if match["label"].split()[0].isupper():
        return True
    titled = _CAPITALISED.match(rest)
    return titled is not None and not _VERB.match(rest, titled.end())


def _lists_others(label: str, rest: str) -> bool:
    """ "Schedule 1 Prices Schedule 2 Products": a table of contents."""
    others = (other for other in _ANY.finditer(rest) if other.group() != label)
    return any(not REFERS.search(rest[: other.start()].rstrip().lower()) for other in others)


def _after_other_words(line: str, start: int) -> Iterator[tuple[int, ScheduleHeading]]:
    """Behind a running head, where the heading ends the line; behind a sentence, where its first number follows."""
    before = line[:start].rstrip()
    if REFERS.search(before[-60:]) or not _ENDED.search(before[-60:]):
        return
    whole = whole_heading(line[start:].strip())
    if whole and whole.heading:
        yield start, replace(whole, alone=False)
    elif match := _HEADING.match(line, start):
        number = _FIRST_NUMBER.search(match["rest"])
        if number and headings.is_title(match["rest"][: number.start()]):
            yield start, ScheduleHeading(match["label"], match["rest"][: number.start()].strip(" .:-–—"), alone=False)


def _heading(rest: str) -> str:
    """The words in capitals that the line goes on with, or all of them before its first number."""
    number = _NUMBER.search(f" {rest}")
    titled = rest[: number.start()].strip(" .:-–—") if number else ""
    capitals = _CAPITALS.match(rest)
    found = titled if titled and headings.is_title(titled) else capitals.group() if capitals else ""
    return found if headings.is_title(found) else ""
