"""Proviso's verifier, as the search runs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from verifier.benchmark.system import Predictions, Prepared
from verifier.inference import Verifier, load_verifier
from verifier.types import LABELS, Pair


class InMemory:
    """What was read of clauses, as long as this lives."""

    def __init__(self) -> None:
        self.codes: dict[str, bytes] = {}

    def find(self, keys: Sequence[str]) -> dict[str, bytes]:
        return {key: self.codes[key] for key in keys if key in self.codes}

    def keep(self, codes: Mapping[str, bytes], wanted_by: Mapping[str, int]) -> None:
        self.codes.update(codes)


class Proviso:
    def __init__(self, weights: Path) -> None:
        self.verifier: Verifier = load_verifier(weights)

    def prepare(self, pairs: Sequence[Pair]) -> Prepared:
        stored = InMemory()
        self.verifier.read_clauses([(pair.clause, pair.parties) for pair in pairs], stored)

        def read() -> Predictions:
            verdicts = self.verifier.verify(pairs, stored)
            return Predictions(
                scores=[verdict.probabilities["supported"] for verdict in verdicts],
                probabilities=[[verdict.probabilities[label] for label in LABELS] for verdict in verdicts],
                labels=[LABELS.index(verdict.label) for verdict in verdicts],
                evidence=[verdict.evidence for verdict in verdicts],
            )

        return Prepared(read, bytes_per_clause=sum(map(len, stored.codes.values())) // len(stored.codes))
