"""Whether something grew under the load: a slope that no single sample decides, and that a warm-up does not fake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median
from typing import Any

PER = 100  # requests
WARM_UP = 1 / 3  # of the samples
CONTROL = 1 / 3  # the last of them: a warm-up goes slower there, a leak does not
FEWEST_SAMPLES = 8  # after the warm-up
FEWEST_REQUESTS = 200  # after the warm-up

# By the unit, which is the last word of a figure's name: how much more for each 100 requests is growth.
# 1 MB is 10 kB a request: less than a page, an uploaded file or the rows of an answer, so that one of these kept at
# every request stands out, and more than the allocator's own to and fro (docs/soak.md). Of what is counted it is one
# for each 500 requests: what is lost at one request in twenty is 25 times that.
MOST = {"MB": 1.0, "files": 0.2, "threads": 0.2, "connections": 0.2, "jobs": 0.2}


@dataclass(frozen=True, slots=True)
class Sample:
    minutes: float
    requests: int  # answered by then
    figures: Mapping[str, float]  # "web MB": of what, and the unit


@dataclass(frozen=True, slots=True)
class Growth:
    figure: str
    first: float
    last: float  # medians of the first and of the last quarter after the warm-up
    highest: float
    slope: float  # for 100 requests, after the warm-up
    control: float  # the same, in the last third alone

    @property
    def most(self) -> float:
        return MOST[unit_of(self.figure)]

    @property
    def grew(self) -> bool:
        return self.slope > self.most and self.control > self.most

    def __str__(self) -> str:
        return (
            f"{self.figure} grew: {self.slope:+.2f} for each {PER} requests after the warm-up and {self.control:+.2f} "
            f"in the last third (no more than {self.most} is noise), from {self.first:.1f} to {self.last:.1f}"
        )

    def reported(self) -> dict[str, Any]:
        values = {name: round(getattr(self, name), 3) for name in ("first", "last", "highest", "slope", "control")}
        return values | {"most": self.most, "grew": self.grew}


def growths(samples: Sequence[Sample]) -> list[Growth]:
    """Of each figure that every sample after the warm-up has."""
    warm = samples[round(len(samples) * WARM_UP) :]
    if not warm:
        return []
    late = samples[round(len(samples) * (1 - CONTROL)) :]
    shared = [name for name in warm[0].figures if all(name in sample.figures for sample in warm)]
    return [_growth(name, warm, late) for name in shared if unit_of(name) in MOST]


def too_little(samples: Sequence[Sample]) -> Iterator[str]:
    """Why nothing can be said."""
    warm = samples[round(len(samples) * WARM_UP) :]
    requests = warm[-1].requests - warm[0].requests if warm else 0
    if len(warm) < FEWEST_SAMPLES or requests < FEWEST_REQUESTS:
        yield (
            f"{len(warm)} samples with {requests} requests after the warm-up do not tell growth from noise: "
            f"{FEWEST_SAMPLES} with {FEWEST_REQUESTS} are needed, so let it run longer"
        )


def unit_of(figure: str) -> str:
    return figure.rpartition(" ")[2]


def theil_sen(points: Sequence[tuple[float, float]]) -> float:
    """The median of the slopes between every two points: a third of them may lie anywhere."""
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2) if x1 != x2]
    return median(slopes) if slopes else 0.0


def _growth(name: str, warm: Sequence[Sample], late: Sequence[Sample]) -> Growth:
    values = [sample.figures[name] for sample in warm]
    quarter = max(1, len(values) // 4)
    return Growth(
        name,
        median(values[:quarter]),
        median(values[-quarter:]),
        max(values),
        _slope(name, warm),
        _slope(name, late),
    )


def _slope(name: str, samples: Sequence[Sample]) -> float:
    return PER * theil_sen([(sample.requests, sample.figures[name]) for sample in samples])
