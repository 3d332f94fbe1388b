"""Which numbers of an agreement are its own: the run of numbers, first to last, that follow each other best.

What surrounds a number is not enough to know it by: "12." may be a footnote, a page or the twelfth clause. But of all
numbers the clauses' own make the longest run in which each is next after the one before.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field

Path = tuple[int, ...]

# What a step of the run costs, in numbers that it must be worth.
WIDEST_STEP = 6
SKIPPED = 1.0  # for each number left out
LEAP = 5.0  # to any greater number
LATE_START = 3.0  # with another number than the first
SCHEDULE_RESTART = 0.5
RESTART = 15.0  # where no schedule begins: a list within a clause is shorter


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number that may open a clause."""

    start: int
    path: Path
    weight: float  # how much it looks like one where it stands
    inline: bool = False  # not at the beginning of its line
    headed: bool = False  # a heading follows it


@dataclass(slots=True)
class _Run:
    score: float
    last: int  # index of its last candidate


@dataclass(slots=True)
class _Runs:
    """The best runs so far, by the beginning of their last number: the run to 4.9 is one to 4 as well."""

    ending: dict[Path, _Run] = field(default_factory=dict)
    exact: dict[Path, _Run] = field(default_factory=dict)
    best: _Run | None = None

    def add(self, path: Path, run: _Run) -> None:
        for length in range(1, len(path) + 1):
            _keep_better(self.ending, path[:length], run)
        _keep_better(self.exact, path, run)
        if self.best is None or run.score >= self.best.score:
            self.best = run


def _keep_better(runs: dict[Path, _Run], path: Path, run: _Run) -> None:
    before = runs.get(path)
    if before is None or run.score >= before.score:  # the later of two: contents come before what they list
        runs[path] = run


def find_chain(candidates: Sequence[Candidate], schedules: Sequence[int] = ()) -> list[Candidate]:
    """The run, in order. ``schedules``: where schedules begin, whose numbers begin anew."""
    runs = _Runs()
    before: list[int | None] = []
    next_to: list[bool] = []
    at_schedule: _Run | None = None
    passed = 0
    for index, candidate in enumerate(candidates):
        schedule = bisect(schedules, candidate.start)
        if schedule > passed:
            passed, at_schedule = schedule, runs.best
        cost, run, follows = _cheapest(candidate.path, runs, at_schedule)
        before.append(run.last if run else None)
        next_to.append(follows)
        runs.add(candidate.path, _Run((run.score if run else 0) - cost + candidate.weight, index))
    return _backwards(candidates, runs.best, before, next_to)


def _cheapest(path: Path, runs: _Runs, at_schedule: _Run | None) -> tuple[float, _Run | None, bool]:
    """What the step to ``path`` costs, from which run, and whether it is its very next number."""
    first = set(path) == {1}
    steps: list[tuple[float, _Run | None, bool]] = [(0.0 if first else LATE_START, None, first)]
    steps.extend(_following(path, runs))
    if first and runs.best:
        steps.append((RESTART, runs.best, True))
    if first and at_schedule:
        steps.append((SCHEDULE_RESTART, at_schedule, True))
    for top in range(1, path[0]):
        if run := runs.ending.get((top,)):
            steps.append((LEAP, run, False))
    return max(steps, key=lambda step: (step[1].score if step[1] else 0.0) - step[0])


def _following(path: Path, runs: _Runs) -> list[tuple[float, _Run | None, bool]]:
    """Steps from the numbers that ``path`` may come after: its elder siblings, its parent, that one's elder sibling."""
    above, last = path[:-1], path[-1]
    steps: list[tuple[float, _Run | None, bool]] = []
    for step in range(1, min(last, WIDEST_STEP + 1)):
        if run := runs.ending.get((*above, last - step)):
            steps.append((SKIPPED * (step - 1), run, step == 1))
    if above and last <= WIDEST_STEP and (run := runs.exact.get(above)):
        steps.append((SKIPPED * (last - 1), run, last == 1))
    if last == 1 and above and above[-1] > 1 and (run := runs.ending.get((*above[:-1], above[-1] - 1))):
        steps.append((SKIPPED, run, True))  # 4.9 then 5.1: the line "5. Payment" has no number
    return steps


def _backwards(
    candidates: Sequence[Candidate], best: _Run | None, before: Sequence[int | None], next_to: Sequence[bool]
) -> list[Candidate]:
    found: list[Candidate] = []
    index = best.last if best else None
    follows_this = False  # whether the one after it in the run is its very next number
    while index is not None:
        one = candidates[index]
        neighbours = next_to[index] + follows_this
        if neighbours == 2 or (neighbours and (one.headed or not one.inline)):
            found.append(one)
        follows_this = next_to[index]
        index = before[index]
    return found[::-1]
