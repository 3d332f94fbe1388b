"""What a lawyer calls a party by its trade: "the crane company" for Tidewater Crane & Rigging LLC, "the hospital".

Read from the party's own name, so that no list of trades is needed. A word that two parties share names neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from verifier.types import Party
from verifier.word_lists import LEGAL_FORMS, words_of

HEADS = words_of(
    "agency bank brand broker business buyer carrier chain client company contractor corporation customer dealer "
    "developer distributor firm house lender licensee licensor maker manufacturer operator owner partner "
    "producer provider publisher reseller retailer seller studio supplier trust vendor"
)
# What a party is, where its name ends or begins with it: Mount Oriel Hospital, City of Elmhollow. Not what a contract
# may be about as well: a hotel, a bank, a network.
INSTITUTIONS = words_of(
    "airline airport association bakery brewery charity church city clinic club college cooperative council county "
    "dairy farm foundation gallery hospital institute laboratory mill millworks museum nursery orchestra pharmacy "
    "railway refinery school shipyard society theatre trust university vineyard winery zoo"
)
# In too many names, or too often a matter of the contract, to tell a trade.
NOT_A_TRADE = words_of(
    "and of for the de la group holding international global national worldwide american united first general new "
    "partner venture enterprise service solution system industry product capital family association trust fund "
    "agreement party other third same such own whole each one two former parent sister shipping"
)


@dataclass(frozen=True, slots=True)
class _Trades:
    """Index of the party by words of its name, all lower case."""

    before_head: dict[str, int]  # singular: "crane" of "the crane company"
    alone: dict[str, int]  # "hospital", "publisher"


def trade_mentions(query: str, parties: tuple[Party, ...]) -> tuple[tuple[str, int], ...]:
    """Phrases of the query that mean a party by its trade, lower case, each with the index of that party."""
    trades = _trades(parties)
    words = re.findall(r"[a-z]+", query.lower())
    found = {}
    for place, word in enumerate(words):
        owner = trades.before_head.get(_singular(words[place - 1])) if place and word in HEADS else None
        if owner is not None:
            first = place - 1
            while first and trades.before_head.get(_singular(words[first - 1])) == owner:
                first -= 1
            found[" ".join(words[first : place + 1])] = owner
        elif word in trades.alone:
            found[word] = trades.alone[word]
    return tuple(found.items())


@lru_cache(maxsize=4096)
def _trades(parties: tuple[Party, ...]) -> _Trades:
    owners: dict[str, set[int]] = {}
    for number, party in enumerate(parties):
        for word in {_singular(word) for text in (party.name, party.term, *party.aliases) for word in _words(text)}:
            owners.setdefault(word, set()).add(number)
    trades = _Trades({}, {})
    for number, party in enumerate(parties):
        name = _words(party.name)
        for word in name:
            singular = _singular(word)
            if len(owners[singular]) > 1:
                continue
            if singular in INSTITUTIONS and word in (name[0], name[-1]):
                trades.alone[singular] = number
            if len(singular) > 2 and singular not in NOT_A_TRADE:
                trades.before_head[singular] = number
                if word.endswith("ing") and len(word) > 6:
                    trades.alone[f"{word[:-3]}er"] = number  # Nettlebrook Publishing: the publisher
    return trades


def _words(name: str) -> list[str]:
    """Those before the legal form."""
    words = re.findall(r"[a-z]+", name.lower())
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return words


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "works")) and len(word) > 3 else word
