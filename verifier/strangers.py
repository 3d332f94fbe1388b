"""Whom a question names that neither the contract's parties nor the clause know: who is bound cannot follow from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from verifier.parties import with_role_players, without_mentions
from verifier.roles import ALL_ROLE_WORDS
from verifier.types import Party
from verifier.word_lists import words_of

_ROLE = re.compile(rf"\b(?:{'|'.join(sorted(ALL_ROLE_WORDS, key=len, reverse=True))})\b", re.I)
_NAME = r"[A-Z][\w&-]*[a-z][\w&-]*(?:\s+[A-Z][\w&-]+)*"
# Capitals within a sentence; at its beginning only where it goes on as after a name.
_WITHIN = re.compile(rf"(?<=[a-z,;:]\s){_NAME}")
_GOES_ON = (
    r"['’]s?\s|\s+(?:must|shall|may|will|cannot|can|need|owes|pays|gets|bears|has|have|indemnif"
    r"|is\s+(?:to|not|liable|free|obliged|entitled))"
)
_BEGINS = re.compile(rf"^(?:(?:Must|Does|Is|May|Can|Shall|Will|Has)\s+)?(?:[Tt]he\s+)?(?P<name>{_NAME})(?={_GOES_ON})")
_NO_NAME = words_of(
    "mr mrs ms dr party parties agreement contract section article schedule exhibit business day united states "
    "who what does must no it there this german french dutch swiss greek japan china "
    "january february march april june july august september october november december"
)
_NO_PERSON = re.compile(r"^\S+(?:s|ish|ese|ian|ean|ican)$")  # the Fees, the British
_STEM = 5  # letters


def strangers(query: str, clause: str, parties: Sequence[Party]) -> tuple[str, ...]:
    """In the question's order and words; () where all that it names is known."""
    parties = with_role_players(clause, parties)
    rest = without_mentions(query, parties, query=True)
    words = _words(" ".join([clause, *(f"{party.name} {party.term} {' '.join(party.aliases)}" for party in parties)]))
    known = {word.removesuffix("s") for word in words}
    stems = {word[:_STEM] for word in words}
    roles = [match[0] for match in _ROLE.finditer(rest) if _words(match[0])[-1] not in known]
    names = [name for name in _names(rest) if _words(name)[0][:_STEM] not in stems]
    return tuple(sorted(dict.fromkeys([*roles, *names]), key=rest.find))


def _names(text: str) -> Iterator[str]:
    begins = _BEGINS.match(text)
    found = [begins["name"]] if begins else []
    found += [match[0] for match in _WITHIN.finditer(text, begins.end() if begins else 0)]
    for name in found:
        if not _NO_PERSON.search(name) and not _NO_NAME & set(name.lower().split()):
            yield name


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())
