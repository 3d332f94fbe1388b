"""What a question asks and what a passage says, as statements with a bearer, an action and conditions.

The verdict is the verifier's alone. Here its words are only found again, to be shown and set side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contracts.text.number_words import CARDINAL
from contracts.text.obligations import find_obligations
from contracts.text.types import ObligationSpan, PartySpan
from verifier.parties import mentioned, neutralise
from verifier.types import Party, Verdict

# What follows such a word, up to the next comma or stop; a full stop inside "9.2" is none.
CONDITION = re.compile(
    r"\b(?:except(?:\s+(?:for|as|that|to|where|in))?|unless|other\s+than|save\s+(?:for|that|as|where|in)|excluding|"
    r"subject\s+to|provided\s*,?\s*(?:however\s*,?\s*)?that|(?:only\s+)?if|only\s+(?:when|where|after|with)|"
    r"to\s+the\s+extent|so\s+long\s+as|notwithstanding|without\s+prejudice\s+to)\b(?:[^,;.]|\.(?=\d)){1,160}",
    re.I,
)
NEGATION = re.compile(r"\b(?:not|no|never|neither|nor|none|cannot|nothing)\b", re.I)
# Here nothing is denied.
IDLE_NEGATION = re.compile(
    r"\b(?:(?:but\s+)?not\s+limited\s+to|whether\s+or\s+not|no(?:t)?\s+(?:later|less|more)\s+than)\b", re.I
)
_NUMBER = rf"(?:\d[\d,.]*|{CARDINAL})"
VALUE = re.compile(
    rf"(?:US\$|USD|EUR|GBP|[$€£])\s?\d[\d,.]*\d?(?:\s?(?:thousand|million|billion))?"
    rf"|\b{_NUMBER}(?:\s*\(\d+\))?\s*(?:%|per\s?cent\b)"
    rf"|\b{_NUMBER}(?:\s*\(\d+\))?\s+(?:(?:business|calendar|working)\s+)?(?:day|week|month|year|hour|minute)s?\b",
    re.I,
)
_NO_VERB = r"the|its|any|all|each|that|a|an|in|at|by|on|upon|for|from|with|without|within|during|if|as|to|also|then"
_VERB = rf"(?:be\s+|have\s+)?(?:\w+ly\s+)?(?!(?:{_NO_VERB})\b)[a-z]+"
_ASIDE = (
    r"(?:in addition|at all times|from time to time|also|then"
    r"|at (?:its|his|her|their) (?:own |sole |reasonable )*(?:option|cost|costs|expense|discretion))[\s,]+"
)
ACTION = re.compile(
    rf"[\s,]*(?:{_ASIDE})*(?P<verbs>{_VERB}(?:,\s*{_VERB}(?=,|\s+and\b)){{0,4}}(?:,?\s+(?:and|or)\s+{_VERB}(?=\s+(?:the|harmless)\b))?)"
)
_DENIED = re.compile(r"\s*(?:does|do|is|are|has|have)\s+not\b|\s*(?:never|cannot)\b", re.I)


@dataclass(frozen=True, slots=True)
class Statement:
    bearer: str  # a party's term; "" when the words do not say
    action: str
    counterparty: str
    modality: str
    conditions: tuple[str, ...]
    values: tuple[str, ...]
    mutual: bool = False


def name_parties(text: str, parties: Sequence[Party], *, query: bool) -> str:
    """Parties called by their terms: "vendor indemnifies Harbour Retail" -> "Supplier indemnifies Customer"."""
    return neutralise(text, parties, [party.term or party.name for party in parties], query=query).text


def party_spans(parties: Sequence[Party]) -> list[PartySpan]:
    return [PartySpan(party.name, party.term, party.aliases, 0, 0) for party in parties]


def asked_statement(query: str, parties: Sequence[Party]) -> Statement | None:
    """Of a question in the present tense too ("Supplier indemnifies Customer"); None when it names nobody who acts."""
    named = name_parties(query, parties, query=True).rstrip(" .?;")
    obligations = find_obligations(named, party_spans(parties))
    if obligations:
        return statement_of(named, obligations[0])
    terms = [parties[index].term or parties[index].name for index in mentioned(named, parties, query=True)]
    places = sorted((named.find(term), term) for term in terms if term in named)
    if not places or places[0][0] > len("The "):
        return None
    start, bearer = places[0]
    rest = named[start + len(bearer) :]
    if rest[:1] in "'’":
        return None  # "Customer's data" does nothing
    denied = _DENIED.match(rest)
    action = rest[denied.end() if denied else 0 :].strip()
    counterparty = next((term for _, term in places[1:] if term != bearer), "")
    modality = "prohibition" if denied else "obligation"
    return Statement(bearer, _bare(action), counterparty, modality, _found(CONDITION, named), _found(VALUE, named))


def statement_of(text: str, obligation: ObligationSpan) -> Statement:
    return Statement(
        obligation.bearer,
        _bare(obligation.action),
        obligation.counterparty,
        obligation.modality,
        _found(CONDITION, text),
        _found(VALUE, text),
        obligation.mutual,
    )


def decisive_statement(obligations: Sequence[ObligationSpan], query: str, verdict: Verdict) -> ObligationSpan | None:
    """The statement that shares most words with the question, or most evidence; None when nothing points to one."""
    asked = stems(query)

    def points(obligation: ObligationSpan) -> tuple[int, float]:
        start, end = obligation.start, obligation.action_end
        evidence = sum(e.weight for e in verdict.evidence if e.start < end and e.end > start)
        return len(asked & stems(obligation.action)), evidence

    best = max(obligations, key=points, default=None)
    return best if best is not None and (len(obligations) == 1 or any(points(best))) else None


def stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{4,}", text.lower())}


def mark_statement(reading: str, obligation: ObligationSpan) -> Iterator[tuple[int, int, str]]:
    """(start, end, mark): who is bound, the binding words, what is to be done."""
    if obligation.bearer_start is not None and obligation.bearer_end is not None:
        yield obligation.bearer_start, obligation.bearer_end, "bearer"
    negative = obligation.modality in ("prohibition", "no_obligation")
    yield obligation.start, obligation.end, "negation" if negative else "modal"
    if action := ACTION.match(reading, obligation.end):
        yield *action.span("verbs"), "action"


def mark_limits(reading: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, mark): words that deny, and exceptions and conditions."""
    idle = [match.span() for match in IDLE_NEGATION.finditer(reading)]
    for match in NEGATION.finditer(reading):
        if not any(start <= match.start() < end for start, end in idle):
            yield *match.span(), "negation"
    for match in CONDITION.finditer(reading):
        yield match.start(), match.start() + len(match.group().rstrip()), "exception"


def _bare(action: str) -> str:
    """Without the conditions, which are said apart."""
    return " ".join(CONDITION.sub("", action).split()).strip(" ,;:")


def _found(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(match.group().split()) for match in pattern.finditer(text)))
