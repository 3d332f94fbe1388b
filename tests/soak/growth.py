"""Whether something grew under the load: a slope that no single sample decides, and that a warm-up does not fake.

Of memory the least since the last rest counts: while answers are made it goes to and fro by hundreds of MB.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf, isfinite, sqrt
from statistics import median
from typing import Any

PER = 100  # requests
WARM_UP = 1 / 3  # of the samples
CONTROL = 1 / 3  # the last of them: a warm-up goes slower there, a leak does not
FEWEST_SAMPLES = 8  # after the warm-up
FEWEST_RESTS = 6  # after the warm-up
FEWEST_REQUESTS = 200  # after the warm-up
Z = 1.645  # of a one-sided 95 % interval

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
    rest: bool = False  # nobody has asked anything for a while


@dataclass(frozen=True, slots=True)
class Growth:
    figure: str
    first: float
    last: float  # medians of the first and of the last quarter after the warm-up
    highest: float
    slope: float  # for 100 requests, after the warm-up
    low: float  # the least that it may be, with 95 % certainty
    control: float  # the slope in the last third alone

    @property
    def most(self) -> float:
        return MOST[unit_of(self.figure)]

    @property
    def grew(self) -> bool:
        return self.slope > self.most and self.low > 0 and self.control > self.most

    def __str__(self) -> str:
        return (
            f"{self.figure} grew: {self.slope:+.2f} for each {PER} requests after the warm-up, {self.low:+.2f} at "
            f"least, and {self.control:+.2f} in the last third (no more than {self.most} is noise), from "
            f"{self.first:.1f} to {self.last:.1f}"
        )

    def reported(self) -> dict[str, Any]:
        names = ("first", "last", "highest", "slope", "low", "control")
        values = {name: getattr(self, name) for name in names}
        shown = {name: round(value, 3) if isfinite(value) else None for name, value in values.items()}
        return shown | {"most": self.most, "grew": self.grew}


def growths(samples: Sequence[Sample]) -> list[Growth]:
    """Of each figure that every sample after the warm-up has."""
    warm = samples[round(len(samples) * WARM_UP) :]
    if not warm:
        return []
    shared = [name for name in warm[0].figures if all(name in sample.figures for sample in warm)]
    lows = at_rest(samples)
    return [_growth(name, lows if unit_of(name) == "MB" else samples) for name in shared if unit_of(name) in MOST]


def at_rest(samples: Sequence[Sample]) -> list[Sample]:
    """One for each time until nobody asked, with the least of each figure: what is kept is kept then too."""
    found, since = [], 0
    for place, sample in enumerate(samples, start=1):
        if sample.rest:
            period = samples[since:place]
            figures = {
                name: min(one.figures.get(name, value) for one in period) for name, value in sample.figures.items()
            }
            found.append(Sample(sample.minutes, sample.requests, figures, rest=True))
            since = place
    return found


def too_little(samples: Sequence[Sample]) -> Iterator[str]:
    """Why nothing can be said."""
    for looks, least, name in ((samples, FEWEST_SAMPLES, "looks"), (at_rest(samples), FEWEST_RESTS, "rests")):
        warm = looks[round(len(looks) * WARM_UP) :]
        requests = warm[-1].requests - warm[0].requests if warm else 0
        if len(warm) < least or requests < FEWEST_REQUESTS:
            yield (
                f"{len(warm)} {name} with {requests} requests after the warm-up do not tell growth from noise: "
                f"{least} with {FEWEST_REQUESTS} are needed, so let it run longer"
            )


def unit_of(figure: str) -> str:
    return figure.rpartition(" ")[2]


def theil_sen(points: Sequence[tuple[float, float]]) -> float:
    """The median of the slopes between every two points: a third of them may lie anywhere."""
    slopes = _slopes(points)
    return median(slopes) if slopes else 0.0


def least_slope(points: Sequence[tuple[float, float]]) -> float:
    """The lower end of its one-sided 95 % interval, were the looks independent; -inf of too few to have one.

    Sen 1968, by the spread of Kendall's S.
    """
    slopes, count = _slopes(points), len(points)
    spread = Z * sqrt(count * (count - 1) * (2 * count + 5) / 18)
    rank = int((len(slopes) - spread) / 2)
    return slopes[rank - 1] if rank >= 1 else -inf


def _slopes(points: Sequence[tuple[float, float]]) -> list[float]:
    return sorted((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2) if x1 != x2)


def _growth(name: str, samples: Sequence[Sample]) -> Growth:
    seen = [(sample.requests, sample.figures[name]) for sample in samples if name in sample.figures]
    warm, late = seen[round(len(seen) * WARM_UP) :], seen[round(len(seen) * (1 - CONTROL)) :]
    values = [value for _, value in warm]
    quarter = max(1, len(values) // 4)
    return Growth(
        name,
        median(values[:quarter] or [0.0]),
        median(values[-quarter:] or [0.0]),
        max(values, default=0.0),
        PER * theil_sen(warm),
        PER * least_slope(warm),
        PER * theil_sen(late),
    )
