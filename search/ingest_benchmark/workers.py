"""The product's own path, by workers in processes of their own: warmed up, let go together, timed by their logs."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any, Protocol

from django.conf import settings
from django.db import connection, connections

from contracts.edgar import Agreement
from contracts.models import Matter
from contracts.receive import receive_file
from contracts.text.reading import read_contract
from contracts.worker import run_worker
from search import indexing
from search.encode import count_tokens, encode_texts
from search.step_clock import StepClock

READY = "ready"
PROCESSOR = "processor"  # among the steps: seconds of computing, whatever else the machine does


class Writable(Protocol):
    def write(self, text: str) -> Any: ...

    def flush(self) -> None: ...


class SecondsOfContracts(logging.Handler):
    """Adds up what the log says of each contract."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.seconds: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        self.seconds.update(getattr(record, "seconds", {}))


def work_off(database: str, asked: IO[str], answer: Writable) -> None:
    """A worker: says when it is warm, waits for a word, works the queue off, says how many seconds each step took."""
    connections["default"].settings_dict["NAME"] = database
    heard = SecondsOfContracts()
    indexing.logger.addHandler(heard)
    indexing.logger.setLevel(logging.INFO)
    indexing.logger.propagate = False
    encode_texts(["warm"])
    read_contract(b"1. Fees. Customer shall pay the fees.", "warm.txt", count_tokens)
    answer.write(f"{READY}\n")
    answer.flush()
    asked.readline()
    begun = time.process_time()
    run_worker(wait=False)
    answer.write(json.dumps(heard.seconds | Counter({PROCESSOR: time.process_time() - begun})) + "\n")
    answer.flush()


@contextmanager
def warm_workers(number: int) -> Iterator[list[subprocess.Popen[str]]]:
    """They share the cores, unless INFERENCE_THREADS is set: two do not compute with twice as many threads."""
    threads = settings.INFERENCE_THREADS or max(1, (os.cpu_count() or 1) // max(1, number))
    command = [sys.executable, "manage.py", "benchmark_ingest", "--work-off", str(connection.settings_dict["NAME"])]
    workers = [
        subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            # What is compared ends when contracts are searchable; read in this process, its computing is counted.
            env=os.environ | {"INFERENCE_THREADS": str(threads), "READ_AHEAD": "false", "READ_SECONDS": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(number)
    ]
    try:
        for worker in workers:
            if (said := worker.stdout.readline()) != f"{READY}\n":  # type: ignore[union-attr]
                raise RuntimeError(f"A worker of the benchmark did not start; it said {said!r}. See above.")
        yield workers
    finally:
        for worker in workers:
            worker.kill()
            worker.communicate()


def ingest_by_workers(
    matter: Matter, agreements: Sequence[Agreement], workers: Sequence[subprocess.Popen[str]], clock: StepClock
) -> None:
    """Receive all, then let the workers go. Their steps are added to the clock, which stands while they run."""
    clock.turn_to("database")
    for agreement in agreements:
        receive_file(matter, agreement.file_name, agreement.content)
    clock.turn_to("workers")
    for worker in workers:
        worker.stdin.write("go\n")  # type: ignore[union-attr]
        worker.stdin.flush()  # type: ignore[union-attr]
    for worker in workers:
        for step, seconds in json.loads(worker.stdout.readline()).items():  # type: ignore[union-attr]
            clock.seconds[step] += seconds
