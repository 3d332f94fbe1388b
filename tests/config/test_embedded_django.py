"""The Django backend: it starts the server for a connection, and for nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.conftest import PROJECT

TEST_DATABASE = """
import sys
from pathlib import Path
import django
from django.conf import settings

settings.configure(
    DATABASES={"default": {"ENGINE": "config.embedded.backend", "NAME": "proviso"}},
    EMBEDDED_POSTGRES_DIR=sys.argv[1],
    PROVISO_HOME=Path(sys.argv[1]),
)
django.setup()
from django.db import connection

connection.creation.create_test_db(verbosity=0, autoclobber=True)
with connection.cursor() as cursor:
    cursor.execute("SELECT current_database()")
    print(cursor.fetchone()[0])
connection.creation.destroy_test_db("proviso", verbosity=0)
with connection.cursor() as cursor:
    cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'test%'")
    print(cursor.fetchone()[0])
"""


def run(arguments: list[str], root: Path) -> str:
    environment = os.environ | {"EMBEDDED_POSTGRES_DIR": str(root), "DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_test_database_can_be_made_and_dropped(shared_root: Path) -> None:
    assert run(["-c", TEST_DATABASE, str(shared_root)], shared_root).split() == ["test_proviso", "0"]
    assert not (shared_root / "data" / "postmaster.pid").exists()


@pytest.mark.parametrize("command", [["--help"], ["check"], ["migrate", "--help"]], ids=" ".join)
def test_commands_without_a_query_start_nothing(home: Path, command: list[str]) -> None:
    run(["manage.py", *command], home / "pg")
    assert not (home / "pg").exists()
