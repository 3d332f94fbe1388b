from __future__ import annotations

from typing import Any

import pytest

from search.models import Hit
from search.playbook.cells import StandingKey, decisive_of, judge

SUPPORTED, NEGATED, SWAPPED = ("supported", 0.9), ("negated", 0.8), ("party_swapped", 0.7)
NEAR, RELATED = ("value", 0.9), ("unrelated", 0.9)


@pytest.mark.parametrize(
    ("verdicts", "complete", "standing", "words"),
    [
        ([SUPPORTED, NEAR, RELATED], True, "supported", "says it"),
        ([SUPPORTED], False, "supported", "says it"),  # what was not read cannot take it away
        ([SUPPORTED, SWAPPED], True, "supported", "says it"),  # a mutual pair of clauses
        ([SUPPORTED, NEGATED], True, "unclear", "another says the opposite"),
        ([("supported", 0.65), RELATED], True, "supported", "by a close call"),
        ([("supported", 0.65), SUPPORTED], True, "supported", "A clause says it."),
        ([("supported", 0.45), RELATED], True, "unclear", "not sure"),
        ([NEGATED, RELATED], True, "contradicted", "says the opposite"),
        ([SWAPPED, NEAR], True, "contradicted", "binds the other party"),
        ([("negated", 0.65)], True, "unclear", "comes near"),
        ([SUPPORTED, ("negated", 0.65)], True, "supported", "says it"),
        ([NEAR], True, "unclear", "comes near"),
        ([RELATED], True, "absent", "none says it"),
        ([], True, "absent", "none says it"),
        ([RELATED], False, "unclear", "Not every passage could be read"),
        ([NEGATED], False, "unclear", "Not every passage could be read"),
    ],
)
def test_what_the_verdicts_on_its_clauses_say_of_a_contract(
    verdicts: list[tuple[str, float]], complete: bool, standing: str, words: str
) -> None:
    key, reason = judge(verdicts, complete=complete)
    assert key == standing and words in reason


DOUBT = ({"code": "unknown_party", "text": "Another's contract."},)


def hit(label: str, probability: float, number: str, stable: bool | None = None, notices: Any = ()) -> Hit:
    return Hit(label=label, probabilities={label: probability}, number=number, stable=stable, notices=list(notices))


@pytest.mark.parametrize(
    ("key", "found", "number"),
    [
        ("supported", [hit("supported", 0.9, "1", False), hit("supported", 0.8, "2", True)], "2"),
        ("supported", [hit("supported", 0.9, "1", notices=DOUBT), hit("supported", 0.6, "2")], "2"),
        ("supported", [hit("supported", 0.9, "1", False), hit("supported", 0.4, "2", True)], "1"),
        ("contradicted", [hit("value", 0.99, "1"), hit("party_swapped", 0.9, "2"), hit("negated", 0.8, "3")], "3"),
        ("contradicted", [hit("party_swapped", 0.9, "1"), hit("negated", 0.6, "2")], "1"),
        ("unclear", [hit("value", 0.7, "1"), hit("unrelated", 0.9, "2")], "1"),
        ("absent", [hit("unrelated", 0.9, "1")], None),
    ],
)
def test_the_clause_that_decided_is_named(key: StandingKey, found: list[Hit], number: str | None) -> None:
    decisive = decisive_of(key, found)
    assert (decisive.number if decisive else None) == number
