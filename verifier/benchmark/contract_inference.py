"""ContractNLI's development pairs with their gold evidence as the clause: is a contradiction seen as one?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from verifier.benchmark.bootstrap import Interval, intervals, mean_of, resamples
from verifier.benchmark.system import System
from verifier.data.items import CONFLICT, SUPPORTED, Group, contract_inference_groups
from verifier.types import Pair


def read_inference(data: Path) -> list[Group]:
    """Entailment and contradiction; what the document does not mention has no evidence."""
    kept = ((SUPPORTED,), CONFLICT)
    return [group for group in contract_inference_groups(data, "dev") if group.questions[0].allowed in kept]


def measure_inference(system: System, groups: Sequence[Group]) -> dict[str, Interval | int]:
    """A pair is taken for a contradiction when the labels of conflict have more probability than "supported"."""
    pairs = [Pair(group.questions[0].text, group.clause) for group in groups]
    probabilities = system.prepare(pairs).read().probabilities
    assert probabilities is not None
    right = [group.questions[0].allowed == CONFLICT for group in groups]
    taken = [sum(row[label] for label in CONFLICT) > row[SUPPORTED] for row in probabilities]

    def f1(numbers: Sequence[int]) -> float:
        wanted, given = sum(right[n] for n in numbers), sum(taken[n] for n in numbers)
        return 2 * sum(right[n] and taken[n] for n in numbers) / (wanted + given) if wanted else math.nan

    accuracy = mean_of([float(r == t) for r, t in zip(right, taken, strict=True)])
    drawn = resamples([group.source for group in groups])
    return {
        "items": len(groups),
        "contradictions": sum(right),
        **intervals({"contradiction_f1": f1, "accuracy": accuracy}, len(groups), drawn),
    }
