"""Facts of a whole contract: title, kind of document, type of contract, dates, end and renewal, governing law."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from contracts.text.contract_types import find_contract_type
from contracts.text.dates import find_agreement_date, find_effective_date
from contracts.text.expiry import find_expiry
from contracts.text.furniture import without_furniture
from contracts.text.governing_law import find_governing_law
from contracts.text.renewal import find_renewal
from contracts.text.renewal_notice import find_renewal_notice
from contracts.text.sentences import sentence_spans
from contracts.text.term_end import KnownDates
from contracts.text.titles import find_title
from contracts.text.types import FactField, FactSpan, Mail

# The first row that fits decides.
_KINDS = (
    ("main", re.compile(r"\bamended\s+and\s+restated\b", re.I)),
    (
        "amendment",
        re.compile(
            r"\b(?:amend(?:ment|ed|ing)|addendum|supplement(?:al)?|modification|waiver|restate|extension\s+(?:of|to))\b",
            re.I,
        ),
    ),
    (
        "exhibit",
        re.compile(r"^(?:exhibit|schedule|annex|appendix|statement\s+of\s+work|order\s+form|work\s+order)\b", re.I),
    ),
)
MAIL_KIND = "mail"
NOTHING: Mapping[str, str] = MappingProxyType({})


def find_facts(text: str, filename: str, given: Mapping[str, str] = NOTHING) -> tuple[FactSpan, ...]:
    """At most one fact of each kind. A title that only the file name tells has the empty span 0:0.

    ``given``: what a person said of a date, which the end is then counted from.
    """
    text = without_furniture(text)
    title = find_title(text, filename)
    agreed = find_agreement_date(text)
    effective = find_effective_date(text, agreed)
    dates: tuple[tuple[FactField, FactSpan | None], ...] = (("agreement_date", agreed), ("effective_date", effective))
    sentences = list(sentence_spans(text, 0, len(text)))
    renewal = find_renewal(text, sentences)
    found = [
        title,
        _document_kind(title),
        find_contract_type(text, title),
        agreed,
        effective,
        find_expiry(text, sentences, KnownDates(*(_known(kind, fact, given) for kind, fact in dates))),
        renewal and renewal.kind,
        renewal and renewal.length,
        find_renewal_notice(text, sentences, renewal),
        find_governing_law(text),
    ]
    return tuple(fact for fact in found if fact)


def _known(kind: FactField, read: FactSpan | None, given: Mapping[str, str]) -> FactSpan | None:
    if kind not in given:
        return read
    return FactSpan(kind, given[kind], 0, 0) if given[kind] else None


def mail_facts(mail: Mail) -> tuple[FactSpan, ...]:
    """A mail is called by its subject, which opens its text; it is dated when it was sent."""
    return FactSpan("title", mail.subject, 0, len(mail.subject)), FactSpan("kind", MAIL_KIND, 0, 0)


def _document_kind(title: FactSpan) -> FactSpan:
    kind = next((kind for kind, words in _KINDS if words.search(title.value)), "main")
    return FactSpan("kind", kind, title.start, title.end)
