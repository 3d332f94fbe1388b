"""Label-keeping and label-changing variants of hand-written items, drawn afresh at every use."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from verifier.data.items import SUPPORTED, Group, Question
from verifier.parties import Side, mentioned, neutral_names, neutralise, with_role_players
from verifier.types import LABELS

SWAPPED = LABELS.index("party_swapped")
_MUTUAL = re.compile(
    r"\b(?:each|either|neither|both|the other|another|respective|mutual(?:ly)?)\b(?:\s+\w+)?\s*part(?:y|ies)\b"
    r"|\bmutual|\bother part|\bsuch part|\bparties (?:shall|agree|will)|\b(?:receiving|disclosing) party",
    re.IGNORECASE,
)


def render(
    group: Group, rng: random.Random, *, first: Side = "query", raw_share: float = 0.05, exchange_share: float = 0.4
) -> list[Group]:
    """The group as a model reads it that names parties by ``first``: one group for each naming of the clause.

    A small share keeps the contract's own names, for callers that know no parties. A share of the queries is asked with
    its two parties exchanged as well: that turns ``supported`` into ``party_swapped`` and back, unless the clause is
    mutual or has other parties. Where the names follow the query, an exchange is seen in the clause.
    """
    if not group.parties or rng.random() < raw_share:
        return [group]
    parties = with_role_players(group.clause, group.parties)
    may_exchange = len(group.parties) == len(parties) == 2 and not is_mutual(group.clause)
    of_clause: dict[str, list[Question]] = {}

    def add(question: Question, asked: Sequence[str], found: Sequence[str]) -> None:
        clause = neutralise(group.clause, parties, found, query=False).text
        text = neutralise(question.text, parties, asked, query=True).text
        of_clause.setdefault(clause, []).append(replace(question, text=text))

    for question in group.questions:
        names = neutral_names(question.text, group.clause, parties, first)
        add(question, names, names)
        label = _exchanged_label(question) if may_exchange and rng.random() < exchange_share else None
        if label is not None and mentioned(question.text, parties, query=True):
            turned = Question(question.text, (label,), weight=0.6)
            add(turned, *((names, names[::-1]) if first == "query" else (names[::-1], names)))
    return [replace(group, clause=clause, questions=tuple(asked)) for clause, asked in of_clause.items()]


def is_mutual(clause: str) -> bool:
    return _MUTUAL.search(clause) is not None


def _exchanged_label(question: Question) -> int | None:
    match question.allowed:
        case (label,) if label in (SUPPORTED, SWAPPED):
            return SWAPPED if label == SUPPORTED else SUPPORTED
    return None
