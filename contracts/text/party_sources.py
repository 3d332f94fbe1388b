"""Where parties are named: the preamble, definitions, labels, a letter's address and writer, signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from contracts.text.defined_later import with_later_terms
from contracts.text.labelled_parties import labelled
from contracts.text.legal_forms import has_suffix, plain_name, without_suffix
from contracts.text.letters import SEARCHED, acts_for, addressee, named_with_terms
from contracts.text.named_again import is_cover, of_others, with_cover
from contracts.text.party_candidates import (
    CERTAIN,
    LIKELY,
    called,
    joined,
    once_each,
    overlap,
    party_of,
    points,
    same,
    shared_names,
    with_terms,
)
from contracts.text.personal_letters import companies_writing, end_of_term, person_addressed
from contracts.text.preamble import Mention, is_name, mentions_in
from contracts.text.preamble_places import preambles
from contracts.text.signatures import (
    signing_companies,
    signing_on_behalf,
    signing_people,
    signing_with_office,
    stands_alone,
)
from contracts.text.types import PartySpan
from contracts.text.unnamed_parties import filled_in, is_blank_after, left_open

_ADDRESS = 400  # characters below the name of whom a letter is sent to
_DEAR = re.compile(r"\n[ \t]*Dear\s")
_INTRODUCED = 20_000  # characters in which the terms of those whom a title names may be defined
_FIRST = 3_000  # characters in which bare names may be those of the parties


def from_preamble(text: str) -> tuple[PartySpan, ...]:
    """The parties of the surest preamble; far down only where all is said, or more of those that a cover names."""
    best: tuple[PartySpan, ...] = ()
    cover: tuple[PartySpan, ...] = ()
    titled: tuple[PartySpan, ...] = ()
    most = 0
    for start, end in preambles(text):
        parties = with_terms(text, mentions_in(text, start, end), end)
        sure = points(parties)
        if len(parties) == 2 and sure < LIKELY and start < _FIRST:
            titled = titled or _defined(text, parties)
        if points(parties[:1]) > 1 and not points(parties[1:]) and is_blank_after(text, parties[0].end):
            return parties[:1]  # a form; whoever is named below is no party
        again = most + sure > CERTAIN and len(parties) >= len(best) and same(parties, best)
        if of_others(parties, cover):
            continue
        below = best is cover and sure == most == CERTAIN
        if below or (sure > most and (sure == CERTAIN or start < SEARCHED or again)):
            best, most = parties, sure
            if not cover and len(parties) > 1 and is_cover(text, start, end):
                cover = best
        if best is not cover and (sure == CERTAIN or (sure == LIKELY and all(each.term for each in parties[:2]))):
            break  # two companies, or a company and a person, each with a term
    if titled and most < CERTAIN:
        return titled
    told, besides = with_cover(best, cover if best is not cover and shared_names(best, cover) > 1 else ())
    return joined(told, besides)


def _defined(text: str, parties: Sequence[PartySpan]) -> tuple[PartySpan, ...]:
    """Two names of a title with the terms that the first sentences define for both; else none."""
    told = with_later_terms(text[:_INTRODUCED], parties)
    return told if all(party.term for party in told) else ()


def from_definitions(text: str) -> tuple[PartySpan, ...]:
    """Those that have a term, whoever acts for the first of them, and the members of a list between two of them."""
    found = with_terms(text, named_with_terms(text), SEARCHED)
    termed = [position for position, party in enumerate(found) if party.term]
    if termed and termed[0] and acts_for(text, found[termed[0] - 1].end, found[termed[0]].start):
        termed.insert(0, termed[0] - 1)
    return tuple(
        party for position, party in enumerate(found) if termed and (party.term or termed[0] <= position < termed[-1])
    )


def from_labels(text: str) -> tuple[PartySpan, ...]:
    return after_labels(text, [*labelled(text)])


def after_labels(text: str, found: Sequence[tuple[Mention, tuple[str, ...]]]) -> tuple[PartySpan, ...]:
    once = {plain_name(text[mention.start : mention.end]): (mention, terms) for mention, terms in reversed(found)}
    return tuple(called(party_of(text, mention, terms[1:]), terms[0]) for mention, terms in once.values())


def with_unnamed(text: str, party: PartySpan) -> tuple[PartySpan, ...]:
    """The party, and the one that the preamble leaves open after it, whose term is none of the first one's."""
    offset, term = left_open(text, SEARCHED) or (0, "")
    if offset < party.end:
        return (party,)
    others = (party_of(text, mention, (term,)) for mention in filled_in(text, offset, term))
    other = [one for one in others if not overlap(one, party)][:1]
    own = [each for each in (party.term, *party.aliases) if each.lower() != term.lower()]
    term = own.pop(0) if party.term and own else ""
    return replace(party, term=term, aliases=tuple(own)), *other


def from_address(text: str) -> tuple[PartySpan, ...]:
    mention = person_addressed(text) or addressee(text)
    return (party_of(text, mention, ()),) if mention else ()


def from_writer(text: str) -> tuple[PartySpan, ...]:
    writing = companies_writing(text)
    parties = with_terms(text, writing, end_of_term(text, writing[-1].end)) if writing else ()
    return tuple(replace(party, term=parties[-1].term) for party in parties)  # several write as one "Company"


def whom_they_represent(text: str, parties: Sequence[PartySpan], signing: Sequence[PartySpan]) -> tuple[PartySpan, ...]:
    """The company below the name of the person to whom a letter is sent, where the company signs it."""
    told: list[PartySpan] = []
    for party in parties:
        address = text[party.end : party.end + _ADDRESS]
        for company in signing if not (party.term or has_suffix(party.name)) else ():
            place = re.search(rf"\n[ \t]*({_spaced(without_suffix(company.name))})\b", address, re.I)
            sender = any(has_suffix(one.name) and not same([one], [company]) for one in (*parties, *signing))
            if sender and place and _DEAR.search(address, place.end()):
                party = company
                break
        told.append(party)
    return tuple(told)


def _spaced(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))


def from_signatures(text: str) -> tuple[PartySpan, ...]:
    places = chain(signing_companies(text), signing_on_behalf(text), signing_people(text))
    signing = [Mention(start, end, 1, end) for start, end in places]
    return once_each(text, [mention for mention in signing if is_name(text[mention.start : mention.end])])


def confirmed(text: str) -> tuple[PartySpan, ...]:
    """Two bare names of a preamble ("between Ada Stone and Tarn Foods") that stand by themselves where they sign."""
    for start, end in preambles(text):
        mentions = mentions_in(text, start, end)[:2]
        if len(mentions) == 2 and all(stands_alone(text, text[each.start : each.end], end) for each in mentions):
            return once_each(text, mentions)
    return ()


def bare_names(text: str) -> tuple[PartySpan, ...]:
    """Where nothing tells more: who signs through an officer, or two bare names of a preamble that are used again."""
    signing = [Mention(start, end, 0, end) for start, end in signing_with_office(text)]
    named = once_each(text, [each for each in signing if is_name(text[each.start : each.end])])
    if len(named) > 1:
        return named
    start, end = next(preambles(text[:_FIRST]), (0, 0))
    mentions = mentions_in(text, start, end)[:2]
    again = (re.search(_spaced(text[each.start : each.end]), text[end:], re.I) for each in mentions)
    return once_each(text, mentions) if len(mentions) == 2 and all(again) else ()
