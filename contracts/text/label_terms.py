"""Terms that stand only on the cover or among the signatures: "BORROWER:" above a name, "as Lender" below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from contracts.text.label_blocks import is_label
from contracts.text.legal_forms import has_suffix
from contracts.text.places import match_from
from contracts.text.types import PartySpan

_MOST = 40  # places of one name that are looked at, from the top and from the end
_BEFORE, _AFTER = 60, 160  # characters
_WORDS = r"[A-Z][A-Za-z-]*(?:[ \t][A-Z][A-Za-z-]*){0,2}"
# "BORROWER:", "“Lessor”:" alone on its line or in a table's cell; "If to Licensee:" among the addresses for notices
_ABOVE = re.compile(
    rf"[\n|][ \t]*(?:If\s+to\s+)?(?:[Tt]he\s+)?[\"“]?(?P<term>{_WORDS})[\"”]?[ \t]*"
    r"(?P<colon>:)?[ \t|]*\n?[ \t|]*(?:(?:[\d/]{6,10}[ \t]+)?/s/\s*)?$"
)
_DESCRIPTION = r"(?:,?\s+(?:an?|A|AN)\s[^\n;:\"“()]{3,80}?)?"
_CAPACITY = re.compile(
    rf"{_DESCRIPTION},?\s+(?:as|AS|As)\s+(?:the\s+|an?\s+|THE\s+|AN?\s+)?(?P<term>{_WORDS})"
    r"(?=[ \t]*(?:$|[\n,;.]|and\b|AND\b|for\b))"
)
_SIGNS = re.compile(r"[^\n]{0,80}\n[ \t]*By\b", re.I)
_BELOW = re.compile(rf"{_DESCRIPTION},?[ \t]*\n[ \t]*\(?(?P<term>{_WORDS})\)?[ \t]*(?=\n(?!\s*By\b)|$)")
# "The undersigned, Tarn Mills, Inc., an Ohio corporation (the “Borrower”), applies": in a letter below the cover
_INTRODUCED = re.compile(rf"{_DESCRIPTION},?\s+\((?:the\s+)?[\"“](?P<term>{_WORDS})[,.]?[\"”]\)")
_NEXT = re.compile(r"\s*,?\s*(?:(?:and|AND)\s+)?(?:the\s+|THE\s+)?")
_OPENING = 20_000  # characters
_USED = 3
_OTHER_CAPACITIES = re.compile(
    r"(?:(?:[\w-]+\s){0,2}(?:agent|arranger|bookrunner|trustee)|(?:u\.?s\.?\s|canadian\s|parent\s)?(?:borrower|guarantor|issuer))",
    re.I,
)


def with_label_terms(text: str, parties: Sequence[PartySpan]) -> tuple[PartySpan, ...]:
    """Who has no term gets the one that a label gives it, unless that is what another party is called."""
    taken = {term.lower() for party in parties for term in (party.term, *party.aliases)}
    named: list[PartySpan] = []
    for party in parties:
        if party.term or len(parties) < 2:
            named.append(party)
            continue
        terms = (term for term in _terms(text, party.name) if term.lower() not in taken)
        term = _as_written(text, next(terms, ""))
        named.append(replace(party, term=term, aliases=tuple(alias for alias in party.aliases if alias != term)))
    return tuple(_shared(text, named))


def _shared(text: str, parties: Sequence[PartySpan]) -> list[PartySpan]:
    """ "Tarn Inc., Moor Inc. and Fell Inc., as Guarantors": the term of the last one is that of those before it."""
    found = list(parties)
    for position in range(len(parties) - 1, 0, -1):
        last, before = found[position], found[position - 1]
        given = _CAPACITY.match(text, last.end)
        closes = given is not None and given["term"].lower() == last.term.lower()
        shared = closes or (position + 1 < len(found) and found[position + 1].term == last.term)
        free = not before.term and last.term[-1:] in ("s", "S")
        alike = has_suffix(last.name) or not has_suffix(before.name)  # a company before people is none of them
        if shared and free and alike and _NEXT.fullmatch(text, before.end, last.start):
            found[position - 1] = replace(before, term=last.term)
    return found


def _terms(text: str, name: str) -> Iterator[str]:
    places = re.compile(r"(?<!\w)" + r"[\s|]+".join(map(re.escape, name.split())) + r"(?![\w&-])", re.I)
    for place in islice(match_from(places, name.split()[0], text), _MOST):
        before = text[max(0, place.start() - _BEFORE) : place.start()]
        above = _ABOVE.search(before if place.start() > _BEFORE else f"\n{before}")
        below = (pattern.match(text, place.end()) for pattern in (_CAPACITY, _BELOW))
        introduced = _INTRODUCED.match(text, place.end()) if place.end() < _OPENING else None
        for found in (above, *below, introduced):
            if found is above and above and not above["colon"] and not _SIGNS.match(text, place.end()):
                continue  # what stands above without a colon may be said of the name above that
            if found and _is_term(found["term"]) and (found is not above or _is_used(text, found["term"])):
                yield " ".join(found["term"].split())


def _is_used(text: str, term: str) -> bool:
    """Whether the contract speaks of it near its beginning: a label below may be that of a contract attached to it."""
    used = re.findall(rf"\b(?:{re.escape(term)}|{re.escape(term.title())})\b", text[:_OPENING])
    return len(text) < _OPENING or len(used) >= _USED


def _is_term(words: str) -> bool:
    return is_label(words) or _OTHER_CAPACITIES.fullmatch(words) is not None


def _as_written(text: str, term: str) -> str:
    """ "BORROWER" as the sentences of the contract have it: "Borrower"."""
    return term.title() if term.isupper() and re.search(rf"\b{re.escape(term.title())}\b", text) else term
