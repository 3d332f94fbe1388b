import re

import pytest
import torch

from verifier.evidence import evidence_spans
from verifier.marker import Marker
from verifier.parties import neutralise
from verifier.types import Party

PARTIES = (Party("Northgate Ltd", "Supplier"),)


CLAUSE = (
    "The Supplier shall not assign this agreement; (a) it may, however, subcontract with consent, provided that it "
    "remains liable. Rent is due monthly."
)


def marked(odds_of: dict[str, float]) -> list[str]:
    """What is marked when each word has these log-odds, -3 unless told, and the marks at both ends the most of all."""
    neutral = neutralise(CLAUSE, PARTIES, query=False)
    words = list(re.finditer(r"\w+", neutral.text))
    odds = [9.0, *(odds_of.get(word.group(), -3.0) for word in words), 9.0]
    offsets = [(0, 0), *(word.span() for word in words), (0, 0)]
    return [CLAUSE[span.start : span.end] for span in evidence_spans(odds, offsets, neutral)]


@pytest.mark.parametrize(
    ("odds_of", "stretches"),
    [
        ({"Alice": 1.0, "shall": 1.0, "not": 2.0, "assign": 1.0}, ["The Supplier shall not assign"]),
        ({"not": 2.0, "agreement": 2.0}, ["not", "agreement"]),  # what is between speaks against
        ({"not": 2.0, "assign": -1.5, "this": -1.5, "agreement": 2.0}, ["not assign this agreement"]),
        ({"subcontract": 2.0, "Rent": 2.0, "monthly": 1.9}, ["subcontract", "Rent"]),
        ({"subcontract": 4.0, "Rent": 0.0}, ["subcontract"]),
        ({}, []),
    ],
)
def test_the_stretch_that_gains_most_is_marked(odds_of: dict[str, float], stretches: list[str]) -> None:
    assert marked(odds_of) == stretches


def test_a_word_is_marked_whole() -> None:
    neutral = neutralise("It may sub-contract indemnification.", (), query=False)
    spans = evidence_spans([-5, -5, 3, -5], [(0, 2), (3, 6), (24, 27), (35, 36)], neutral)
    assert [neutral.text[span.start : span.end] for span in spans] == ["indemnification"]


def test_the_weight_is_how_sure_its_words_are() -> None:
    neutral = neutralise("It shall pay", (), query=False)
    (span,) = evidence_spans([-5.0, 0.0, 0.0], [(0, 2), (3, 8), (9, 12)], neutral)
    assert (span.start, span.end, span.weight) == (3, 12, 0.5)


def test_attention_counts_beside_that_of_the_other_words_of_the_clause() -> None:
    """Twice the attention to all words tells nothing; padding and end marks neither give nor get."""
    marker = Marker(heads=1)
    marker.weight.data[0] = 1.0
    attention = torch.tensor([[[0.9, 0.1, 0.2, 0.9, 0.0]], [[0.9, 0.2, 0.4, 0.1, 0.9]]])
    mask = torch.tensor([[True, True, True, True, False], [True] * 5])
    with torch.inference_mode():
        odds = marker(attention, mask)
        alone = marker(attention[:1, :, :4], mask[:1, :4])
    assert torch.allclose(odds[:1, :4], alone)
    assert odds[0, 2] > 0 > odds[0, 1] and odds[0, 0] == 0
    assert torch.allclose(odds[0, 2] - odds[0, 1], odds[1, 2] - odds[1, 1])
