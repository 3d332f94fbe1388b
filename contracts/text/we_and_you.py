"""Contracts that speak in the first and second person: whom they say that "we" and "you" mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from contracts.text.legal_forms import has_suffix
from contracts.text.names import name_end
from contracts.text.roles import role_of
from contracts.text.types import PartySpan, Span

_FORMS = {"we": ("we", "us", "our"), "you": ("you", "your")}
_PERSON = {word: person for person, words in _FORMS.items() for word in words}
_SEARCHED = 40_000  # as far as a preamble is looked for; an exhibit further down has a "you" of its own
_BRACKET = 200  # characters of a bracket, or of a sentence before the pronoun
_REACH = 400  # from a name to its bracket, with form and seat
_PRONOUN = re.compile(r"[\"“‘'](?P<word>[Ww]e|WE|[Uu]s|[Oo]ur|OUR|[Yy]our?|YOUR?)[,.]?[\"”’']")  # "US" is a country
_TERM = r"[\"“‘'](?:[Tt]he\s+)?{}[\s,.]*(?:[\"”]|[’'](?!\w))"
_QUOTED = re.compile(_TERM.format(r"(?P<word>[^\"“”‘\n]{1,50}?)"))
_ONE = _TERM.format(r"[^\"“”‘\n]{1,50}?")
_LIST = re.compile(rf"{_ONE}(?:[\s,/]*(?:(?:and|or|the)\s+)*{_ONE})*")
_GIVES_TERM = re.compile(r"\([^()]{0,120}[\"“]")
_SAME_BRACKETS = re.compile(r"(?:\([^()]*\)[\s,]*)+$")  # 'Tarn Ltd ("Tarn") ("we")'
_NEXT_PARTY = re.compile(r"[;:]\s|\band\s+(?:[_\[(●•]|an?\s|you\b|the\s+(?:other|person|individual|entity)\b)", re.I)
# '"You" means the Franchisee'; 'When we say "we" in this document, we are referring to Tarn Software LLC'
_MEANS = re.compile(
    r"(?:(?!\btherein\b)[^.;\"“]){0,60}?\b(?:refer(?:s|ring)?\s+(?:only\s+)?to|means?)\s+\[?(?:the\s+)?", re.I
)
# 'we refer to Tarn Grill, Inc. as "we"'
_REFERRED = re.compile(r"\brefer\s+to\s+(?P<whom>.{2,400}?)\s+(?:\w+ly\s+)?as\s+(?:the\s+)?$", re.S)
_ROLE = re.compile(r"[A-Za-z]+(?:\s[A-Z]\w+)?")


@dataclass(frozen=True, slots=True)
class _Saying:
    person: str  # "we" or "you"
    parties: tuple[int, ...]  # whom it means of those that are known
    words: tuple[Span, ...]  # the other terms that it gives to the same: "Franchisee"
    name: Span | None = None  # of a company that is not known yet


def with_pronouns(text: str, parties: Sequence[PartySpan]) -> tuple[PartySpan, ...]:
    """The parties, each also called by the pronouns that mean it.

    Who is only "you, the Franchisee", as a form has it, is a party under the name of that role.
    """
    known = list(parties)
    owners: dict[str, tuple[int, ...]] = {}
    for saying in _sayings(text, parties):
        if saying.person in owners:
            continue
        taken = {owner for others in owners.values() for owner in others}
        meant = tuple(index for index in saying.parties if index not in taken) or _the_other(parties, taken)
        if not meant and (party := _new_party(text, saying)):
            known = [*(_without_terms(one, party) for one in known), party]
            meant = (len(known) - 1,)
        if meant:
            owners[saying.person] = meant
    for person, meant in owners.items():
        for owner in meant:
            known[owner] = replace(known[owner], aliases=(*known[owner].aliases, *_FORMS[person]))
    return tuple(sorted(known, key=lambda party: party.start))


def _the_other(parties: Sequence[PartySpan], taken: set[int]) -> tuple[int, ...]:
    """Of two the one that is left, if it has no term: else it would have been told by that."""
    left = tuple(index for index, party in enumerate(parties) if index not in taken and not party.term)
    return left if len(parties) == 2 and len(taken) == 1 else ()


def _new_party(text: str, saying: _Saying) -> PartySpan | None:
    terms = dict.fromkeys(_plain(text, word) for word in saying.words)
    role = next((word for word in saying.words if role_of(_plain(text, word))), None)
    place = saying.name or role
    if place is None:
        return None
    name = _plain(text, place)
    term = _plain(text, role) if role else next(iter(terms), "")
    return PartySpan(
        name, term, tuple(word for word in terms if word not in (name, term) and word[0].isupper()), *place
    )


def _without_terms(party: PartySpan, other: PartySpan) -> PartySpan:
    """The terms that were taken for the party's own, as the other has no name."""
    terms = {other.term, *other.aliases}
    aliases = tuple(alias for alias in party.aliases if alias not in terms)
    return replace(party, term="" if party.term in terms else party.term, aliases=aliases)


def _plain(text: str, place: Span) -> str:
    return " ".join(text[slice(*place)].split())


def _sayings(text: str, parties: Sequence[PartySpan]) -> Iterator[_Saying]:
    offset = 0
    for pronoun in _PRONOUN.finditer(text, 0, _SEARCHED):
        if pronoun.start() < offset:
            continue
        person = _PERSON[pronoun["word"].lower()]
        opens = text.rfind("(", max(0, pronoun.start() - _BRACKET), pronoun.start())
        closes = text.find(")", max(0, opens), pronoun.end() + _BRACKET)
        if opens >= 0 and closes > pronoun.start():
            offset = closes
            words = _words(text, opens, closes)
            said = {_plain(text, word) for word in words}
            named = tuple(index for index, party in enumerate(parties) if party.name in said)
            yield _Saying(person, _named_before(text, opens, parties) or named, words)
        elif listed := _list_around(text, pronoun):
            offset = listed[1]
            yield from _said(text, person, listed, parties)


def _words(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The quoted words there that are no pronouns."""
    found = (quoted.span("word") for quoted in _QUOTED.finditer(text, start, end))
    return tuple(span for span in found if text[slice(*span)].lower() not in _PERSON)


def _called(text: str, words: Sequence[Span], parties: Sequence[PartySpan]) -> tuple[int, ...]:
    """Whose names or terms the words are."""
    said = {_plain(text, word).lower() for word in words}
    return tuple(
        index
        for index, party in enumerate(parties)
        if not said.isdisjoint(form.lower() for form in (party.name, party.term, *party.aliases))
    )


def _named_before(text: str, opens: int, parties: Sequence[PartySpan]) -> tuple[int, ...]:
    """To whose name the bracket that opens there belongs."""
    before = text[max(0, opens - _REACH) : opens]
    ends = {index: _last_end(before, party.name) for index, party in enumerate(parties)}
    last = max(ends, key=ends.__getitem__, default=0)
    between = _SAME_BRACKETS.sub("", before[ends.get(last, 0) :])
    if not ends.get(last) or _GIVES_TERM.search(between) or _NEXT_PARTY.search(between):
        return ()
    return tuple(index for index, end in ends.items() if end == ends[last])


def _last_end(words: str, name: str) -> int:
    """Where the name stands for the last time, 0 if it does not."""
    pattern = r"\s+".join(map(re.escape, name.split()))
    return max((match.end() for match in re.finditer(pattern, words, re.I)), default=0)


def _list_around(text: str, pronoun: re.Match[str]) -> Span | None:
    """The quoted words among which the pronoun stands: "Company", "we", "our", or "us"."""
    begin = max(0, pronoun.start() - _BRACKET)
    lists = _LIST.finditer(text, begin, pronoun.end() + _BRACKET)
    return next((one.span() for one in lists if one.start() <= pronoun.start() < one.end()), None)


def _said(text: str, person: str, listed: Span, parties: Sequence[PartySpan]) -> Iterator[_Saying]:
    """What a sentence says of the quoted words."""
    words = _words(text, *listed)
    if means := _MEANS.match(text, listed[1]):
        role = _ROLE.match(text, means.end())
        if role and role_of(role.group()):
            words = (*words, role.span())
        meant = _opening(text, means.end(), parties)
        ends = name_end(text, means.end())
        company = has_suffix(text[means.end() : ends]) and not meant
        yield _Saying(person, meant or _called(text, words, parties), words, (means.end(), ends) if company else None)
    elif referred := _REFERRED.search(text[max(0, listed[0] - _REACH) : listed[0]]):
        whom = " ".join(referred["whom"].split())
        named = tuple(index for index, party in enumerate(parties) if party.name in whom)
        yield _Saying(person, named or _called(text, words, parties), words)


def _opening(text: str, start: int, parties: Sequence[PartySpan]) -> tuple[int, ...]:
    """Who is named by the words that start there."""
    ahead = " ".join(text[start : start + _REACH].split()).lower()
    forms = ((form, index) for index, party in enumerate(parties) for form in (party.name, party.term, *party.aliases))
    fitting = [(form, index) for form, index in forms if form and re.match(rf"{re.escape(form.lower())}\b", ahead)]
    return (max(fitting, key=lambda each: len(each[0]))[1],) if fitting else ()
