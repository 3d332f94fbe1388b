"""When a contract ends: the day that it names, or the one that its term comes to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.text.calendar_day import read_date
from contracts.text.dates import DATE
from contracts.text.term_end import KnownDates, either_of, ends_of_terms
from contracts.text.types import FactSpan

Span = tuple[int, int]

_CONTRACT = (
    r"(?:this|the|said)\s+(?:[\w-]+\s+){0,4}?"
    r"(?:agreement|contract|lease|licen[sc]e|amendment|arrangement|venture|engagement|appointment|alliance|addendum)\b"
)
_TERM = r"[\"“]?\b(?:initial\s+|original\s+|basic\s+|primary\s+)?(?:term|duration)[\"”]?"
_RUNS = (
    r"(?:commences?|begins?|starts?|continues?|remains?|expires?|terminates?|ends?|runs?|conclude[sd]?|lasts?|extends?|"
    r"(?:be|is|becomes?|takes?|comes?|has|have|become|take|come|enters?)\s+(?:and\s+remain\s+)?(?:made\s+)?(?:in(?:to)?\s+(?:full\s+)?(?:force|effect)|effect(?:ive)?\b|valid|binding|"
    r"for\b|an?\s+(?:initial\s+)?(?:term|duration|period)|the\s+(?:period|later|earlier)))"
)
_SHALL = r"(?:shall|will|is|are|to|means?|means\s+the\s+period|hereby)"
_LABELLED = re.compile(
    r"^\W*(?:[\d.()a-z]{1,6}\s+)?(?:Initial\s+)?(?:Term|Duration)\b\s*[:.|\u2013\u2014-]+\s*(?!of\b)"
)
# Who runs, in the order of sureness.
_SUBJECTS = (
    (4, re.compile(rf"{_TERM}\s+(?:\([^)]*\)\s*)?(?:of|for)\s+(?:{_CONTRACT})", re.I)),
    (4, _LABELLED),
    (3, re.compile(rf"(?:{_CONTRACT})(?:[^;]{{0,260}}?\b{_SHALL})?[^;]{{0,160}}?\b(?={_RUNS})", re.I)),
    (4, re.compile(r"\b(?=(?:Expiration|Expiry|Termination|End|EXPIRATION|TERMINATION)\s+(?:Date|DATE)\s*[:|])")),
    (
        3,
        re.compile(
            r"(?:[\"“]|\b[Tt]he\s+[\"“]?|^\W*)(?:(?:[Ii]nitial|INITIAL)\s+)?(?:[Tt]erm|TERM)[\"”]?\s+(?:\([^)]*\)\s*)?(?=shall|will|is\b|means?|begins|commences|of\s+this)"
        ),
    ),
)
# "Non-Solicitation", and in the row below "Duration | 24 months": the duration of that
_HEADED_OTHERWISE = re.compile(
    r"(?:^|\n)(?![^\n]*\b(?:agreement|contract|deed)\b)[^\n|:.]{0,60}\b(?:non-?\s?(?:compet|solicit|disclos|dealing|invest)|"
    r"no\s+business|confidential|secret|warrant)[^\n|:.]{0,40}\n\s*$",
    re.I,
)
_DURATION = re.compile(r"^[ \t]*Duration[ \t]*[|:]", re.M)
# "during the term of this Agreement" says nothing of its length.
_NO_SUBJECT = re.compile(
    r"\b(?:during|throughout|of|within|after|for|extend|to|under|in|by|any|beyond|with|material|entire|remaining|remainder|"
    r"and|or|breach(?:es)?|provision|expiration|prior)\s+(?:the\s+|a\s+|any\s+|each\s+|such\s+|full\s+|entire\s+|then[-\s]current\s+)*$",
    re.I,
)
_ENDS = (
    r"(?:\b(?:until|till|through(?:\s+to)?(?:\s+and\s+including)?|ending|ends?|expir(?:e|es|ing)|terminat(?:e|es|ing)|"
    r"conclud(?:e|es|ing)|to)\b|\b(?:expiration|expiry|termination|end)\s+date\s*[:|])[,\s]*"
    r"(?:(?:(?:at|as\s+of)\s+)?(?:midnight|noon|the\s+close\s+of\s+business|\d[\d:.]*\s*[ap]\.?m\.?)[,\s]+(?:[\w\s]{0,20}?\bon\s+)?)?"
    r"(?:on|upon|as\s+of|at)?\s*(?:the\s+)?"
)
_ON_A_DAY = re.compile(rf"{_ENDS}(?P<day>{DATE.pattern})", re.I)
# An end that no calendar tells: "until terminated", "upon completion of the Project".
_UNTIL_EVENT = re.compile(
    r"\b(?P<words>indefinite(?:ly)?\b|(?:in\s+|for\s+|of\s+)?perpetu(?:ity|al(?:ly)?)\b|until\s+(?:it\s+is\s+|this\s+\w+\s+is\s+|otherwise\s+)?terminated\b"
    r"|(?:unless\s+and\s+)?until\s+terminated\b|unless\s+(?:and\s+until\s+)?terminated\b(?=[^.;,]{0,80}\.\s*$)"
    r"|(?:until|upon|on|when)\s+(?:the\s+)?(?:earli|lat|date\s+(?:of|on)|expir|complet|terminat|last\s|final\s|clos|accept|full\s+perform|End\s+Date|"
    r"conclusion|day\s+on|Expiration\s+Date|payment)[^,;.]{0,90}(?=[,;.(\s]))",
    re.I,
)
_OTHERS = re.compile(
    r"\b(?:surviv|confidential|warrant(?:y|ies)\b|non-?compet|indemnif|royalty\s+term|lock-?up|statement\s+of\s+work|sow\b|"
    r"purchase\s+order|patent|calendar\s+year|contract\s+year|business\s+plan|inventory|cure\b|breach|insurance|if\s+this\s+agreement|upon\s+(?:any\s+)?terminat|event\s+of|prior\s+to\s+(?:the\s+)?terminat|during\s+the)",
    re.I,
)
# Without one of these no end is told; asking first is quicker.
_SPEAKS = re.compile(
    r"until|till\b|through\b|\bend|expir|terminat|conclu|anniversar|year|month|week|perpetu|indefinite|\bto\b[^.;]{0,30}\d{4}",
    re.I,
)
_SURE = 2
_FURTHEST = 500  # characters of a sentence that are looked at after its subject


@dataclass(frozen=True, slots=True)
class _End:
    sureness: float
    fact: FactSpan


def find_expiry(text: str, sentences: Sequence[Span], known: KnownDates) -> FactSpan | None:
    """The end that the surest sentence gives, the first of equals."""
    speaking = (span for span in sentences if _SPEAKS.search(text, *span))
    found = [end for start, stop in speaking for end in _ends_in(text, start, stop, known)]
    return max(found, key=lambda end: end.sureness).fact if found else None


def expiry_day(value: str) -> date | None:
    """The day of an expiry as it was read or written; None for words that only bound it."""
    written = DATE.search(value)
    alone = written and len(value.strip()) - len(written.group()) <= 4
    return read_date(value) if alone else None


def _ends_in(text: str, start: int, stop: int, known: KnownDates) -> Iterator[_End]:
    sentence = text[start:stop]
    if _LABELLED.match(sentence) and _is_of_its_heading(text, start):
        return
    sureness: float
    for sureness, pattern in _SUBJECTS:
        subject = next(
            (one for one in pattern.finditer(sentence[:600]) if not _NO_SUBJECT.search(sentence[: one.start()])), None
        )
        if not subject:
            continue
        begin = start + subject.end()
        stop = min(stop, begin + _FURTHEST)
        others = _OTHERS.search(text, start, min(stop, begin + 200))
        plainest = next(_candidates(text, begin, stop, known), None)
        sureness += (plainest[0] if plainest else 0) - 2 * bool(others)
        if plainest and sureness >= _SURE:
            yield _End(sureness, plainest[1])
        return


def _is_of_its_heading(text: str, start: int) -> bool:
    """Whether the row says how long the duty above it lasts: below such a heading, or as one of several durations."""
    if _HEADED_OTHERWISE.search(text, max(0, start - 120), start):
        return True
    return _DURATION.match(text, start) is not None and len(_DURATION.findall(text)) > 1


def _candidates(text: str, start: int, stop: int, known: KnownDates) -> Iterator[tuple[float, FactSpan]]:
    """What the sentence says of the end, the plainest first."""
    for found in _ON_A_DAY.finditer(text, start, stop):
        if read_date(found["day"]) and not either_of(text, start, found.start(), stop):
            yield 1, _as_written(text, *found.span("day"))
    yield from ends_of_terms(text, start, stop, known)
    for found in _UNTIL_EVENT.finditer(text, start, stop):
        yield -1, _as_written(text, found.start("words"), found.end("words"))


def _as_written(text: str, start: int, end: int) -> FactSpan:
    return FactSpan("expiry_date", " ".join(text[start:end].split()), start, end)
