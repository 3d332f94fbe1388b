import re

import pytest

from verifier.evidence import evidence_spans
from verifier.parties import neutralise
from verifier.types import Party

PARTIES = (Party("Northgate Ltd", "Supplier"),)


CLAUSE = (
    "The Supplier shall not assign this agreement; (a) it may, however, subcontract with consent, provided that it "
    "remains liable. Rent is due monthly."
)


def marked(clause: str, weight_of: dict[str, float]) -> list[str]:
    """What is marked when each word gets its weight, 0.1 unless told."""
    neutral = neutralise(clause, PARTIES, query=False)
    words = list(re.finditer(r"\w+", neutral.text))
    attention = [5.0, *(weight_of.get(word.group(), 0.1) for word in words), 5.0]  # the marks at both ends do not count
    offsets = [(0, 0), *(word.span() for word in words), (0, 0)]
    return [clause[span.start : span.end] for span in evidence_spans(attention, offsets, neutral)]


@pytest.mark.parametrize(
    ("weight_of", "parts"),
    [
        ({"not": 2.0}, ["The Supplier shall not assign this agreement;"]),
        ({"liable": 2.0}, ["provided that it remains liable."]),
        ({"consent": 2.0, "monthly": 1.9}, ["(a) it may, however, subcontract with consent,", "Rent is due monthly"]),
        ({"consent": 2.0, "monthly": 0.4}, ["(a) it may, however, subcontract with consent,"]),
        ({}, []),
    ],
)
def test_the_part_that_gets_most_attention_is_marked(weight_of: dict[str, float], parts: list[str]) -> None:
    assert marked(CLAUSE, weight_of) == parts


def test_one_sentence_is_its_own_evidence() -> None:
    assert marked("The Supplier shall pay.", {"pay": 1.0}) == ["The Supplier shall pay"]
