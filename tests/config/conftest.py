"""Folders for clusters of their own, and client processes to start, stop and kill."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from config.embedded.server import EmbeddedPostgres

PROJECT = Path(__file__).resolve().parents[2]
CLIENT = """
import sys
from pathlib import Path
from config.embedded.server import EmbeddedPostgres

server = EmbeddedPostgres(Path(sys.argv[1]))
server.ensure()
print("ready", flush=True)
sys.stdin.read()  # a client until its stdin closes
"""


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that the server's account can enter; pytest's own tmp_path is private."""
    folder = Path(tempfile.mkdtemp(prefix="proviso-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def home() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def shared_root() -> Iterator[Path]:
    """initdb takes longer than most tests, so they share a cluster; each starts and stops it."""
    with open_folder() as folder:
        yield folder / "pg"


@pytest.fixture
def server(shared_root: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(shared_root)
    yield server
    server.leave()


Client = Callable[[], "subprocess.Popen[str]"]


@pytest.fixture
def starter(server: EmbeddedPostgres) -> Iterator[Client]:
    """Starts another process that is a client of the same server; it says "ready" once joined."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", CLIENT, str(server.layout.root)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.communicate(timeout=60)


def connect(server: EmbeddedPostgres, **changes: str) -> psycopg.Connection[tuple[object, ...]]:
    settings = server.connection_settings()
    parameters = {name.lower(): value for name, value in settings.items()} | {"dbname": server.database} | changes
    return psycopg.connect(**parameters, autocommit=True)


def postmaster_pid(server: EmbeddedPostgres) -> int | None:
    path = server.layout.data / "postmaster.pid"
    return int(path.read_text().splitlines()[0]) if path.exists() else None


def kill_postmaster(server: EmbeddedPostgres) -> None:
    pid = postmaster_pid(server)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
