"""Parties replaced by neutral names before reading, so that binding is a matter of structure alone.

"Northgate shall indemnify the Customer" and "the Supplier shall indemnify Harbour Retail" both become
"Alice shall indemnify Bob", whichever of name, term, alias or role word was used. Alice is the party that the query
mentions first, so that what is left to learn is what the clause says of her; or the one that the clause mentions first,
so that a clause is read, and its reading stored, before anybody asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from verifier.roles import ALL_ROLE_WORDS, faces, has_side, performs, same_role
from verifier.trades import trade_mentions
from verifier.types import Party
from verifier.word_lists import LEGAL_FORMS

Side = Literal["query", "clause"]
NEUTRAL_NAMES = ("Alice", "Bob", "Carol", "David", "Emma", "Frank", "Grace", "Henry")
_ARTICLE = r"(?:\b(?:the|said|such)\s+)?"
_LEGAL_FORM = re.compile(rf",?\s+(?:{'|'.join(sorted(LEGAL_FORMS))}|s\.a|n\.v|b\.v)\.?$", re.IGNORECASE)
# Contracts that call their parties "we" and "you".
_CASES = {"we": ("us", "our", "ours"), "us": ("we", "our", "ours"), "you": ("your", "yours")}
_PRONOUNS = frozenset({"we", "us", "our", "ours", "you", "your", "yours"})
# Written as a name is. Roles that face another: a User or an Employee is a third person as often.
_ROLES_AS_NAMES = sorted(form for word in ALL_ROLE_WORDS if has_side(word) for form in (word.title(), word.upper()))
_ROLE_AS_NAME = re.compile(rf"\b(?:{'|'.join(_ROLES_AS_NAMES)})\b")
_POSSESSIVES = frozenset({"our", "ours", "your", "yours"})


@dataclass(frozen=True, slots=True)
class NeutralText:
    """Text after replacement; ``origin[i]`` is the offset in the source of character ``i``, and one past the end."""

    text: str
    origin: tuple[int, ...]


def neutralise_pair(
    query: str, clause: str, parties: Sequence[Party], first: Side = "query"
) -> tuple[str, NeutralText]:
    """Query and clause as a model reads them; ``first``: which of the two says who is Alice."""
    parties = with_role_players(clause, parties)
    names = neutral_names(query, clause, parties, first)
    return neutralise(query, parties, names, query=True).text, neutralise(clause, parties, names, query=False)


def neutral_clause(clause: str, parties: Sequence[Party]) -> NeutralText:
    """A clause as a model reads it for which it comes first, whatever is asked of it."""
    parties = with_role_players(clause, parties)
    return neutralise(clause, parties, neutral_names("", clause, parties, "clause"), query=False)


def with_role_players(clause: str, parties: Sequence[Party]) -> tuple[Party, ...]:
    """And those whom the clause names by a role that no party has ("Buyer shall hold Seller harmless")."""
    known = " ".join(form.lower() for party in parties for form in _forms(party)).split()
    terms = [party.term.lower() for party in parties]
    words = dict.fromkeys(match[0].lower() for match in _ROLE_AS_NAME.finditer(clause))
    players = [word for word in words if word not in known and not any(same_role(word, term) for term in terms)]
    return (*parties, *(Party(word.capitalize(), word.capitalize(), known=False) for word in players))


def neutral_names(query: str, clause: str, parties: Sequence[Party], first: Side = "query") -> list[str]:
    """The name of each party, in the order in which the one side and then the other mentions them."""
    asked, found = order_of_mention(query, parties, query=True), order_of_mention(clause, parties, query=False)
    order = [*asked, *found] if first == "query" else [*found, *asked]
    places = {owner: place for place, owner in enumerate(dict.fromkeys([*order, *range(len(parties))]))}
    return [
        NEUTRAL_NAMES[places[number]] if places[number] < len(NEUTRAL_NAMES) else party.term or party.name
        for number, party in enumerate(parties)
    ]


def neutralise(
    text: str, parties: Sequence[Party], names: Sequence[str] = NEUTRAL_NAMES, *, query: bool
) -> NeutralText:
    """Replace every mention of ``parties[i]`` by ``names[i]``.

    In a clause, defined terms are matched as defined ("Company", not "company"). In a query, lower case and role
    words ("vendor" for the "Supplier") stand for a party as well, when exactly one party can be meant.
    """
    pattern, owners = _mentions_in(text, tuple(parties), query)
    if pattern is None:
        return NeutralText(text, tuple(range(len(text) + 1)))
    pieces: list[str] = []
    origin: list[int] = []
    last = 0
    for match in pattern.finditer(text):
        owner = owners[_key(match.group("mention"), query)]
        if owner >= len(names):
            continue
        pieces.append(text[last : match.start()])
        origin.extend(range(last, match.start()))
        name = f"{names[owner]}'s" if _key(match.group("mention"), query) in _POSSESSIVES else names[owner]
        pieces.append(name)
        origin.extend([match.start()] * len(name))
        last = match.end()
    pieces.append(text[last:])
    origin.extend(range(last, len(text) + 1))
    return NeutralText("".join(pieces), tuple(origin))


def mentioned(text: str, parties: Sequence[Party], *, query: bool) -> frozenset[int]:
    """Indices of the parties that ``text`` mentions."""
    return frozenset(order_of_mention(text, parties, query=query))


def order_of_mention(text: str, parties: Sequence[Party], *, query: bool) -> list[int]:
    """Indices of the parties that ``text`` mentions, the first mentioned first."""
    pattern, owners = _mentions_in(text, tuple(parties), query)
    if pattern is None:
        return []
    return list(dict.fromkeys(owners[_key(match.group("mention"), query)] for match in pattern.finditer(text)))


def without_mentions(text: str, parties: Sequence[Party], *, query: bool) -> str:
    """A dot stands where a party is mentioned."""
    pattern, _ = _mentions_in(text, tuple(parties), query)
    return pattern.sub("·", text) if pattern else text


def _key(mention: str, query: bool) -> str:
    return re.sub(r"\s+", " ", mention.lower())


_Mentions = tuple[re.Pattern[str] | None, dict[str, int]]
"""What matches a mention, and whom each form of it means."""


def _mentions_in(text: str, parties: tuple[Party, ...], query: bool) -> _Mentions:
    return _mentions(parties, query, trade_mentions(text, parties) if query else ())


@lru_cache(maxsize=4096)
def _mentions(parties: tuple[Party, ...], query: bool, trades: tuple[tuple[str, int], ...]) -> _Mentions:
    owners: dict[str, int] = {}
    for index, party in enumerate(parties):
        for form in _forms(party):
            owners.setdefault(_key(form, query), index)
    if query:
        owners = dict(trades) | owners
        for word in ALL_ROLE_WORDS - owners.keys():
            players = _players(word, [party.term.lower() for party in parties if party.known])
            players = players or [n for n, party in enumerate(parties) if same_role(word, party.term.lower())]
            if len(players) == 1:
                owners[word] = players[0]
    if not owners:
        return None, {}
    ordered = sorted(owners, key=len, reverse=True)
    forms = "|".join(_as_pattern(form, query) for form in ordered)
    flags = re.IGNORECASE if query else 0
    return re.compile(rf"(?i:{_ARTICLE})(?<![\w-])(?P<mention>{forms})(?![\w-])", flags), owners


def _players(word: str, terms: Sequence[str]) -> list[int]:
    """Who among ``terms`` can be meant: by the word's own role first, then by what is left to it."""
    for plays in (same_role, performs):
        if players := [number for number, term in enumerate(terms) if plays(word, term)]:
            return players
    if len(terms) == 2:
        return [1 - i for i, term in enumerate(terms) if faces(word, term) and not has_side(terms[1 - i])]
    return []


def _as_pattern(form: str, query: bool) -> str:
    if form.lower() == "us":
        return "(?-i:[Uu]s)"  # "US" is a country
    spaced = r"\s+".join(re.escape(word) for word in form.split())
    if query:
        return spaced
    if form in _PRONOUNS:
        return f"(?i:{form})"
    # In a clause a term keeps its capital: "Company", "COMPANY", never "company".
    first = re.escape(form[0].upper())
    rest = r"\s+".join(re.escape(word) for word in form[1:].split(" ")) if len(form) > 1 else ""
    return f"{first}(?i:{rest})" if form[0].isalpha() else f"(?i:{spaced})"


def _without_legal_form(name: str) -> str:
    """China Online Housing, for China Online Housing (Hong Kong) Co., Limited."""
    name = re.sub(r"\s*\([^)]*\)", "", name)
    while (shorter := _LEGAL_FORM.sub("", name)) != name:
        name = shorter
    return name


def _forms(party: Party) -> list[str]:
    forms = [party.name, _without_legal_form(party.name), party.term, *party.aliases]
    forms += [word for form in forms for word in _CASES.get(form.lower().strip(" \"'“”"), ())]
    cleaned = [re.sub(r"^(?:the|The|THE)\s+", "", form.strip()).strip(" \"'“”,.") for form in forms]
    return [form for form in dict.fromkeys(cleaned) if len(form) > 1 and form.lower() not in {"party", "parties"}]
