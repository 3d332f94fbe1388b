"""The end that a term comes to: "three years from the Effective Date", "the fifth anniversary of the date hereof"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from contracts.text.calendar_day import read_date
from contracts.text.dates import DATE
from contracts.text.number_words import ORDINAL, below_hundred
from contracts.text.periods import PERIOD, Period, read_period
from contracts.text.types import FactSpan

_NTH = rf"(?:\b(?P<word>{ORDINAL})\b|(?P<figures>\d{{1,2}})\s?(?:st|nd|rd|t\s?h))(?:\s*\(\s*\w+(?:\s\w)?\s*\))?"
_ANNIVERSARY = re.compile(
    rf"(?P<before>day\s+(?:prior\s+to|before|preceding)\s+(?:the\s+)?)?(?:{_NTH}\s+(?:year\s+)?|(?P<period>{PERIOD})\s+)anniversary"
    r"(?:\s+date)?(?P<from>\s+(?:of|following|from)\s+)?",
    re.I,
)
_FOR_A_PERIOD = re.compile(rf"(?P<period>{PERIOD})(?=(?P<rest>[^.;]{{0,60}}))", re.I)
_FROM = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:term|period|duration)?\s*(?:\([^)]*\)\s*)?,?\s*(?:which\s+(?:shall\s+)?)?"
    r"(?P<how>from|after|following|subsequent\s+to|commenc(?:es?|ing)|begin(?:s|ning)|start(?:s|ing)?|to\s+commence|effective|as\s+(?:of|from))\s*"
    r"(?:and\s+after\s+|on\s+|upon\s+|as\s+of\s+|from\s+|with\s+|at\s+)?",
    re.I,
)
_BEGINS = re.compile(
    r"\b(?:commenc(?:e|es|ing)|begin(?:s|ning)?|start(?:s|ing)?|effective|effect|force)\s+"
    r"(?:on|upon|as\s+of|as\s+from|from|with|as\s+at|at)\s+",
    re.I,
)
_NO_TERM_BEFORE = re.compile(
    r"\b(?:within|upon|every|each|than|prior|notice\s+of|least|additional|successive|subsequent|further|consecutive|renew\w*|extend(?:ed)?|"
    r"extension|another|more|first|last|next|remaining|surviv\w+|any|previous|preceding|per|such|uncured|breach\w*|accumulative\w*)\b\s*(?:\w+\s+){0,3}$"
    r"|\b(?:renew|extension|extend)\w*[^.;]{0,60}$",
    re.I,
)
_NO_TERM_AFTER = re.compile(
    r"^[\s'’]*(?:of\s+|(?:term|period)\s+)?(?:prior|written|advance|notice|before|in\s+advance|"
    r"(?:after|following)\s+(?:the\s+)?(?:(?:effective\s+)?date\s+of\s+)?(?:such\s+|any\s+|its\s+|the\s+)?(?:terminat|expir|receipt|notice|written|date\s+of\s+(?:terminat|expir))|renewal|extension|old\b|of\s+age)",
    re.I,
)
_LEADS_TO_PERIOD = re.compile(
    r"\b(?:for|of|is|be|has|have|term|period|duration|until|expires?|terminates?|end(?:s|ing)?|lasts?|in|remain|through|valid)\b[^.;\d]{0,40}$|[:|\u2013-]\s*$",
    re.I,
)
_LEADS_TO_ANNIVERSARY = re.compile(r"\b(?:until|till|on|upon|through|to|end(?:s|ing)?|at|be)\b[^.;]{0,40}$", re.I)
_EITHER_OF = re.compile(
    r"\b(?:earlier|later|sooner|longer|shorter|earliest|latest|first)\s+(?:of|to\s+occur)\b|\bwhichever\b", re.I
)
_CUT = re.compile(r"[,;(.]|\s+(?:and|unless|or|provided|until|for|subject)\b")
_EFFECTIVE_DATE = re.compile(
    r"(?:the\s+|its\s+)?(?:date\s+of\s+)?[\"“]?effective\s+date\b|such\s+date|(?:the\s+)?date\s+(?:this\s+\w+\s+)?(?:becomes|is)\s+effective",
    re.I,
)
_OWN_DATE = re.compile(
    r"(?:the\s+)?(?:(?:day|date)\s+(?:and\s+year\s+)?(?:hereof|of\s+(?:this\s+\w+|the\s+(?:agreement|contract)|its\s+execution|execution|signing|signature)\b|(?:first\s+)?(?:above|set\s+forth|written)|"
    r"(?:on\s+which\s+)?(?:it|this\s+\w+)\s+(?:is|was)\s+(?:executed|signed)|signed)|signing|execution|signature|(?:execution|signing|signature|agreement)\s+date\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class KnownDates:
    """What else was read of the contract, to count from."""

    agreed: FactSpan | None = None
    effective: FactSpan | None = None


def ends_of_terms(text: str, start: int, stop: int, known: KnownDates) -> Iterator[tuple[float, FactSpan]]:
    """Each with how much plainer it is than a mere length of time."""
    finds = (*_ANNIVERSARY.finditer(text, start, stop), *_FOR_A_PERIOD.finditer(text, start, stop))
    for found in sorted(finds, key=re.Match.start):
        named = found.re is _ANNIVERSARY
        fact = (_anniversary if named else _term)(text, start, stop, found, known)
        if fact:
            yield 0.5 * named, fact


def either_of(text: str, start: int, at: int, stop: int) -> re.Match[str] | None:
    """The words that say that the end is the earlier or the later of several."""
    return _EITHER_OF.search(text, start, min(stop, at + 200))


def _anniversary(text: str, start: int, stop: int, found: re.Match[str], known: KnownDates) -> FactSpan | None:
    if found["period"]:
        period = read_period(found["period"])
    else:
        period = Period(int(found["figures"]) if found["figures"] else below_hundred(found["word"]), "year")
    if not period or not _LEADS_TO_ANNIVERSARY.search(text, max(start, found.start() - 60), found.start()):
        return None
    ends = _anchor_end(text, found.end(), stop) if found["from"] else found.end()
    anchor = text[found.end() : ends] if found["from"] else ""
    if bound := either_of(text, start, found.start(), stop):
        return _words(text, min(bound.start(), found.start()), ends)
    return _computed(text, (found.start(), ends), period, _day_of(anchor, known), int(found["before"] is not None))


def _term(text: str, start: int, stop: int, found: re.Match[str], known: KnownDates) -> FactSpan | None:
    """A length of time, counted from what the sentence names; else from the effective date."""
    period = read_period(found["period"])
    before = text[max(start - 20, found.start() - 90) : found.start()]
    if not period or period.unit == "day" or _NO_TERM_BEFORE.search(before) or _NO_TERM_AFTER.match(found["rest"]):
        return None
    if not _LEADS_TO_PERIOD.search(before):
        return None
    said = _FROM.match(text, found.end("period"), stop)
    if said:
        ends = _anchor_end(text, said.end(), stop)
        anchor = text[said.end() : ends]
    else:
        ends, anchor = found.end("period"), _beginning(text, start, found.start())
    if bound := either_of(text, start, found.start(), stop):
        return _words(text, min(bound.start(), found.start()), ends)
    return _computed(text, (found.start("period"), ends), period, _day_of(anchor, known), 0)


def _beginning(text: str, start: int, stop: int) -> str:
    """The words of what the sentence says it begins with; "" when it does not say."""
    begins = list(_BEGINS.finditer(text, start, stop))
    return text[begins[-1].end() : _anchor_end(text, begins[-1].end(), stop)] if begins else ""


def _anchor_end(text: str, start: int, stop: int) -> int:
    stop = min(stop, start + 70)
    for form in (DATE, _EFFECTIVE_DATE, _OWN_DATE):
        if found := form.match(text, start, stop):
            return found.end()
    cut = _CUT.search(text, start, stop)
    return cut.start() if cut else stop


def _day_of(anchor: str, known: KnownDates) -> tuple[str, date] | None:
    """What is counted from, and its day."""
    if day := DATE.match(anchor):
        read = read_date(day.group())
        return (day.group(), read) if read else None
    if not anchor or _EFFECTIVE_DATE.match(anchor):
        return _known(known.effective, "the effective date")
    if _OWN_DATE.match(anchor):
        return _known(known.agreed or known.effective, "the date of the agreement")
    return None


def _known(fact: FactSpan | None, called: str) -> tuple[str, date] | None:
    day = read_date(fact.value) if fact else None
    return (f"{called}, {_written(day)}", day) if day else None


def _computed(
    text: str, span: tuple[int, int], period: Period, counted: tuple[str, date] | None, days_earlier: int
) -> FactSpan:
    read = _words(text, *span)
    day = period.after(counted[1]) if counted else None
    if day is None or counted is None:
        return read
    ends = _written(day - timedelta(days=days_earlier))
    return FactSpan("expiry_date", ends, *span, computed_from=f"“{read.value}”, counted from {counted[0]}")


def _words(text: str, start: int, end: int) -> FactSpan:
    return FactSpan("expiry_date", " ".join(text[start:end].split()), start, end)


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
