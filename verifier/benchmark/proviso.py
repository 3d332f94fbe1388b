"""Proviso's verifier, as the search runs it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from verifier.benchmark.system import Prepared, Reading
from verifier.inference import Verifier, load_verifier
from verifier.types import LABELS, Pair


class Proviso:
    def __init__(self, weights: Path) -> None:
        self.verifier: Verifier = load_verifier(weights)

    def prepare(self, pairs: Sequence[Pair]) -> Prepared:
        def read() -> Reading:
            verdicts = self.verifier.verify(pairs)
            return Reading(
                scores=[verdict.probabilities["supported"] for verdict in verdicts],
                probabilities=[[verdict.probabilities[label] for label in LABELS] for verdict in verdicts],
                labels=[LABELS.index(verdict.label) for verdict in verdicts],
                evidence=[verdict.evidence for verdict in verdicts],
            )

        return Prepared(read, bytes_per_clause=0)  # clauses are read with the query; nothing is stored yet
