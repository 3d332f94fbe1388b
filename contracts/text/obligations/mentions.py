"""Where a passage names a party: by term, name or alias, by a role word, or by its part in the matter at hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from contracts.text.roles import ROLE_CLASSES, role_of
from contracts.text.types import PartySpan

EACH_PARTY = "each party"
OTHER_PARTY = "the other party"
SUCH_PARTY = "such party"
# In a contract these name a third person more often than the party of their class.
THIRD_PERSONS = frozenset(
    "subcontractor|user|end user|affiliate|agent|representative|sales representative|guarantor|worker|occupant"  # noqa: SIM905
    "|shareholder|stockholder|bank|creditor|processor|advisor|adviser|carrier|subtenant|sublessee".split("|")
)
_HERETO = r"(?:\s+(?:hereto|to\s+this\s+agreement))?"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        EACH_PARTY,
        re.compile(
            r"\b(?:(?:each|either|both|neither|no|any|a)(?:\s+(?:of\s+)?the)?\s+(?:other\s+)?part(?:y|ies)"
            r"|(?:each|either|both|neither|none)\s+of\s+them"
            r"|(?:(?<=^)|(?<=[.;:,]\s))each(?=\s+(?:shall|will|may|must)\b)"
            rf"|(?:each|none)\s+of\s+the\s+parties|the\s+parties|(?:(?<=^)|(?<=[.;:,(]\s)|(?<=\bthat\s))parties){_HERETO}\b",
            re.I,
        ),
    ),
    (SUCH_PARTY, re.compile(r"\b(?:such|that|the\s+same|the\s+said)\s+party\b", re.I)),
    (OTHER_PARTY, re.compile(r"\b(?:the|such)\s+other(?:\s+part(?:y|ies))?\b(?!\s+[a-z]{3,}\s+(?:shall|may))", re.I)),
)
_BY_PART = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]|[Ss]uch|THE)\s+)?(?P<part>\b(?:[A-Z]\w+(?:ing|ed|ed-against|ive)|Non-[A-Z]\w+)\s+Part(?:y|ies)\b"
    r"|\b(?:non-)?(?:breaching|defaulting|terminating|disclosing|receiving|indemnifying|indemnified|notifying|affected"
    r"|prevailing|requesting|responsible)\s+party\b)"
)


_REST_OF_TERM = re.compile(r"(?:\s+[\w&’'-]+){1,6}[\"”]")
_OWNED = re.compile(r"(?:\b(?:its|their|his|her|our|your|own)|['’]s?)\s$", re.I)  # "its Affiliates" are no party
# "any Covered Customer", "the Authorized User": others than the party of that name
_QUALIFIED = re.compile(
    r"\b(?:any|each|every|such|an?|the|all|no|other|certain)\s+(?:[A-Z][a-z]{3,}ed|Existing|Potential|Prospective|Current|"
    r"Former|Eligible|Competing|Third[\s-]Party)\s+(?:[Tt]he\s+)?$"
)
# Written small in forms that name the two sides by what they do with a secret
_BY_SECRET = re.compile(r"\b(?:[Tt]he|[Aa])\s+(?P<part>recipient|discloser)\b(?!\s+of\b|['’])")


@dataclass(frozen=True, slots=True)
class Mention:
    who: str  # the label of a bearer or counterparty
    start: int
    end: int


class Names:
    """The words that name the parties of one contract, compiled once for all its passages."""

    def __init__(self, parties: Sequence[PartySpan]) -> None:
        self.terms = tuple(dict.fromkeys(party.term or party.name for party in parties))
        labels = {" ".join(word.split()): label for word, label in _labels(parties).items()}
        self._labels = {form: label for word, label in labels.items() for form in _written(word)} | labels
        words = sorted(self._labels, key=len, reverse=True)
        written = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
        self._named = re.compile(rf"(?<![\w-])(?:(?:[Tt]he|THE)\s+)?(?P<word>{written})(?:s|\(s\))?(?![\w-])")

    def find(self, reading: str) -> list[Mention]:
        """In order, never overlapping: of two at one place the longer."""
        found = [
            Mention(self._labels[" ".join(match["word"].split())], *match.span())
            for match in self._named.finditer(reading)
            if not _OWNED.search(reading, max(0, match.start() - 12), match.start())
            and not _begins_term(reading, match)
            and not (role_of(match["word"]) and _QUALIFIED.search(reading, 0, match.start()))
        ]
        found += [Mention(label, *match.span()) for label, pattern in _FORMS for match in pattern.finditer(reading)]
        found += [Mention(match["part"], *match.span()) for match in _BY_PART.finditer(reading)]
        small = [(match["part"].capitalize(), match) for match in _BY_SECRET.finditer(reading)]
        found += [Mention(label, *match.span()) for label, match in small if self._labels.get(label) == label]
        kept: list[Mention] = []
        for mention in sorted(found, key=lambda one: (one.start, -one.end)):
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return kept

    def other(self, who: str) -> str:
        """The only other party; "" where there are more than two, or ``who`` is none of them."""
        others = [term for term in self.terms if term != who]
        return others[0] if len(self.terms) == 2 and len(others) == 1 else ""


def resolved(mention: Mention, before: Sequence[Mention], names: Names) -> str:
    """Who a mention stands for, "" unless that is certain. ``before``: the mentions that stand before it."""
    if mention.who not in (SUCH_PARTY, OTHER_PARTY):
        return mention.who
    spoken_of = list(dict.fromkeys(one.who for one in before if one.who not in (SUCH_PARTY, OTHER_PARTY)))
    if not spoken_of:
        return ""
    if mention.who == SUCH_PARTY:
        return spoken_of[-1] if len(spoken_of) == 1 or spoken_of[-1] == EACH_PARTY else ""
    if EACH_PARTY in spoken_of:
        return OTHER_PARTY
    return names.other(spoken_of[0]) if len(spoken_of) == 1 else ""


def _written(word: str) -> tuple[str, ...]:
    """As it stands where a sentence begins, and among capitals, but "US" is a country."""
    capital = word[:1].upper() + word[1:]
    return (capital,) if word == "us" else (word.upper(), capital)


def _begins_term(reading: str, name: re.Match[str]) -> bool:
    """Of a longer quoted term: the "Roche" of "Roche Improvement IP". Not of a quoted clause: "Roche shall pay."."""
    quoted = reading[max(0, name.start() - 1) : name.start()] in ('"', "\u201c")
    return quoted and _REST_OF_TERM.match(reading, name.end()) is not None


def _told(parties: Sequence[PartySpan], words_of: Callable[[PartySpan], Sequence[str]]) -> dict[str, str]:
    meant: dict[str, set[str]] = {}
    for party in parties:
        for word in filter(None, words_of(party)):
            meant.setdefault(word, set()).add(party.term or party.name)
    sure = {word: next(iter(labels)) for word, labels in meant.items() if len(labels) == 1}
    shared = {word: word for word in meant if word not in sure and word[:1].isupper()}  # "we" are nobody for certain
    return sure | shared


def _labels(parties: Sequence[PartySpan]) -> dict[str, str]:
    """Each word or name with the term of its party, else with itself. A word for several is a label of its own."""
    labels = {  # of one word the surest use counts
        **_told(parties, lambda party: party.aliases),
        **_told(parties, lambda party: (party.name,)),
        **_told(parties, lambda party: (party.term,)),
    }
    players: dict[str, set[str]] = {}
    for party in parties:
        players.setdefault(role_of(party.term), set()).add(party.term)
    for role, words in ROLE_CLASSES.items():
        playing = players.get(role, set())
        for word in words:
            title = word.title()
            alone = len(playing) == 1 and word not in THIRD_PERSONS
            labels.setdefault(title, next(iter(playing)) if alone else title)
    return labels
