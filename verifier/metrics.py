"""Measures of a verifier. Plain lists in, one float out."""

from __future__ import annotations

from collections.abc import Sequence


def accuracy(right: Sequence[int], predicted: Sequence[int]) -> float:
    return sum(r == p for r, p in zip(right, predicted, strict=True)) / len(right)


def macro_f1(right: Sequence[int], predicted: Sequence[int], classes: int) -> float:
    """Mean F1 over the classes that occur in ``right``."""
    scores = []
    for label in range(classes):
        hits = sum(r == p == label for r, p in zip(right, predicted, strict=True))
        wanted, given = list(right).count(label), list(predicted).count(label)
        if wanted:
            scores.append(2 * hits / (wanted + given))
    return sum(scores) / len(scores)


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """Probability that a positive scores above a negative, ties half (Mann-Whitney). NaN without both kinds."""
    order = sorted(range(len(scores)), key=lambda i: scores[i])
    rank_sum, start = 0.0, 0
    while start < len(order):
        end = start
        while end < len(order) and scores[order[end]] == scores[order[start]]:
            end += 1
        rank = (start + end + 1) / 2  # mean of ranks start+1 .. end
        rank_sum += rank * sum(positive[order[i]] for i in range(start, end))
        start = end
    positives = sum(positive)
    negatives = len(scores) - positives
    if not positives or not negatives:
        return float("nan")
    return (rank_sum - positives * (positives + 1) / 2) / (positives * negatives)


def false_support_at(scores: Sequence[float], positive: Sequence[bool], kept: float = 0.9) -> float:
    """Share of the others that pass as supported at the threshold that keeps ``kept`` of the supported.

    NaN without both kinds.
    """
    wanted = sorted((s for s, p in zip(scores, positive, strict=True) if p), reverse=True)
    if not 0 < len(wanted) < len(scores):
        return float("nan")
    threshold = wanted[min(len(wanted) - 1, max(0, round(kept * len(wanted)) - 1))]
    others = [s for s, p in zip(scores, positive, strict=True) if not p]
    return sum(s >= threshold for s in others) / len(others)


def character_f1(right: Sequence[tuple[int, int]], marked: Sequence[tuple[int, int]]) -> float:
    """Of characters, in stretches from start to end: those in both, twice, by those of each."""
    wanted, given = ({i for start, end in spans for i in range(start, end)} for spans in (right, marked))
    return 2 * len(wanted & given) / (len(wanted) + len(given)) if wanted or given else 1.0
