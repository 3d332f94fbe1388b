"""All ways over the same files in turn, again and again, so that what else the machine does falls on all of them."""

from __future__ import annotations

import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from contracts.edgar import Agreement
from contracts.models import Contract, Matter, Passage
from search.ingest_benchmark import obvious
from search.ingest_benchmark.workers import PROCESSOR, ingest_by_workers, warm_workers
from search.step_clock import StepClock

STEPS = ("reading", "embedding", "database")
BY_CLAUSE, BY_PASSAGE, ONE, TWO = "encode per clause", "encode per passage", "one worker", "two workers"
WORKERS = {ONE: 1, TWO: 2}
RATIOS = ((ONE, BY_CLAUSE), (ONE, BY_PASSAGE), (TWO, BY_CLAUSE), (TWO, BY_PASSAGE), (TWO, ONE))


@dataclass(slots=True)
class Measured:
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)  # seconds of computing, without the database's
    steps: Counter[str] = field(default_factory=Counter)
    passages: int = 0


def measure(agreements: Sequence[Agreement], repeats: int, say: Callable[[str], object]) -> dict[str, Any]:
    measured = {name: Measured() for name in (BY_CLAUSE, BY_PASSAGE, ONE, TWO)}
    with scratch_database():
        obvious.warm_up()
        for repeat in range(repeats):
            for name, of in measured.items():
                _run(name, agreements, of)
                say(f"{repeat + 1} of {repeats}, {name}: {of.wall[-1]:.1f} s")
    return {
        "files": len(agreements),
        "megabytes": round(sum(len(one.content) for one in agreements) / 1e6, 2),
        "repeats": repeats,
        "cores": os.cpu_count(),
        "systems": {name: _figures(of, len(agreements)) for name, of in measured.items()},
        "ratios": {f"{a} against {b}": _ratio(measured[a].wall, measured[b].wall) for a, b in RATIOS},
        "processor_ratios": {
            f"{a} against {b}": _ratio(measured[a].processor, measured[b].processor) for a, b in RATIOS
        },
    }


@contextmanager
def scratch_database() -> Iterator[None]:
    """A new one on the same server; its account must be allowed to make databases."""
    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"benchmark_{name}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _run(name: str, agreements: Sequence[Agreement], of: Measured) -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE contracts_matter, procrastinate_jobs CASCADE")
        cursor.execute("VACUUM ANALYZE")
    matter = Matter.objects.create(name="Benchmark")
    with warm_workers(WORKERS.get(name, 0)) as workers:
        begun, computed, clock = time.monotonic(), time.process_time(), StepClock("database")
        if workers:
            ingest_by_workers(matter, agreements, workers, clock)
        else:
            units = obvious.clauses if name == BY_CLAUSE else obvious.passages
            obvious.ingest_obviously(matter, agreements, units, clock)
        of.wall.append(time.monotonic() - begun)
        of.processor.append(time.process_time() - computed + clock.seconds[PROCESSOR])
    clock.turn_to("done")
    of.steps.update({step: clock.seconds[step] for step in STEPS})
    of.passages = Passage.objects.count()
    ready = Contract.objects.filter(state=Contract.State.READY).count()
    if ready != len(agreements):
        raise RuntimeError(f"{name}: {ready} of {len(agreements)} files were read; the others failed.")


def _figures(of: Measured, files: int) -> dict[str, Any]:
    median = statistics.median(of.wall)
    whole = sum(of.steps.values())
    return {
        "seconds": [round(one, 2) for one in of.wall],
        "median_seconds": round(median, 2),
        "processor_seconds": [round(one, 2) for one in of.processor],
        "files_per_minute": round(files / median * 60, 1),
        "share": {step: round(of.steps[step] / whole, 3) for step in STEPS},
        "passages": of.passages,
    }


def _ratio(fast: Sequence[float], slow: Sequence[float]) -> dict[str, float]:
    """How many times the throughput; of each repeat by itself, as the machine may have been busier in one."""
    ratios = [b / a for a, b in zip(fast, slow, strict=True)]
    return {
        "median": round(statistics.median(ratios), 3),
        "least": round(min(ratios), 3),
        "most": round(max(ratios), 3),
    }
