"""When a contract was made and when it takes effect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from contracts.text.calendar_day import read_date
from contracts.text.number_words import ORDINAL
from contracts.text.types import FactSpan

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_BLANK = r"(?:_{2,}|\[\s*[●•*_ ]*\s*\])"  # what a form leaves open
_YEAR = rf"(?:(?:19|20)\s?\d\d|20__|{_BLANK})"
_AGAIN = r"(?:\s*\((?:\d{1,2}|[a-z-]{3,14})\s?(?:st|nd|rd|th)?\))?"  # "fifteenth (15th)"
_DAY = rf"(?:(?:\d{{1,2}}(?:\s?(?:s\s?t|n\s?d|r\s?d|t\s?h))?|\b{ORDINAL}\b){_AGAIN}|_{{2,}}|\[[^\]]{{0,6}}\])"
DATE = re.compile(
    rf"{_DAY}\s*(?:day\s+)?(?:of\s+)?{_MONTH}\s*,?\s*(?:in\s+the\s+year\s+)?{_YEAR}"
    rf"|{_MONTH}\s*(?:the\s+)?{_DAY}?\s*,?\s*{_YEAR}"
    rf"|(?<![\w/.-])\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d\d)\b|\b(?:19|20)\d\d-\d\d-\d\d"
    rf"|(?:{_DAY}\s+)?day\s+of\s*(?:_{{2,}}|\[[^\]]{{0,6}}\])?\s*,?\s*{_YEAR}"
    rf"|(?:_{{3,}}|\[[^\]]{{1,6}}\])\s*_*\s*,\s*{_YEAR}|(?<=as of )\[[●•_ ]+\]|(?<=\s),\s+20\d\d",
    re.I,
)
_PREAMBLE_SEARCHED = 12_000
_MOST = 2_000  # places that are tried with one wording: a broken text may repeat it without end
_SIGNATURES = 5_000  # characters from the end
_LONGEST = 80  # characters of a date
_REACH = 140  # characters before a date that say what it is the date of
_MADE = re.compile(
    r"\b(?:dated?|made|entered(?:\s+into)?|executed|effective|as\s+of|agreement|contract|concluded|signed)\b[^.;\"“]{0,120}?$",
    re.I,
)
# The date of another agreement, or of a law.
_ANOTHERS = re.compile(
    r"\b(?:that\s+certain|pursuant|amends?|original|prior|previous|existing|under\s+the|act\s+of|directive|parties\s+to)\b"
    r"[^.;]{0,120}$"
    r"|\bWHEREAS\b[^.;]*$"
    r"|\b(?:amendment|addendum|supplement)\b[^.;]{0,80}\bto\s+(?:the|that|an?)\b[^.;]{0,80}\b(?:agreement|contract|lease)\b"
    r"[^.;]{0,30}\bdated\b[^.;\d]{0,12}$",
    re.I,
)
_ALONE = re.compile(r"(?:^|\n)[ \t]*(?:Dated?:?[ \t]*)?$", re.I)
_SIGNED = re.compile(r"\bIN\s+WITNESS\s+WHEREOF\b|\bBy:|/s/", re.I)
_SIGNED_ABOVE = re.compile(r"\bIN\s+WITNESS\s+WHEREOF\b|/s/", re.I)  # schedules may follow the signatures
_BESIDE = re.compile(r"\bIN\s+WITNESS\s+WHEREOF\b|\bBy:|/s/|\bDated?\b", re.I)
_NEAR = 250

_EFFECTIVE_AFTER = re.compile(r"[\s,)\]]*\(?[^.;)\d]{0,60}[\"“'](?:the\s+)?(?:[A-Z]\w+\s+)?Effective\s*Date", re.I)
_NAMED_EFFECTIVE = re.compile(r"[\"“'](?:the\s+)?(?:[A-Z]\w+\s+)?Effective\s*Date", re.I)
_EFFECT_WORD = re.compile(r"\b(?:effective|commenc\w)", re.I)
_DEFINED = re.compile(
    r"\bEffective\s+Date[\"”']?\s*(?:of\s+this\s+\w+\s*)?(?:\([^)]{0,60}\)\s*)?(?:of\s+this\s+\w+\s+)?(?:means?:?|shall\s+(?:mean|be)|is|will\s+be|:)\s*"
)
_COMMENCES = re.compile(r"\bCommencement\s+Date[\"”']?\s*(?:means?:?|shall\s+(?:mean|be)|is|:)\s*", re.I)
_TAKES_EFFECT = re.compile(
    r"\b(?:this|the|said|it)\s+[^.;]{0,100}?\b(?:(?:is|be|become[s]?|take[s]?|come[s]?\s+into)\s+(?:effect(?:ive)?|force)|"
    r"(?:commence|begin|start)s?)\b(?!\s+(?:to|work))[^.;]{0,12}?\b(?:on|as\s+of|as\s+from|upon|from|when|at|the)\b\s*",
    re.I,
)
_ABOUT_CONTRACT = re.compile(
    r"\b(?:agreement|contract|term|duration|amendment|venture|lease|promotion|endorsement|license|appointment)\b"
    r"|^it\s+(?:shall|will)\s+(?:be|become|take)",
    re.I,
)
_SAID_BEFORE = re.compile(r"(?:\beffective\s+(?:date)?|\bcommenc\w+)[^.;]{0,80}?$", re.I)
_WORDS = re.compile(
    r"(?:(?!,?\s+(?:and|unless|provided)\b|,\s+(?:continues?|remains?|renews?)\b)(?:[^.;\n(]|\.(?=\d))){3,150}"
)
# "effective as of the later of the two dates below (the "Effective Date")"
_WORDS_NAMED = re.compile(
    r"\b(?:effective|as\s+of|on|upon)\s+(?:as\s+of\s+|on\s+|upon\s+|from\s+)?(?P<words>the\s+(?:later|last|latest|date|day)\b"
    r"[^.;()\"“]{3,140}?)\s*\(\s*(?:the\s+)?[\"“](?:[\w-]+\s+)?Effective\s+Date",
    re.I,
)
_IS_A_TIME = re.compile(r"\b(?:dates?|signatures?|signed|execution|closing|hereof|above|acceptance)\b", re.I)
# Boilerplate about counterparts, and words that were cut before they say which date.
_SAYS_NO_DATE = re.compile(
    r"counterparts?\b|^\W*(?:the\s+)?(?:same\s+)?(?:date|day|time)s?(?:\s+\w+){0,3}?(?:\s+(?:of|on|that|which|in|as))*$",
    re.I,
)
_HEADED = re.compile(r"\bEffective\s+Date\s*:\s*(?:as\s+of\s+)?", re.I)
_NAMES_A_DATE = re.compile(r"(?:the\s+)?[\"“]?(?:Effective|Commencement|Start)\s+Date\b")
# Words for the agreement's own date, which is then the fact.
_OWN_DATE = re.compile(
    r"\bhereof\b|\bfirst\s+(?:date\s+)?(?:above\s+)?(?:written|set\s+forth|above)|\bday\s+and\s+year\b|"
    r"\b(?:given|set\s+forth|set\s+out|written|stated|mentioned|shown|indicated)\s+(?:above|(?:at|on|in)\s+the\s+"
    r"(?:beginning|top|head|cover|first\s+page))\b|\b(?:cover|first)\s+page\b|\bdate\s+of\s+(?:this|the)\s+"
    r"(?:agreement|contract|amendment)\b|"
    r"\b(?:date\s+of\s+(?:this|execution|signing)|signing\s+date|date\s+of\s+the\s+agreement)\b",
    re.I,
)


def find_agreement_date(text: str) -> FactSpan | None:
    """The date of the preamble; else one that stands alone above it; else the last one among the signatures."""
    alone: re.Match[str] | None = None
    for match in DATE.finditer(text, 0, _PREAMBLE_SEARCHED):
        before = text[max(0, match.start() - _REACH) : match.start()]
        if _ANOTHERS.search(before):
            continue
        if _MADE.search(before):
            return _fact("agreement_date", match)
        if alone is None and match.start() < 2_000 and _ALONE.search(before):
            alone = match
    found = alone or _signed(text)
    return _fact("agreement_date", found) if found else None


def _signed(text: str) -> re.Match[str] | None:
    """The last date in time beside a signature, for that is when the last party bound itself."""
    signed = _SIGNED.search(text, max(0, len(text) - _SIGNATURES)) or _SIGNED_ABOVE.search(text)
    start = signed.start() if signed else max(0, len(text) - _SIGNATURES)
    dates = list(DATE.finditer(text, start, start + _SIGNATURES))
    beside = [date for date in dates if _BESIDE.search(text, max(start, date.start() - _NEAR), date.start())]
    days = [(_when(date.group()), date) for date in beside]
    latest = max((day for day, _ in days if day), default=None)
    found = [date for day, date in days if day == latest] or dates
    return found[-1] if found else None


def _when(words: str) -> tuple[int, ...] | None:
    """Year, month and day. Figures that may be read both ways count as month first: only their order matters."""
    if day := read_date(words):
        return day.year, day.month, day.day
    figures = re.findall(r"\d+", words)
    if len(figures) != 3:
        return None
    first, second, year = map(int, figures)
    return year + (2000 if year < 70 else 1900 if year < 100 else 0), first, second


def find_effective_date(text: str, agreed: FactSpan | None) -> FactSpan | None:
    """The date named so; else what the contract says of its effect, a date or words ("the last date of signature")."""
    named = next(_dates_named_effective(text), None)
    if named:
        return _fact("effective_date", named)
    words = _WORDS_NAMED.search(text, 0, _PREAMBLE_SEARCHED)
    if words and not _OWN_DATE.search(words["words"]):
        return FactSpan("effective_date", " ".join(words["words"].split()), *words.span("words"))
    said = _said(text)
    own = said is not None and _OWN_DATE.search(said.value)
    if said and not (own and agreed):
        return said
    headed = _headed(text) if own else None
    if headed:
        return _fact("effective_date", headed)
    return FactSpan("effective_date", agreed.value, agreed.start, agreed.end) if agreed else None


def _dates_named_effective(text: str) -> Iterator[re.Match[str]]:
    """Dates before a quoted "Effective Date". Looking for dates only there keeps long texts quick."""
    searched = 0
    for name in islice(_NAMED_EFFECTIVE.finditer(text), _MOST):
        start = max(searched, name.start() - _REACH)
        for match in DATE.finditer(text, start, name.start()):
            searched = match.end()
            if _EFFECTIVE_AFTER.match(text, match.end()):
                yield match
        searched = max(searched, name.start() - _LONGEST)


def _headed(text: str) -> re.Match[str] | None:
    """ "EFFECTIVE DATE: 1 May 2020" on the cover, where the definition only says that it stands there."""
    heading = _HEADED.search(text, 0, _PREAMBLE_SEARCHED)
    return DATE.match(text, heading.end()) if heading else None


def _says_when(words: str) -> bool:
    return bool(_IS_A_TIME.search(words)) and not (_NAMES_A_DATE.match(words) or _SAYS_NO_DATE.search(words))


def _said(text: str) -> FactSpan | None:
    for pattern in (_DEFINED, _TAKES_EFFECT, _COMMENCES):
        for match in islice(pattern.finditer(text), _MOST):
            if pattern is _TAKES_EFFECT and not _ABOUT_CONTRACT.search(match.group()):
                continue
            date = DATE.search(text, match.end(), match.end() + 30)
            words = date or _WORDS.match(text, match.end())
            if words and (date or _says_when(words.group())):
                return _fact("effective_date", words)
    searched = 0
    for word in islice(_EFFECT_WORD.finditer(text), _MOST):
        for date in DATE.finditer(text, max(searched, word.end()), word.end() + _REACH):
            searched = date.end()
            if _SAID_BEFORE.search(text, max(0, date.start() - 110), date.start()):
                return _fact("effective_date", date)
        searched = max(searched, word.end() + _REACH - _LONGEST)
    return None


def _fact(kind: str, match: re.Match[str]) -> FactSpan:
    value = match.group().strip()
    start = match.start() + match.group().index(value[0]) if value else match.start()
    words = " ".join(value.split())
    if kind == "agreement_date":
        return FactSpan("agreement_date", words, start, start + len(value))
    return FactSpan("effective_date", words, start, start + len(value))
