"""A stand-in for the trained verifier, for tests of what is around it. Chosen by settings.VERIFIER_LOADER."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from verifier.types import LABELS, Evidence, Pair, Share, Verdict, VerifierUnavailable


class FakeVerifier:
    """Reads its verdict off the clause: "Supplier shall pay. [negated .8]". Without a mark a clause is unrelated."""

    name = "fake-verifier"
    sha256 = "fa" * 32
    reliability = (Share(0.0, 40, 10, 0.14, 0.4), Share(0.7, 50, 45, 0.79, 0.96))

    def __init__(self) -> None:
        self.read: list[Pair] = []

    def verify(self, pairs: Sequence[Pair]) -> list[Verdict]:
        self.read.extend(pairs)
        return [_verdict(pair.clause) for pair in pairs]


def _verdict(clause: str) -> Verdict:
    if "[crash]" in clause:
        raise RuntimeError(f"cannot read {clause}")
    mark = re.search(r"\[(\w+) (\.\d+)\]", clause)
    label, probability = (mark[1], float(mark[2])) if mark else ("unrelated", 0.9)
    rest = (1 - probability) / (len(LABELS) - 1)
    probabilities = {name: probability if name == label else rest for name in LABELS}
    first_word = Evidence(0, len(clause.split()[0]), 1.0)
    return Verdict(label, probabilities, (first_word,))


FAKE = FakeVerifier()


def load_fake(path: Path) -> FakeVerifier:
    FAKE.read.clear()
    return FAKE


def load_missing(path: Path) -> FakeVerifier:
    raise VerifierUnavailable(
        "The verifier's weights are missing: model.safetensors. Train them, or set VERIFIER_PATH."
    )
