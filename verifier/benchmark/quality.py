"""How right predictions are: by label, by score, by phenomenon, and how far their probabilities can be believed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from verifier.benchmark.bootstrap import Measure
from verifier.benchmark.system import Predictions
from verifier.data.items import SUPPORTED
from verifier.metrics import accuracy, auroc, character_f1, false_support_at, macro_f1
from verifier.types import LABELS, Evidence

FLAGGED = tuple(label for label in LABELS if label != "supported")
RELIABILITY_BINS = 5  # of equally many items; more would hold too few


def measures_of(right: Sequence[int], predicted: Predictions) -> dict[str, Measure]:
    measures: dict[str, Measure] = {
        "auroc": _auroc(right, predicted),
        "false_support_at_90": _false_support(right, predicted),
    }
    for label in FLAGGED:
        measures[f"auroc_against_{label}"] = _auroc(right, predicted, LABELS.index(label))
    if predicted.labels is not None:
        measures |= _of_labels(right, predicted.labels)
    return measures


def _auroc(right: Sequence[int], predicted: Predictions, against: int | None = None) -> Measure:
    def measure(numbers: Sequence[int]) -> float:
        kept = [n for n in numbers if against is None or right[n] in (SUPPORTED, against)]
        return auroc([predicted.scores[n] for n in kept], [right[n] == SUPPORTED for n in kept])

    return measure


def _false_support(right: Sequence[int], predicted: Predictions) -> Measure:
    return lambda numbers: false_support_at(
        [predicted.scores[n] for n in numbers], [right[n] == SUPPORTED for n in numbers]
    )


def _of_labels(right: Sequence[int], predicted: Sequence[int]) -> dict[str, Measure]:
    def shown_right(label: int) -> Measure:
        def measure(numbers: Sequence[int]) -> float:
            mine = [(predicted[n] == SUPPORTED) == (label == SUPPORTED) for n in numbers if right[n] == label]
            return sum(mine) / len(mine) if mine else math.nan

        return measure

    measures: dict[str, Measure] = {
        "accuracy": lambda numbers: accuracy([right[n] for n in numbers], [predicted[n] for n in numbers]),
        "macro_f1": lambda numbers: macro_f1([right[n] for n in numbers], [predicted[n] for n in numbers], len(LABELS)),
        "supported_kept": shown_right(SUPPORTED),
    }
    return measures | {f"{label}_flagged": shown_right(LABELS.index(label)) for label in FLAGGED}


def confusion(right: Sequence[int], predicted: Sequence[int]) -> dict[str, dict[str, int]]:
    """right label -> predicted label -> items."""
    table: dict[str, Counter[str]] = {}
    for r, p in zip(right, predicted, strict=True):
        table.setdefault(LABELS[r], Counter())[LABELS[p]] += 1
    return {label: dict(row) for label, row in table.items()}


def errors_by_phenomenon(
    phenomena: Sequence[str], right: Sequence[int], predicted: Sequence[int]
) -> dict[str, dict[str, Any]]:
    """Most errors first; ``as`` counts what was taken for what."""
    rows: dict[str, dict[str, Any]] = {}
    for phenomenon, r, p in zip(phenomena, right, predicted, strict=True):
        row = rows.setdefault(phenomenon, {"items": 0, "wrong": 0, "as": Counter()})
        row["items"] += 1
        if r != p:
            row["wrong"] += 1
            row["as"][f"{LABELS[r]} as {LABELS[p]}"] += 1
    ordered = sorted(rows.items(), key=lambda row: (-row[1]["wrong"], -row[1]["items"]))
    return {name: {**row, "as": dict(row["as"].most_common())} for name, row in ordered}


def reliability(probabilities: Sequence[float], positive: Sequence[bool]) -> dict[str, Any]:
    """Bins of equally many items, lowest probability first, and the expected calibration error over them."""
    order = sorted(range(len(probabilities)), key=lambda n: probabilities[n])
    edges = [round(len(order) * step / RELIABILITY_BINS) for step in range(RELIABILITY_BINS + 1)]
    bins = []
    for start, end in pairwise(edges):
        mine = order[start:end]
        if mine:
            mean = sum(probabilities[n] for n in mine) / len(mine)
            bins.append({"items": len(mine), "probability": mean, "share": sum(positive[n] for n in mine) / len(mine)})
    error = sum(row["items"] * abs(row["probability"] - row["share"]) for row in bins) / len(order)
    return {"calibration_error": error, "bins": bins}


def evidence_overlap(items: Sequence[dict[str, Any]], evidence: Sequence[tuple[Evidence, ...]]) -> float:
    """Mean character F1 of the marked spans against the item's evidence, over items that have one."""
    scores = []
    for item, spans in zip(items, evidence, strict=True):
        start = item["clause"].find(item["evidence"]) if item["evidence"] else -1
        if start >= 0:
            right = [(start, start + len(item["evidence"]))]
            scores.append(character_f1(right, [(span.start, span.end) for span in spans]))
    return sum(scores) / len(scores) if scores else math.nan
