"""The term of a party whose preamble gives it none: "“Borrower” means Acme Corp.", "Acme Corp. (the “Borrower”)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from contracts.text.party_terms import is_term
from contracts.text.places import match_from
from contracts.text.term_owners import is_thing
from contracts.text.types import PartySpan

_MOST = 60  # places of one name that are looked at
_BEFORE = 90  # characters before a name in which its definition opens
_RECITED = 40_000  # characters in which a recital may give a term; forms of other contracts come later
_TERM = r"[\"“]\s*(?P<term>[A-Z][^\"“”\n]{1,40}?)\s*[,.]?[\"”]"
_MEANS = re.compile(
    rf"{_TERM}\s*(?:[:\-–]\s*|,?\s*(?:or\s+[\"“][^\"“”\n]{{1,40}}[\"”]\s+)?(?:(?:shall|will)\s+)?(?:only\s+)?(?:means?|refers?\s+to)[\s:,]+)(?:the\s+)?$"
)
_BELONGS = re.compile(r"\b(?:of|by|from|with)\s+(?:the\s+)?$", re.I)
_ENDS = re.compile(r"\s*(?:$|[,.;(]|\n|(?:an?|or\s+any|and\s+(?:its|any)|in\s+its|together|acting|as)\b)")
_DESCRIPTION = r"(?:(?!\band\s+(?!existing|validly|having|doing))[^;()\"“”\n]){3,120}?"  # not as far as another party
_CALLED = re.compile(
    rf"(?:\s*,\s+an?\s{_DESCRIPTION})?\s*,?\s*\((?:in\s+such\s+capacity,?\s+|hereinafter,?\s+(?:called\s+|referred\s+to\s+as\s+)?|"
    rf"together\s+with\s+its\s+[^()\"“”]{{3,60}},\s+)?(?:the\s+)?{_TERM}\s*\)"
)


def with_later_terms(text: str, parties: Sequence[PartySpan]) -> tuple[PartySpan, ...]:
    """A term that another party has already is not given twice."""
    taken = {party.term for party in parties}
    told = []
    for party in parties:
        term = "" if party.term else next((each for each in _later(text, party) if each not in taken), "")
        if term:
            taken.add(term)
            party = replace(party, term=term, aliases=tuple(each for each in party.aliases if each != term))
        told.append(party)
    return tuple(told)


def _later(text: str, party: PartySpan) -> Iterator[str]:
    words = r"\s+".join(map(re.escape, party.name.rstrip(".").split()))
    name = re.compile(rf"\b(?P<words>{words})\b\.?", re.I)
    for place in islice(match_from(name, party.name.rstrip(".").split()[0], text), _MOST):
        means = _MEANS.search(text, max(0, place.start() - _BEFORE), place.start())
        if means and not _ENDS.match(text, place.end("words")):
            means = None
        called = means or (_CALLED.match(text, place.end()) if place.start() < _RECITED else None)
        term = " ".join(called["term"].split()) if called else ""
        if is_term(term) and not is_thing(term, party.name) and not _is_of(text, place.start(), term):
            yield term


def _is_of(text: str, offset: int, term: str) -> bool:
    """Whether the term is that of what belongs to who is named there: "the Board of Tarn Ltd (the “Board”)"."""
    before = text[max(0, offset - _BEFORE) : offset]
    return _BELONGS.search(before) is not None and re.search(rf"\b{re.escape(term)}\b", before) is not None
