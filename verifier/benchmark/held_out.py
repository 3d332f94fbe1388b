"""The hand-written queries that nothing was trained on: which kinds are read badly, and which checks tell so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from verifier.benchmark.kinds import right_by_kind
from verifier.benchmark.system import System
from verifier.counterfactual import denied, exchanged
from verifier.data.augment import is_mutual
from verifier.data.items import Group
from verifier.types import LABELS, Pair, Party

Turn = Callable[[str, Sequence[Party]], str]


def measure_held_out(system: System, held_out: Sequence[Group]) -> dict[str, Any]:
    asked = [(group, question) for group in held_out for question in group.questions]
    pairs = [Pair(question.text, group.clause, group.parties) for group, question in asked]
    right = [question.allowed[0] for _, question in asked]
    predicted = labels_of(system, pairs)
    one_sided = [number for number, pair in enumerate(pairs) if not is_mutual(pair.clause)]
    everyone = range(len(pairs))
    return {
        "kinds": right_by_kind(pairs, right, predicted),
        "checks": {
            "parties exchanged": [
                _check(system, pairs, right, predicted, one_sided, exchanged, "supported", {"party_swapped"}),
                _check(
                    system, pairs, right, predicted, one_sided, exchanged, "party_swapped",
                    set(LABELS) - {"party_swapped", "unrelated"},
                ),
            ],
            "denied": [
                _check(system, pairs, right, predicted, everyone, denied, label, set(LABELS) - {label})
                for label in ("supported", "negated")
            ],
        },
    }  # fmt: skip


def labels_of(system: System, pairs: Sequence[Pair]) -> Sequence[int]:
    labels = system.prepare(pairs).read().labels if pairs else []
    assert labels is not None
    return labels


def _check(
    system: System, pairs: Sequence[Pair], right: Sequence[int], predicted: Sequence[int], asked: Sequence[int],
    turn: Turn, verdict: str, follows: set[str],
) -> dict[str, Any]:  # fmt: skip
    """Of such verdicts, how often those are right that turn with the query, and those that do not."""
    of_verdict = [number for number in asked if LABELS[predicted[number]] == verdict]
    turned = {number: turn(pairs[number].query, pairs[number].parties) for number in of_verdict}
    numbers = [number for number, query in turned.items() if query]
    after = labels_of(system, [Pair(turned[number], pairs[number].clause, pairs[number].parties) for number in numbers])
    found: dict[str, Any] = {"verdict": verdict, "stable": 0, "stable_right": 0, "unstable": 0, "unstable_right": 0}
    for number, label in zip(numbers, after, strict=True):
        state = "stable" if LABELS[label] in follows else "unstable"
        found[state] += 1
        found[f"{state}_right"] += right[number] == predicted[number]
    return found
