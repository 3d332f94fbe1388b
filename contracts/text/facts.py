"""Facts of a whole contract: title, kind of document, type of contract, dates, governing law."""

from __future__ import annotations

import re

from contracts.text.contract_types import find_contract_type
from contracts.text.dates import find_agreement_date, find_effective_date
from contracts.text.furniture import without_furniture
from contracts.text.governing_law import find_governing_law
from contracts.text.titles import find_title
from contracts.text.types import FactSpan, Mail

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


def find_facts(text: str, filename: str) -> tuple[FactSpan, ...]:
    """At most one fact of each kind. A title that only the file name tells has the empty span 0:0."""
    text = without_furniture(text)
    title = find_title(text, filename)
    agreed = find_agreement_date(text)
    found = [
        title,
        _document_kind(title),
        find_contract_type(text, title),
        agreed,
        find_effective_date(text, agreed),
        find_governing_law(text),
    ]
    return tuple(fact for fact in found if fact)


def mail_facts(mail: Mail) -> tuple[FactSpan, ...]:
    """A mail is called by its subject, which opens its text; it is dated when it was sent."""
    return FactSpan("title", mail.subject, 0, len(mail.subject)), FactSpan("document_kind", MAIL_KIND, 0, 0)


def _document_kind(title: FactSpan) -> FactSpan:
    kind = next((kind for kind, words in _KINDS if words.search(title.value)), "main")
    return FactSpan("document_kind", kind, title.start, title.end)
