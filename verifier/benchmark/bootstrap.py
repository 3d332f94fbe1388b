"""Intervals by resampling whole groups of items, as the items of one group share a clause or a query."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

RESAMPLES = 1000
SEED = 7

Measure = Callable[[Sequence[int]], float]
"""Of the items with these numbers, a number twice counting twice. NaN where it is not defined."""


@dataclass(frozen=True, slots=True)
class Interval:
    value: float  # on all items
    low: float  # 2.5th percentile of the resamples
    high: float  # 97.5th


def resamples(groups: Sequence[str], count: int = RESAMPLES, seed: int = SEED) -> list[list[int]]:
    """``count`` lists of item numbers, each of as many groups as there are, drawn with replacement."""
    rng = random.Random(seed)
    members: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        members.setdefault(group, []).append(number)
    together = list(members.values())
    return [[n for group in rng.choices(together, k=len(together)) for n in group] for _ in range(count)]


def intervals(measures: Mapping[str, Measure], items: int, drawn: Sequence[Sequence[int]]) -> dict[str, Interval]:
    return {name: interval(measure, items, drawn) for name, measure in measures.items()}


def interval(measure: Measure, items: int, drawn: Sequence[Sequence[int]]) -> Interval:
    """Resamples on which the measure is not defined are left out."""
    seen = sorted(value for value in map(measure, drawn) if not math.isnan(value))
    return Interval(measure(range(items)), percentile(seen, 0.025), percentile(seen, 0.975))


def mean_of(values: Sequence[float]) -> Measure:
    """The mean of what the items have, one value each."""
    return lambda numbers: sum(values[n] for n in numbers) / len(numbers) if numbers else math.nan


def percentile(ordered: Sequence[float], share: float) -> float:
    """Of values in rising order, between neighbours in proportion; NaN of none."""
    if not ordered:
        return math.nan
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
