"""A stand-in for the trained verifier, for tests of what is around it. Chosen by settings.VERIFIER_LOADER."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from verifier.types import LABELS, Evidence, Pair, Party, Share, Stored, Verdict, VerifierUnavailable


class FakeVerifier:
    """Reads its verdict off the clause: "Supplier shall pay. [negated .8]". Without a mark a clause is unrelated."""

    name = "fake-verifier"
    sha256 = "fa" * 32
    reliability = (Share(0.0, 40, 10, 0.14, 0.4), Share(0.7, 50, 45, 0.79, 0.96))
    supported_kept: Share | None = Share(0.0, 54, 46, 0.734, 0.923)

    support: Share | None = None
    support_in_searches: Share | None = None

    def __init__(self) -> None:
        self.read: list[Pair] = []
        self.clauses: list[str] = []  # of which nothing was stored

    def verify(self, pairs: Sequence[Pair], stored: Stored) -> list[Verdict]:
        self.read.extend(pairs)
        self.read_clauses([(pair.clause, pair.parties) for pair in pairs], stored)
        return [_verdict(pair.clause) for pair in pairs]

    def read_clauses(self, clauses: Sequence[tuple[str, Sequence[Party]]], stored: Stored) -> None:
        keys = [hashlib.sha256(text.encode()).hexdigest() for text, _ in clauses]
        found = stored.find(keys)
        new = {key: number for number, key in reversed(list(enumerate(keys))) if key not in found}
        self.clauses.extend(clauses[number][0] for number in new.values())
        stored.keep(dict.fromkeys(new, b"codes"), new)


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
    FAKE.clauses.clear()
    return FAKE


def read_fake_card(path: Path) -> FakeVerifier:
    """The fake says itself what was measured of it."""
    return FAKE


def load_missing(path: Path) -> FakeVerifier:
    raise VerifierUnavailable(
        "The verifier's weights are missing: model.safetensors. Train them, or set VERIFIER_PATH."
    )
