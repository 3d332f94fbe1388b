"""Label-keeping and label-changing variants of hand-written items, drawn afresh at every use."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from verifier.data.items import SUPPORTED, Group, Question
from verifier.parties import NEUTRAL_NAMES, mentioned, neutralise
from verifier.types import LABELS

SWAPPED = LABELS.index("party_swapped")
_MUTUAL = re.compile(
    r"\b(?:each|either|neither|both|the other|another|respective|mutual(?:ly)?)\b(?:\s+\w+)?\s*part(?:y|ies)\b"
    r"|\bmutual|\bother part|\bsuch part|\bparties (?:shall|agree|will)|\b(?:receiving|disclosing) party",
    re.IGNORECASE,
)


def neutral_names(rng: random.Random) -> list[str]:
    names = list(NEUTRAL_NAMES)
    rng.shuffle(names)
    return names


def render(group: Group, rng: random.Random, *, raw_share: float = 0.1, exchange_share: float = 0.25) -> Group:
    """The group as the model reads it: parties renamed at random and, for some queries, exchanged.

    A small share keeps the contract's own names, for callers that know no parties. Exchanging the two parties in the
    query alone turns ``supported`` into ``party_swapped`` and back, unless the clause is mutual or has other parties.
    """
    if not group.parties or rng.random() < raw_share:
        return group
    names = neutral_names(rng)
    exchanged = [names[1], names[0], *names[2:]]
    may_exchange = len(group.parties) == 2 and not _MUTUAL.search(group.clause)
    questions = []
    for question in group.questions:
        new = _exchanged_label(question) if may_exchange and rng.random() < exchange_share else None
        if new is not None and mentioned(question.text, group.parties, query=True):
            text = neutralise(question.text, group.parties, exchanged, query=True).text
            questions.append(Question(text, (new,), weight=0.6))
        else:
            text = neutralise(question.text, group.parties, names, query=True).text
            questions.append(Question(text, question.allowed, question.weight))
    clause = neutralise(group.clause, group.parties, names, query=False).text
    return replace(group, clause=clause, questions=tuple(questions))


def _exchanged_label(question: Question) -> int | None:
    match question.allowed:
        case (label,) if label in (SUPPORTED, SWAPPED):
            return SWAPPED if label == SUPPORTED else SUPPORTED
    return None
