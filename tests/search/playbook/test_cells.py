from __future__ import annotations

import pytest

from search.playbook.cells import judge

SUPPORTED, NEGATED, SWAPPED = ("supported", 0.9), ("negated", 0.8), ("party_swapped", 0.7)
NEAR, RELATED = ("value", 0.9), ("unrelated", 0.9)


@pytest.mark.parametrize(
    ("verdicts", "complete", "standing", "words"),
    [
        ([SUPPORTED, NEAR, RELATED], True, "supported", "says it"),
        ([SUPPORTED], False, "supported", "says it"),  # what was not read cannot take it away
        ([SUPPORTED, SWAPPED], True, "supported", "says it"),  # a mutual pair of clauses
        ([SUPPORTED, NEGATED], True, "unclear", "another says the opposite"),
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
