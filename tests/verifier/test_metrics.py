import math

import pytest

from verifier.metrics import accuracy, auroc, false_support_at, macro_f1


def test_accuracy() -> None:
    assert accuracy([0, 1, 2, 2], [0, 1, 1, 2]) == 0.75


def test_macro_f1_by_hand() -> None:
    # class 0: 1 hit of 1 wanted, 1 given -> 1; class 1: 1 of 1, 2 given -> 2/3; class 2: 1 of 2, 1 given -> 2/3
    assert macro_f1([0, 1, 2, 2], [0, 1, 1, 2], 3) == pytest.approx((1 + 2 / 3 + 2 / 3) / 3)


@pytest.mark.parametrize(
    ("scores", "positive", "expected"),
    [
        ([0.9, 0.8, 0.1], [True, True, False], 1.0),
        ([0.1, 0.9], [True, False], 0.0),
        ([0.5, 0.5], [True, False], 0.5),
        ([0.9, 0.4, 0.6, 0.1], [True, True, False, False], 0.75),  # three of four pairs in order
    ],
)
def test_auroc(scores: list[float], positive: list[bool], expected: float) -> None:
    assert auroc(scores, positive) == expected


def test_auroc_needs_both_kinds() -> None:
    assert math.isnan(auroc([0.1, 0.2], [True, True]))


def test_false_support_at() -> None:
    scores = [0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.1, 0.58, 0.5]
    positive = [True] * 10 + [False] * 2
    # keeping nine of ten supported puts the threshold at .55; of the others only .58 passes
    assert false_support_at(scores, positive, kept=0.9) == 0.5
