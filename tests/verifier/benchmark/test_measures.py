import math
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from verifier.benchmark.bootstrap import interval, mean_of, percentile, resamples
from verifier.benchmark.full_text import FullText
from verifier.benchmark.hybrid import fuse, ranks
from verifier.benchmark.quality import confusion, errors_by_phenomenon, measures_of, reliability
from verifier.benchmark.retrieval import RetrievalSet, measure_retrieval, ndcg, sample
from verifier.benchmark.system import Predictions, decided
from verifier.metrics import false_support_at
from verifier.types import LABELS

UNRELATED, SWAPPED, NEGATED = (LABELS.index(label) for label in ("unrelated", "party_swapped", "negated"))
SUPPORTED = LABELS.index("supported")


@pytest.mark.parametrize(
    ("ranked", "gains", "expected"),
    [
        (["a", "b"], {"a": 1.0, "b": 1.0}, 1.0),
        (["x", "a"], {"a": 1.0}, 1 / math.log2(3)),
        (["b", "a"], {"a": 3.0, "b": 1.0}, (1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3))),
        (["x", "y"], {"a": 1.0}, 0.0),
        (["x"] * 10 + ["a"], {"a": 1.0}, 0.0),  # the eleventh place does not count
        ([f"r{n}" for n in range(10)], {f"r{n}": 1.0 for n in range(30)}, 1.0),  # ten of thirty is all that ten can be
    ],
)
def test_ndcg(ranked: list[str], gains: dict[str, float], expected: float) -> None:
    assert ndcg(ranked, gains) == pytest.approx(expected)


def test_ndcg_needs_something_relevant() -> None:
    assert math.isnan(ndcg(["a"], {}))


@pytest.mark.parametrize(("share", "expected"), [(0.0, 1.0), (0.5, 3.0), (1.0, 5.0), (0.625, 3.5)])
def test_percentile(share: float, expected: float) -> None:
    assert percentile([1.0, 2.0, 3.0, 4.0, 5.0], share) == expected


def test_resamples_draw_whole_groups() -> None:
    groups = ["a", "a", "b", "c", "c", "c"]
    members = {"a": [0, 1], "b": [2], "c": [3, 4, 5]}
    drawn = resamples(groups, count=50, seed=3)
    assert drawn == resamples(groups, count=50, seed=3) != resamples(groups, count=50, seed=4)
    for numbers in drawn:
        times = {group: numbers.count(of_group[0]) for group, of_group in members.items()}
        assert sum(times.values()) == 3
        assert sorted(numbers) == sorted(n for group, count in times.items() for n in members[group] * count)


def test_interval_holds_the_true_mean_of_independent_items_19_times_of_20() -> None:
    rng = random.Random(0)
    held = 0
    for trial in range(100):
        values = [rng.gauss(1.0, 2.0) for _ in range(40)]
        found = interval(mean_of(values), 40, resamples([str(n) for n in range(40)], 200, seed=trial))
        held += found.low <= 1.0 <= found.high
    assert 88 <= held <= 99


def test_interval_of_grouped_items_is_wider() -> None:
    values = [float(n // 10 % 2) for n in range(100)]  # ten groups of ten items that are alike
    alone = interval(mean_of(values), 100, resamples([str(n) for n in range(100)]))
    grouped = interval(mean_of(values), 100, resamples([str(n // 10) for n in range(100)]))
    assert alone.value == grouped.value == 0.5
    assert grouped.high - grouped.low > 2 * (alone.high - alone.low)


def test_interval_leaves_out_what_is_not_defined() -> None:
    found = interval(lambda numbers: math.nan if 0 in numbers else 1.0, 2, [[0, 1], [1, 1]])
    assert math.isnan(found.value) and found.low == found.high == 1.0


def test_ranks_and_fusion() -> None:
    assert ranks(np.array([0.1, 0.9, 0.5, 0.9])).tolist() == [4, 1, 3, 1]
    fused = fuse([np.array([3.0, 2.0, 1.0]), np.array([1.0, 3.0, 2.0])])
    assert fused == pytest.approx([1 / 61 + 1 / 63, 1 / 62 + 1 / 61, 1 / 63 + 1 / 62])


def test_full_text_prefers_rare_words_and_short_texts() -> None:
    texts = [
        "The Supplier shall pay",
        "The Supplier shall indemnify",
        "The Supplier shall indemnify and and and and and",
    ]
    scores = FullText(texts).scores("supplier INDEMNIFY, unknownword")
    assert scores[1] > scores[2] > scores[0] > 0
    # "indemnify" is in two of three texts of 4, 4 and 9 words
    damper = 1.2 * (0.25 + 0.75 * 4 / (17 / 3))
    alone = FullText(texts).scores("indemnify")[1]
    assert alone == pytest.approx(math.log(1 + 1.5 / 2.5) * 2.2 / (1 + damper))


def test_quality_by_hand() -> None:
    right = [SUPPORTED, SUPPORTED, SWAPPED, SWAPPED, NEGATED]
    rows = [[0.0] * 7 for _ in right]
    for row, (label, share) in zip(rows, [(6, 0.9), (1, 0.7), (1, 0.8), (6, 0.6), (2, 0.9)], strict=True):
        row[label] = share
    predicted = decided([0.9, 0.3, 0.1, 0.6, 0.2], rows)
    assert predicted.labels == [6, 1, 1, 6, 2]
    found = {name: measure(range(5)) for name, measure in measures_of(right, predicted).items()}
    assert found["accuracy"] == 0.6
    assert found["auroc"] == pytest.approx(5 / 6) and found["auroc_against_party_swapped"] == 0.75
    assert found["auroc_against_negated"] == 1.0 and math.isnan(found["auroc_against_value"])
    assert found["supported_kept"] == 0.5 and found["party_swapped_flagged"] == 0.5 and found["negated_flagged"] == 1.0
    assert found["false_support_at_90"] == pytest.approx(1 / 3)  # the threshold is .3; .6 passes
    assert measures_of(right, predicted)["accuracy"]([0, 0, 1]) == pytest.approx(2 / 3)
    assert confusion(right, predicted.labels)["party_swapped"] == {"party_swapped": 1, "supported": 1}


def test_systems_without_labels_have_no_accuracy() -> None:
    assert not {"accuracy", "macro_f1", "supported_kept"} & measures_of([SUPPORTED], Predictions([1.0])).keys()


def test_false_support_needs_both_kinds() -> None:
    assert math.isnan(false_support_at([0.5], [True])) and math.isnan(false_support_at([0.5], [False]))


def test_errors_by_phenomenon() -> None:
    found = errors_by_phenomenon(["passive", "mutual", "passive"], [6, 6, 1], [1, 6, 6])
    assert list(found) == ["passive", "mutual"]
    assert found["passive"] == {
        "items": 2,
        "wrong": 2,
        "as": {"supported as party_swapped": 1, "party_swapped as supported": 1},
    }
    assert found["mutual"] == {"items": 1, "wrong": 0, "as": {}}


def test_reliability() -> None:
    probabilities = [0.1] * 4 + [0.9] * 6
    assert reliability(probabilities, [False] * 4 + [True] * 6)["calibration_error"] == pytest.approx(0.1)
    found = reliability(probabilities, [True] * 4 + [False] * 6)
    assert found["calibration_error"] == pytest.approx(0.9)
    assert [row["items"] for row in found["bins"]] == [2] * 5 and found["bins"][0]["share"] == 1.0


def test_a_sample_keeps_what_is_relevant() -> None:
    documents = {f"d{n}": "text" for n in range(100)}
    gains = {f"q{n}": {f"d{n}": 1.0} for n in range(20)}
    judged = {f"q{n}": {f"d{n}", f"d{n + 50}"} for n in range(20)}
    some = sample(RetrievalSet("set", documents, dict.fromkeys(gains, "text"), gains, judged), queries=5, documents=30)
    assert len(some.queries) == 5 and len(some.documents) == 30
    assert {document for query in some.queries for document in some.gains[query]} <= some.documents.keys()
    assert some.judged is not None and all(some.judged[query] <= judged[query] for query in some.queries)


def test_only_what_was_judged_is_ranked(tmp_path: Path) -> None:
    documents = {"a": "pay the fee", "b": "pay pay pay", "c": "keep records"}
    collection = RetrievalSet("set", documents, {"q": "pay"}, {"q": {"a": 1.0}}, {"q": {"a", "c"}})
    assert measure_retrieval(collection, {}, tmp_path)["BM25"]["ndcg_at_10"].value == 1.0
    everything = replace(collection, judged=None)
    assert measure_retrieval(everything, {}, tmp_path)["BM25"]["ndcg_at_10"].value < 1.0
