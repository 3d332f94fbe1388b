"""Whether a contract is renewed when its term ends, by whom, and for how long."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from contracts.text.periods import PERIOD, read_period
from contracts.text.types import FactSpan

Span = tuple[int, int]
Kind = Literal["automatic", "option", "agreement"]
RENEWALS: dict[str, str] = {
    "automatic": "Automatic",
    "option": "At a party's option",
    "agreement": "By agreement",
}
CHOICES = list(RENEWALS.items())
_RENEW = r"(?:renew|extend)"
_RENEWED = r"(?:renewed|extended)"
_SELF = r"automatic(?:ally)?"
_THE_CONTRACT = r"(?:terms?|agreement|contract|appointment|franchise|licen[sc]e|lease|engagement|venture|period)\b"
_BY_TURNS = r"(?:year[-\s]to[-\s]year|month[-\s]to[-\s]month)"
_SURE: tuple[Kind, re.Pattern[str]] = (
    "automatic",
    re.compile(
        rf"\b{_SELF}\s+(?:be\s+|is\s+|and\s+\w+\s+){{0,2}}(?:{_RENEWED}|{_RENEW}s?\b|continue[sd]?\b)"
        rf"|\b(?:{_RENEW}s?|{_RENEWED}|continue)\s+(?:itself\s+)?{_SELF}|\b{_SELF}(?:\s+\w+)?\s+(?:renewals?|extensions?)\b",
        re.I,
    ),
)
# Each with what it says of the renewal; the first that fits a sentence decides.
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    _SURE,
    (
        "agreement",
        re.compile(
            rf"\b(?:may|shall|will|can)\s+(?:only\s+|also\s+)?(?:be\s+)?(?:{_RENEWED}|{_RENEW})\b[^.;]{{0,140}}\b(?:(?:by|upon|with|on|through|pursuant\s+to)\s+(?:the\s+)?"
            r"(?:mutual|written|prior|their|further|joint|both)[^.;]{0,40}(?:agreement|consent|written\s+addendum)|agreement\s+(?:of|between)\s+(?:the|both)\s+parties|"
            r"mutual(?:ly)?\s+(?:agree|consent))"
            rf"|\b(?:unless|if)\s+(?:mutually\s+)?{_RENEWED}\s+by\s+(?:mutual\s+)?(?:written\s+)?agreement"
            rf"|\bparties\s+(?:may|shall)\s+(?:\w+\s+){{0,3}}(?:{_RENEW}|negotiate\b[^.;]{{0,40}}\b(?:renewal|extension))\b|\bmay\s+(?:mutually\s+)?agree\s+to\s+{_RENEW}\b",
            re.I,
        ),
    ),
    (
        "automatic",
        re.compile(
            rf"\b(?:continue|remain|renew(?:ed)?|extend(?:ed)?)\b[^.;]{{0,80}}\b(?:from\s+)?{_BY_TURNS}\b|\bthereafter\s+(?:from\s+|on\s+an?\s+)?(?:{_BY_TURNS}|for\s+(?:successive|additional|consecutive))"
            rf"|\bfrom\s+(?:year\s+to\s+year|month\s+to\s+month)\s+thereafter"
            rf"|\b(?:shall|will|is)\s+(?:then\s+|thereafter\s+)?(?:be\s+)?(?:{_RENEWED}|{_RENEW})\b[^.;]{{0,120}}\b(?:additional|successive|further|subsequent|consecutive|another)\b[^.;]{{0,160}}\bunless\b",
            re.I,
        ),
    ),
    (
        "option",
        re.compile(
            rf"\b(?:option|right|entitled|elect(?:ion)?|discretion)\b[^.;]{{0,90}}?\bto\s+(?:{_RENEW}\b[^.;]{{0,60}}?\b{_THE_CONTRACT}|obtain\s+a\s+successor)"
            rf"|\b(?:may|can)\s+(?:\w+,?\s+){{0,10}}?{_RENEW}\b[^.;]{{0,40}}?\b{_THE_CONTRACT}"
            rf"|\bat\s+(?:the\s+)?(?:\S+\s+){{0,4}}?(?:sole\s+)?(?:option|discretion|election)\b[^.;]{{0,80}}\b(?:{_RENEW}|{_RENEWED})\b"
            rf"|\bmay\s+be\s+(?:{_RENEWED})\b[^.;]{{0,160}}\b(?:option|discretion|notice|election)\b",
            re.I,
        ),
    ),
)
_NEGATED = re.compile(r"\b(?:not|no|nor|neither)\s+(?:\w+\s+){0,5}$", re.I)
_WHAT = re.compile(
    r"\b(?:this|the|said)\s+(?:[\w-]+\s+){0,4}?(?:agreement|contract|licen[sc]e|addendum|lease|franchise|venture)\b|\b(?:initial|original|renewal|then[-\s]current|"
    r"current|the|such)\s+(?:\w+\s+)?(?:term|period)\b|[\"“]?Term\b",
    re.I,
)
_OTHERS = re.compile(
    r"\b(?:letters?\s+of\s+credit|insurance|polic(?:y|ies)|copyright|trade-?marks?\s+registration|patents?|domain\s+name|registration|"
    r"statute|time\s+(?:for|of|to)|deadline|force\s+majeure|cure\s+period|visa|permit|warranty|sublicen[sc]e|loan|note|credit\s+facilit|"
    r"delivery|payment|meaning|defined\s+in|holdover|extend\s+(?:credit|to|such)|benefits?|employees?|options?\s+to\s+purchase)\b",
    re.I,
)
_LENGTH = re.compile(
    rf"(?P<length>{PERIOD}(?=[\s-]*(?:(?:renewal|extension|additional|extended|successive)\s+)?(?:terms?|periods?|increments?|basis|extensions?|renewals?|each|thereafter|on\b|from\b|[,.;:(]|unless|provided|upon|following|after|and|\s|$))"
    r"|\b(?:year[-\s]to[-\s]year|month[-\s]to[-\s]month)\b|\bannual(?:ly)?\b(?=\s+(?:basis|increments?|periods?|terms?|renewals?|extensions?))|\b(?:each|another|(?:additional|further|successive)\s+)(?:year|month)\b|\byearly\b)",
    re.I,
)
_NO_LENGTH_BEFORE = re.compile(
    r"\b(?:(?:least|than|within|prior|notice|minimum|maximum|after|before|between|end\s+of\s+(?:the|each|every|any|such)|"
    r"maximum\s+of)\s+(?:\w+\s+){0,3}|(?:initial|first|original|current|upon)\s+)$",
    re.I,
)
_NO_LENGTH_AFTER = re.compile(r"^[\s'’]*(?:prior|written|advance|notice|before|in\s+advance|calendar\s+days)", re.I)
# Without one of these no form fits; asking first is quicker.
_SPEAKS = re.compile(r"renew|exten[ds]|automatic|thereafter|to[-\s](?:year|month)\b|successor", re.I)
_AS_SAID = re.compile(r"\W*(?:\(?[\d.]{1,6}\)?\s+|\([a-z]\)\s+)?(?:It|Thereafter)\b")
_BEFORE = 250  # characters before the words that renew
_WINDOW = 400


@dataclass(frozen=True, slots=True)
class Renewal:
    kind: FactSpan
    length: FactSpan | None
    sentence: int  # its number among the sentences, from which a notice is looked for


def find_renewal(text: str, sentences: Sequence[Span]) -> Renewal | None:
    """What says that it renews by itself; else the first sentence that speaks of it."""
    found: list[Renewal] = []
    for number, (start, stop) in enumerate(sentences):
        renewal = _renewal(text, start, stop, number) if _SPEAKS.search(text, start, stop) else None
        if renewal and _SURE[1].match(text, renewal.kind.start):
            return renewal
        if renewal:
            found.append(renewal)
    return found[0] if found else None


def _renewal(text: str, start: int, stop: int, number: int) -> Renewal | None:
    for kind, form in _FORMS:
        said = form.search(text, start, stop)
        if not said or _NEGATED.search(text, max(start, said.start() - 60), said.start()):
            continue
        told = 0 if _AS_SAID.match(text, start) else start  # "It" is what the sentence before speaks of
        near = text[max(told, said.start() - _BEFORE) : said.end()]
        if not _WHAT.search(near) or _OTHERS.search(text, max(start, said.start() - 100), min(stop, said.end() + 40)):
            return None
        return Renewal(
            FactSpan("renewal", kind, said.start(), said.end()),
            _length(text, said.start(), said.end(), start, stop),
            number,
        )
    return None


def _length(text: str, start: int, end: int, first: int, stop: int) -> FactSpan | None:
    """How long a renewal lasts: the first length after the words that renew."""
    for found in _LENGTH.finditer(text, max(first, start - 30), min(stop, end + _WINDOW)):
        before, after = text[max(first, found.start() - 60) : found.start()], text[found.end() : found.end() + 30]
        if found.end() <= start and "additional" not in before:
            continue
        if _NO_LENGTH_BEFORE.search(before) or _NO_LENGTH_AFTER.match(after):
            continue
        if (period := read_period(found["length"])) and not (period.unit == "day" and "period" not in after + before):
            return FactSpan("renewal_term", " ".join(found["length"].split()), *found.span("length"))
    return None
