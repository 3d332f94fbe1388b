"""Leak test: a classifier that sees only the query, or only the clause, must stay near the majority rate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from verifier.benchmark.bootstrap import intervals, resamples
from verifier.benchmark.quality import measures_of
from verifier.benchmark.system import decided
from verifier.data.items import SUPPORTED, Group
from verifier.types import LABELS

SIDES = ("query", "clause")


def measure_leak(groups: Sequence[Group], items: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """TF-IDF and logistic regression, learnt from ``groups`` and measured on ``items``."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    asked = [(group, question) for group in groups for question in group.questions]
    texts = {"query": [question.text for _, question in asked], "clause": [group.clause for group, _ in asked]}
    labels = [question.allowed[0] for _, question in asked]
    right = [LABELS.index(item["label"]) for item in items]
    drawn = resamples([item["group"] for item in items])
    report: dict[str, Any] = {"majority": max(right.count(label) for label in set(right)) / len(right)}
    for side in SIDES:
        classifier = make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True), LogisticRegression(max_iter=500)
        )
        classifier.fit(texts[side], labels)
        known = classifier.predict_proba([item[side] for item in items])
        place = {label: column for column, label in enumerate(classifier.classes_)}
        rows = [[float(row[place[n]]) if n in place else 0.0 for n in range(len(LABELS))] for row in known]
        measures = measures_of(right, decided([row[SUPPORTED] for row in rows], rows))
        report[side] = intervals({name: measures[name] for name in ("accuracy", "auroc")}, len(right), drawn)
    return report
