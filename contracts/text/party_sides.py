"""Which side a party is on, and whether its affiliates stand on it too; "" and False unless that is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from contracts.text.roles import role_of
from contracts.text.types import PartySpan

# What faces what where there are two parties: "Licensee" says that the other one is the licensor.
_FACES = {
    "provider": "recipient", "recipient": "provider", "licensor": "licensee", "licensee": "licensor",
    "landlord": "tenant", "tenant": "landlord", "lender": "borrower", "borrower": "lender", "employee": "employer",
    "discloser": "receiver", "receiver": "discloser", "franchisor": "franchisee", "franchisee": "franchisor",
    "indemnitor": "indemnitee", "indemnitee": "indemnitor",
}  # fmt: skip
# Terms of anybody's, which say a side only by the party that faces them.
_ANYBODY = frozenset(("company", "corporation", "owner", "bank", "firm", "group"))
# Role words that stand for other things as often: the Agent of the lenders, the User of a site.
_UNSURE = _ANYBODY | frozenset(
    "affiliate|agent|representative|sales representative|user|end user|host|guarantor|principal|sponsor|subcontractor"  # noqa: SIM905
    "|promoter|carrier|advisor|adviser|publisher|shareholder|stockholder|subscriber|worker|occupant".split("|")
)
_SUBCONTRACTOR = re.compile(r"\bsub-?contractor$", re.I)
_REACH = 400  # characters after a name in which the contract says whom the party includes
_AFFILIATES = (
    r"(?:(?:each|any|all)\s+of\s+)?(?:its|their|his|her)\b[^.;()\"“”]{0,60}?\b(?:affiliates?|subsidiaries|"
    r"group\s+compan(?:y|ies)|(?:affiliated|related)\s+(?:entities|companies))\b"
)
_AND = r"(?:and|or|and/or|nor|including|includes?|together\s+with|along\s+with)\s+"
_INCLUDED = re.compile(rf"\b{_AND}{_AFFILIATES}", re.I)
_NAMED_TOO = re.compile(rf"(?:\s*,\s*(?:{_AND})?|\s*\(?{_AND}){_AFFILIATES}", re.I)
_LEFT_OUT = re.compile(r"\b(?:not|excluding|other\s+than|without)\b", re.I)
_INTRODUCED = re.compile(r"\n\s*\n|\.\s+(?=[\"“(]?[A-Z])|\bWHEREAS\b|;")
_MOST = 50  # definitions of one term that are looked at


def with_sides(text: str, parties: Sequence[PartySpan]) -> tuple[PartySpan, ...]:
    own = _own_roles(parties)
    return tuple(
        replace(
            party,
            role=own[position] or _faced_role(party, own[:position] + own[position + 1 :]),
            affiliates=_includes_affiliates(text, party, parties[position + 1 : position + 2]),
        )
        for position, party in enumerate(parties)
    )


def says_affiliates(reading: str, end: int) -> bool:
    """Whether who is named up to ``end`` is named with its affiliates: "the Supplier and its Affiliates shall"."""
    return _NAMED_TOO.match(reading, end) is not None


def _own_roles(parties: Sequence[PartySpan]) -> list[str]:
    serving = [_SUBCONTRACTOR.search(party.term) is not None for party in parties]
    if len(parties) == 2 and sum(serving) == 1:
        return ["provider" if serves else "recipient" for serves in serving]  # whatever the other is to its customers
    return [_own_role(party) for party in parties]


def _own_role(party: PartySpan) -> str:
    words = [word.lower().removeprefix("the ") for word in (party.term, *party.aliases)]
    words.insert(1, words[0].rsplit(" ", 1)[-1])  # "Equipment Supplier"
    sure = (role_of(word) for word in words if word not in _UNSURE and word.removesuffix("s") not in _UNSURE)
    return next(filter(None, sure), "")


def _faced_role(party: PartySpan, others: Sequence[str]) -> str:
    plain = party.term.lower().removeprefix("the ")
    sure = plain in _ANYBODY or not role_of(plain)
    return _FACES.get(others[0], "") if len(others) == 1 and sure else ""


def _includes_affiliates(text: str, party: PartySpan, following: Sequence[PartySpan]) -> bool:
    """In the words that introduce the party, or in a definition of its term."""
    end = min([party.end + _REACH, *(one.start for one in following if one.start > party.end)])
    places = [party.end]
    if party.term:
        term = r"\s+".join(map(re.escape, party.term.split()))
        defined = rf"[\"“]{term}[\"”]\s*(?:shall\s+)?(?:also\s+)?(?:means?|includes?)\b"
        places += [found.start() for found in islice(re.finditer(defined, text), _MOST)]
    for start in places:
        stop = end if start == party.end else start + _REACH
        ends = _INTRODUCED.search(text, start, stop)
        said = _INCLUDED.search(text, start, ends.start() if ends else stop)
        if said and not _LEFT_OUT.search(text, start, said.start()):
            return True
    return False
