"""How many of the statements that a person annotated are found, and found to be theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from contracts.text.types import ObligationSpan

FIELDS = ("bearer", "modality", "counterparty")
Statement = Mapping[str, str]  # of each field its value; an unknown person is ""


@dataclass(frozen=True, slots=True)
class Score:
    right: dict[str, int]
    expected: int
    unexpected: int  # statements that no annotation has
    silent: int  # bearers that a lawyer names and the finder does not

    def accuracy(self, field: str) -> float:
        return self.right[field] / self.expected


def score(cases: Iterable[tuple[Sequence[Statement], Sequence[ObligationSpan]]]) -> Score:
    """Each case is a passage: what was annotated, and what was found. A statement that is not found is wrong."""
    right, expected, unexpected, silent = dict.fromkeys(FIELDS, 0), 0, 0, 0
    for wanted, found in cases:
        pairs = _aligned(wanted, found)
        expected += len(wanted)
        unexpected += len(found) - len(pairs)
        silent += sum(bool(want["bearer"]) and not got.bearer for want, got in pairs)
        for field in FIELDS:
            right[field] += sum(want[field] == getattr(got, field) for want, got in pairs)
    return Score(right, expected, unexpected, silent)


def _aligned(expected: Sequence[Statement], found: Sequence[ObligationSpan]) -> list[tuple[Statement, ObligationSpan]]:
    """Pairs in order: one to one where as many were found, else by modality."""
    if len(expected) == len(found):
        return list(zip(expected, found, strict=True))
    matcher = SequenceMatcher(None, [one["modality"] for one in expected], [one.modality for one in found], False)
    return [
        (expected[block.a + step], found[block.b + step])
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    ]
