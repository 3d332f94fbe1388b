import pytest
import torch

from verifier.calibrate import supported_kept
from verifier.calibration import BANDS, fit_temperature, reliability, share_from, support_threshold, wilson
from verifier.types import LABELS


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [(0, 0, 0.0, 1.0), (8, 10, 0.490, 0.943), (0, 10, 0.0, 0.278), (81, 263, 0.255, 0.366)],
)
def test_wilson(right: int, total: int, low: float, high: float) -> None:
    assert wilson(right, total) == pytest.approx((low, high), abs=0.001)


def test_the_temperature_undoes_what_was_multiplied() -> None:
    torch.manual_seed(0)
    logits = torch.randn(4000, 3)
    targets = torch.distributions.Categorical(logits=logits).sample()
    assert fit_temperature(2.5 * logits, targets) == pytest.approx(2.5, rel=0.1)


def test_bands_hold_every_verdict_once_from_the_lowest_probability() -> None:
    confidences = [i / 100 for i in range(100)]
    bands = reliability(confidences, [c >= 0.5 for c in confidences])
    assert len(bands) == BANDS and sum(band.shown for band in bands) == 100
    assert [band.right for band in bands] == [0, 0, 0, 16, 17, 17]
    assert bands[0].at_least == 0.0 and bands[3].at_least == 0.5


def test_the_threshold_is_the_lowest_with_few_enough_wrong() -> None:
    support = [1 - i / 100 for i in range(100)]
    supported = [i < 40 for i in range(100)]  # 40 of the first 44 are nine tenths
    assert support_threshold(support, supported) == pytest.approx(0.57)
    share = share_from(support_threshold(support, supported), support, supported)
    assert (share.shown, share.right, share.at_least) == (44, 40, 0.57)
    assert support_threshold(support, supported, wrong_share=0.2) == pytest.approx(0.51)  # 40 of 50


def test_where_nothing_is_good_enough_the_least_wrong_is_taken() -> None:
    support, supported = [1 - i / 100 for i in range(60)], [i % 2 == 0 for i in range(60)]
    share = share_from(support_threshold(support, supported), support, supported)
    assert share.right / share.shown < 0.8 and share.shown < 60


def test_what_is_kept_counts_supported_queries_alone() -> None:
    unrelated, negated, supported = LABELS.index("unrelated"), LABELS.index("negated"), LABELS.index("supported")
    predicted = [supported] * 8 + [negated, unrelated] + [supported] * 5
    share = supported_kept(predicted, [supported] * 10 + [negated] * 5)
    assert (share.shown, share.right, share.low, share.high) == (10, 8, 0.49, 0.943)


def test_nothing_held_out_says_nothing() -> None:
    assert (supported_kept([], []).shown, supported_kept([], []).high) == (0, 1.0)
    assert support_threshold([], []) == 0.0
