"""What the processes and the database hold, looked at every few seconds while others use the site."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg

from tests.soak.growth import Sample
from tests.soak.machines import Machines
from tests.soak.processes import Held, children_of, held_by

HELD_LONG = "1 minute"  # by a transaction that does nothing
CONNECTIONS = """
SELECT coalesce(state, 'none'), count(*), count(*) FILTER (
    WHERE state LIKE 'idle in transaction%%' AND state_change < now() - %(long)s::interval
)
FROM pg_stat_activity
WHERE backend_type = 'client backend' AND datname = current_database() AND pid <> pg_backend_pid()
GROUP BY 1
"""
QUEUE = "SELECT status, count(*) FROM procrastinate_jobs GROUP BY status"
EVENTS = "SELECT count(*) FROM procrastinate_events"
SIZES = """
SELECT relname, pg_total_relation_size(oid) / 1048576.0 FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC
"""


class Watch:
    def __init__(self, machines: Machines, requests: Callable[[], int], every: float) -> None:
        self.machines, self.requests, self.every = machines, requests, every
        self.samples: list[Sample] = []
        self.wrong: list[str] = []
        self._processes: dict[str, int] = {}
        self._database = psycopg.connect(machines.dsn, autocommit=True)
        self._begun = time.monotonic()
        self._ended = threading.Event()
        self._looking = threading.Lock()
        self._thread = threading.Thread(target=self._look_on)

    def begin(self) -> None:
        self._begun = time.monotonic()
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        self._thread.join()

    def look(self, *, rest: bool = False) -> Sample:
        with self._looking:
            figures = dict(self._of_processes()) | dict(self._of_the_database())
            return Sample(round((time.monotonic() - self._begun) / 60, 2), self.requests(), figures, rest)

    def look_on(self, *, rest: bool = False) -> None:
        try:
            self.samples.append(self.look(rest=rest))
        except Exception as error:  # noqa: BLE001  a thread of its own: what went wrong belongs into the report
            self.wrong.append(f"The site could not be looked at: {error!r}")

    def sizes(self) -> dict[str, float]:
        """MB of each table with its indexes."""
        return {name: float(size) for name, size in self._database.execute(SIZES)}

    def waiting(self) -> int:
        """Jobs that are to be done or in hand, without those of the clock."""
        row = self._database.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND queueing_lock IS NULL"
        ).fetchone()
        return int(row[0]) if row else 0

    def _look_on(self) -> None:
        while not self._ended.wait(self.every):
            self.look_on()

    def _of_processes(self) -> Iterator[tuple[str, float]]:
        for name, held in self._named():
            if self._processes.setdefault(name, held.pid) != held.pid:
                self.wrong.append(f"{name}: process {self._processes[name]} ended, {held.pid} is in its place")
                self._processes[name] = held.pid
            yield f"{name} MB", round(held.resident, 1)
            yield f"{name} files", held.files
            yield f"{name} threads", held.threads
        backends = [held for pid in children_of(self.machines.pid("database")) if (held := held_by(pid))]
        yield "postgres private MB", round(sum(held.private for held in backends), 1)
        yield "postgres processes", len(backends)

    def _named(self) -> Iterator[tuple[str, Held]]:
        """gunicorn's worker is its master's child, the process that reads files is the worker's."""
        worker = self.machines.pid("worker")
        pids = [("worker", worker), *(("reading", pid) for pid in children_of(worker))]
        pids += [("web", pid) for pid in children_of(self.machines.pid("web"))]
        yield from ((name, held) for name, pid in pids if (held := held_by(pid)))

    def _of_the_database(self) -> Iterator[tuple[str, float]]:
        states: list[Any] = self._database.execute(CONNECTIONS, {"long": HELD_LONG}).fetchall()
        yield "all connections", sum(number for _, number, _ in states)
        for state, number, held in states:
            yield f"{state} now", number
            if held:
                self.wrong.append(f"{held} connections did nothing within a transaction for {HELD_LONG}")
        jobs = dict(self._database.execute(QUEUE).fetchall())
        yield "waiting jobs", jobs.get("todo", 0) + jobs.get("doing", 0)
        yield "failed jobs", jobs.get("failed", 0)
        for (number,) in self._database.execute(EVENTS):
            yield "events of all jobs", number
