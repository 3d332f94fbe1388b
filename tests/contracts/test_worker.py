"""The worker and its database: it outlives it, and leaves no job behind that nobody takes up."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.models import Matter
from contracts.queue import ASKED, CHECKS, defer
from tests.database import database_away

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 300  # seconds; only a failure takes as long
# A worker with two jobs of this test: "wait" ends when it is told to, "note" leaves a matter.
WORKER = """
import json, os, sys, django
from django.conf import settings
settings.DATABASES["default"].update(json.loads(os.environ["DATABASE"]))
django.setup()
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from contracts.models import Matter
import contracts.worker
@app.task(name="wait")
def wait():
    print("waiting", flush=True)
    sys.stdin.readline()
@app.task(name="note")
def note(name):
    Matter.objects.create(name=name)
contracts.worker.REACH_SECONDS = 2.0
contracts.worker.run_worker()
"""


@contextmanager
def worker(log: Path) -> Iterator[subprocess.Popen[str]]:
    names = ("HOST", "PORT", "NAME", "USER", "PASSWORD")
    database = {"ENGINE": "django.db.backends.postgresql"} | {name: connection.settings_dict[name] for name in names}
    with log.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER],
            env=os.environ | {"DATABASE": json.dumps(database), "DJANGO_SETTINGS_MODULE": "config.settings"},
            cwd=django_settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
        print(log.read_text())  # pytest shows it of a test that failed


def until(true: Callable[[], Any]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def stalled(task: str) -> list[Any]:
    async def ask() -> list[Any]:
        async with app.open_async():
            return list(await app.job_manager.get_stalled_jobs(task_name=task))

    with app.replace_connector(app.connector.get_worker_connector()):
        return asyncio.run(ask())


def let_a_minute_pass() -> None:
    """For the workers that signed on so far: half a minute without a sign of life, and a worker counts as gone."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'")
        assert cursor.rowcount > 0


def status_of(task: str) -> list[tuple[str, int]]:
    return list(ProcrastinateJob.objects.filter(task_name=task).values_list("status", "attempts"))


@pytest.mark.parametrize(("long", "short"), [("default", ASKED), (CHECKS, "default"), (CHECKS, ASKED)])
def test_what_takes_long_holds_up_nothing_of_another_kind(tmp_path: Path, long: str, short: str) -> None:
    defer("wait", queue=long)
    with worker(tmp_path / "worker.log") as process:
        assert process.stdout is not None and process.stdout.readline() == "waiting\n"
        defer("note", queue=short, name="meanwhile")
        until(Matter.objects.filter(name="meanwhile").exists)
        assert status_of("wait") == [("doing", 0)]


def test_a_worker_stops_in_time_and_puts_its_jobs_back_uncounted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STOP_SECONDS", "0.5")
    defer("wait")
    with worker(tmp_path / "worker.log") as process:
        assert process.stdout is not None and process.stdout.readline() == "waiting\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert status_of("wait") == [("todo", 0)]


def test_a_worker_outlives_its_database_and_leaves_its_job_to_be_taken_up(tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    defer("wait")
    with worker(log) as process:
        assert process.stdout is not None and process.stdin is not None
        assert process.stdout.readline() == "waiting\n"
        assert stalled("wait") == []
        with database_away():
            process.stdin.write("\n")  # the job ends, and nobody can be told
            process.stdin.flush()
            until(lambda: "The database does not answer" in log.read_text())
            let_a_minute_pass()
        defer("note", name="after")
        until(Matter.objects.filter(name="after").exists)
        until(lambda: stalled("wait"))  # while the worker lives
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
