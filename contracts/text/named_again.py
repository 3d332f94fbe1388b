"""Parties named in several places: on a cover and in the preamble below it, or twice in one preamble."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from contracts.text.legal_forms import has_suffix, plain_name
from contracts.text.party_terms import Called, terms_of
from contracts.text.preamble import Mention
from contracts.text.types import PartySpan

# By a preamble, not by a cover: a term, a description
_SAID = re.compile(r"[\"“”]|\(the\s|\ban?\s+[\w ]{3,40}\s(?:corporation|company|partnership)\b")


def is_cover(text: str, start: int, end: int) -> bool:
    return _SAID.search(text, start, end) is None


def of_others(parties: Sequence[PartySpan], cover: Sequence[PartySpan]) -> bool:
    """Whether these are the parties of another agreement, for a cover names two companies, and not them."""
    above = {first_word(party) for party in cover if has_suffix(party.name)}
    return len(above) > 1 and len(above & {first_word(party) for party in parties}) < 2


def first_word(party: PartySpan) -> str:
    return plain_name(party.name).removeprefix("the ").partition(" ")[0]


def with_cover(parties: Sequence[PartySpan], cover: Sequence[PartySpan]) -> tuple[list[PartySpan], list[PartySpan]]:
    """The parties of the preamble, with what only the cover calls them ("as Guarantor"); those it has besides."""
    above = {_unbroken(party): party for party in cover if party.term}
    told = []
    for party in parties:
        if one := above.pop(_unbroken(party), None):
            if plain_name(one.name) != plain_name(party.name):
                party = min(party, one, key=lambda each: len(each.name))  # "TARN T ITLE COMPANY": a line broke a word
            term = party.term or one.term
            called = dict.fromkeys((*party.aliases, one.term, *one.aliases))
            party = replace(party, term=term, aliases=tuple(each for each in called if each not in (term, party.name)))
        told.append(party)
    return told, list(above.values())


def _unbroken(party: PartySpan) -> str:
    return plain_name(party.name).replace(" ", "")


def called_by_name(text: str, mentions: Sequence[Mention], names: Sequence[str], end: int) -> list[Called]:
    """For each plain name its terms: what is said where it stands again is said of it, not of the name before."""
    named = [each for each in mentions if plain_name(text[each.start : each.end]) in names]
    terms = terms_of(text, [(each.start, each.described_from) for each in named], end)
    called = {name: Called([], []) for name in names}
    for mention, each in zip(named, terms, strict=True):
        called[plain_name(text[mention.start : mention.end])].add(each)
    return [called[name] for name in names]
