"""Which flagged items of a list stand under the item that supports."""

from __future__ import annotations

import pytest

from contracts.models import Clause, Passage
from search.models import Hit
from search.provisions import fold_items
from tests.fakes import FakeVerifier

# Clauses by number, with what it is an item of, its heading and its verdict; which of them stand under which.
LIST = [("11.1", "", "", "unrelated"), ("11.1(a)", "11.1", "", "supported"), ("11.1(b)", "11.1", "", "negated")]
TABLE: list[tuple[list[tuple[str, ...]], dict[str, str]]] = [
    (LIST, {"11.1(b)": "11.1(a)"}),
    ([*LIST[:2], ("11.1(b)", "11.1", "Audit", "negated")], {}),  # with a heading it is a provision of its own
    ([*LIST, ("11.1(c)", "11.1", "", "supported")], {"11.1(b)": "11.1(a)"}),  # the first
    ([LIST[0], LIST[2], ("11.1(a)", "11.1", "", "supported .6")], {}),  # a close call folds nothing
    ([("11.1", "", "", "modality"), LIST[1]], {"11.1": "11.1(a)"}),  # what leads in the list
    ([("11.1", "", "", "supported"), LIST[2]], {"11.1(b)": "11.1"}),
    ([*LIST, ("11.1(a)(i)", "11.1(a)", "", "value")], {"11.1(b)": "11.1(a)", "11.1(a)(i)": "11.1(a)"}),
    ([LIST[0], ("11.2", "", "", "supported"), LIST[2]], {}),  # another clause
    ([("", "", "", "unrelated"), ("(a)", "", "", "supported"), ("(b)", "", "", "negated")], {}),  # what list is it?
    ([*LIST[:2], ("11.1(b)", "11.1", "", "not_verified")], {}),  # only what is flagged
    ([*LIST[:2], ("11.1(b)", "11.1", "", "supported")], {}),  # a duty of its own
    ([*LIST[:2], ("11.1(b)", "11.1", "condition", "supported .6")], {"11.1(b)": "11.1(a)"}),
    # The first of them, sure or not
    (
        [LIST[0], *((f"11.1({x})", "11.1", "condition", "supported .6") for x in "cab")],
        {"11.1(a)": "11.1(c)", "11.1(b)": "11.1(c)"},
    ),
]


@pytest.mark.parametrize(("rows", "expected"), TABLE)
def test_flagged_items_stand_under_the_first_that_surely_supports(
    fake_verifier: FakeVerifier, rows: list[tuple[str, ...]], expected: dict[str, str]
) -> None:
    keys = {number: key for key, (number, *_) in enumerate(rows, start=1)}
    passages, hits = [], []
    for number, parent, heading, verdict in rows:
        clause = Clause(pk=keys[number], number=number, heading=heading, parent_id=keys.get(parent or "none"))
        label, probability = [*verdict.split(), ".9"][:2]
        reading = f"Licensor shall indemnify, provided that: {number[4:]} x" if heading == "condition" else ""
        clause.heading = "" if heading == "condition" else heading
        passages.append(Passage(clause=clause, reading=reading))
        hits.append(Hit(rank=keys[number], label=label, probabilities={label: float(probability)}))
    fold_items(passages, hits)
    numbers = {key: number for number, key in keys.items()}
    assert {numbers[hit.rank]: numbers[hit.under] for hit in hits if hit.under} == expected
