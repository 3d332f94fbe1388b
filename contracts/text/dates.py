"""When a contract was made and when it takes effect."""

from __future__ import annotations

import re

from contracts.text.types import FactSpan

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_BLANK = r"(?:_{2,}|\[\s*[●•*_ ]*\s*\])"  # what a form leaves open
_YEAR = rf"(?:(?:19|20)\s?\d\d|20__|{_BLANK})"
_DAY = r"(?:\d{1,2}(?:\s?(?:s\s?t|n\s?d|r\s?d|t\s?h))?|_{2,}|\[[^\]]{0,6}\])"
DATE = re.compile(
    rf"{_DAY}\s*(?:day\s+)?(?:of\s+)?{_MONTH}\s*,?\s*(?:in\s+the\s+year\s+)?{_YEAR}"
    rf"|{_MONTH}\s*(?:the\s+)?{_DAY}?\s*,?\s*{_YEAR}"
    rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d\d)\b|\b(?:19|20)\d\d-\d\d-\d\d"
    rf"|(?:{_DAY}\s+)?day\s+of\s*(?:_{{2,}}|\[[^\]]{{0,6}}\])?\s*,?\s*{_YEAR}"
    rf"|(?:_{{3,}}|\[[^\]]{{1,6}}\])\s*_*\s*,\s*{_YEAR}|(?<=as of )\[[●•_ ]+\]|(?<=\s),\s+20\d\d",
    re.I,
)
_PREAMBLE_SEARCHED = 12_000
_SIGNATURES = 5_000  # characters from the end
_REACH = 140  # characters before a date that say what it is the date of
_MADE = re.compile(
    r"\b(?:dated?|made|entered\s+into|executed|effective|as\s+of|agreement|contract|concluded|signed)\b[^.;\"“]{0,120}?$",
    re.I,
)
# The date of another agreement, or of a law.
_ANOTHERS = re.compile(
    r"\b(?:that\s+certain|pursuant|amends?|original|prior|previous|existing|under\s+the|act\s+of|directive|parties\s+to)\b"
    r"[^.;]{0,120}$"
    r"|\bWHEREAS\b[^.;]*$",
    re.I,
)
_ALONE = re.compile(r"(?:^|\n)[ \t]*(?:Dated?:?[ \t]*)?$", re.I)
_SIGNED = re.compile(r"\bIN\s+WITNESS\s+WHEREOF\b|\bBy:|/s/", re.I)

_EFFECTIVE_AFTER = re.compile(r"[\s,)\]]*\(?[^.;)\d]{0,60}[\"“'](?:the\s+)?(?:[A-Z]\w+\s+)?Effective\s+Date", re.I)
_DEFINED = re.compile(
    r"\bEffective\s+Date[\"”']?\s*(?:of\s+this\s+\w+\s*)?(?:\([^)]{0,60}\)\s*)?(?:of\s+this\s+\w+\s+)?(?:means?|shall\s+(?:mean|be)|is|will\s+be|:)\s*"
)
_TAKES_EFFECT = re.compile(
    r"\b(?:this|the|said)\s+[^.;]{0,100}?\b(?:(?:is|be|become[s]?|take[s]?|come[s]?\s+into)\s+(?:effect(?:ive)?|force)|"
    r"(?:commence|begin|start)s?)\b(?!\s+(?:to|work))[^.;]{0,12}?\b(?:on|as\s+of|as\s+from|upon|from|when|at|the)\b\s*",
    re.I,
)
_ABOUT_CONTRACT = re.compile(
    r"\b(?:agreement|contract|term|duration|amendment|venture|lease|promotion|endorsement|license)\b", re.I
)
_SAID_BEFORE = re.compile(r"(?:\beffective\s+(?:date)?|\bcommenc\w+)[^.;]{0,80}?$", re.I)
_WORDS = re.compile(r"(?:(?!,?\s+(?:and|unless|provided)\b)(?:[^.;\n(]|\.(?=\d))){3,150}")
# "effective as of the later of the two dates below (the "Effective Date")"
_WORDS_NAMED = re.compile(
    r"\b(?:effective|as\s+of|on|upon)\s+(?:as\s+of\s+|on\s+|upon\s+|from\s+)?(?P<words>the\s+(?:later|last|latest|date|day)\b"
    r"[^.;()\"“]{3,140}?)\s*\(\s*(?:the\s+)?[\"“](?:[\w-]+\s+)?Effective\s+Date",
    re.I,
)
_IS_A_TIME = re.compile(r"\b(?:dates?|signatures?|signed|execution|closing|hereof|above|acceptance)\b", re.I)
_NAMES_A_DATE = re.compile(r"(?:the\s+)?[\"“]?(?:Effective|Commencement|Start)\s+Date\b")
# Words for the agreement's own date, which is then the fact.
_OWN_DATE = re.compile(
    r"\bhereof\b|\bfirst\s+(?:date\s+)?(?:above\s+)?(?:written|set\s+forth|above)|\bday\s+and\s+year\b|"
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
    signed = _SIGNED.search(text, max(0, len(text) - _SIGNATURES))
    dates = list(DATE.finditer(text, signed.start() if signed else max(0, len(text) - _SIGNATURES)))
    found = alone or (dates[-1] if dates else None)
    return _fact("agreement_date", found) if found else None


def find_effective_date(text: str, agreed: FactSpan | None) -> FactSpan | None:
    """The date named so; else what the contract says of its effect, a date or words ("the last date of signature")."""
    named = next((match for match in DATE.finditer(text) if _EFFECTIVE_AFTER.match(text, match.end())), None)
    if named:
        return _fact("effective_date", named)
    words = _WORDS_NAMED.search(text, 0, _PREAMBLE_SEARCHED)
    if words and not _OWN_DATE.search(words["words"]):
        return FactSpan("effective_date", " ".join(words["words"].split()), *words.span("words"))
    said = _said(text)
    own = said is not None and _OWN_DATE.search(said.value)
    if said and not (own and agreed):
        return said
    if agreed and (own or re.search(r"\beffective\s+(?:date|as\s+of)", text, re.I)):
        return FactSpan("effective_date", agreed.value, agreed.start, agreed.end)
    return None


def _said(text: str) -> FactSpan | None:
    for pattern in (_DEFINED, _TAKES_EFFECT):
        for match in pattern.finditer(text):
            if pattern is _TAKES_EFFECT and not _ABOUT_CONTRACT.search(match.group()):
                continue
            date = DATE.search(text, match.end(), match.end() + 30)
            words = date or _WORDS.match(text, match.end())
            if words and (date or (_IS_A_TIME.search(words.group()) and not _NAMES_A_DATE.match(words.group()))):
                return _fact("effective_date", words)
    for date in DATE.finditer(text):
        if _SAID_BEFORE.search(text, max(0, date.start() - 110), date.start()):
            return _fact("effective_date", date)
    return None


def _fact(kind: str, match: re.Match[str]) -> FactSpan:
    value = match.group().strip()
    start = match.start() + match.group().index(value[0]) if value else match.start()
    words = " ".join(value.split())
    if kind == "agreement_date":
        return FactSpan("agreement_date", words, start, start + len(value))
    return FactSpan("effective_date", words, start, start + len(value))
