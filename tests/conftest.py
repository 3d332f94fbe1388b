"""What holds for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.test import TransactionTestCase
from psycopg import sql

from tests.emptying import empty_tables, may_empty
from tests.encodings import encode_once

if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # beside other workers, a model that takes all cores slows all down


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """As pytest-django makes it, and quick: nothing of a test has to outlive a power cut."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        with connection.cursor() as cursor:
            name = sql.Identifier(connection.settings_dict["NAME"])
            cursor.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit TO off").format(name))
        if may_empty():
            patch.setattr(TransactionTestCase, "_fixture_teardown", empty_tables)
        connection.close()
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes() -> Iterator[None]:
    """Passwords are hashed as in earnest, but once: a million rounds for each test's user took a third of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PBKDF2PasswordHasher, "iterations", 1)
        yield


@pytest.fixture(autouse=True)
def _nothing_read_ahead(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Contracts of tests are not read by the verifier before it is asked, neither here nor in processes of tests."""
    settings.READ_AHEAD = False
    monkeypatch.setenv("READ_AHEAD", "false")


@pytest.fixture(autouse=True)
def _read_in_this_process(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process of its own for the reading takes seconds to start; it has tests of its own."""
    settings.READ_SECONDS = 0
    monkeypatch.setenv("READ_SECONDS", "0")


@pytest.fixture(autouse=True)
def _one_request_id(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that what is hidden and what does not exist can be seen to answer alike, to the last byte."""
    monkeypatch.setattr("config.request_ids.new_id", lambda: "of-a-test")


@pytest.fixture
def kept_encodings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real encoder, loaded and asked as ever, but for texts that it has encoded before."""
    monkeypatch.setattr("search.encode._encode_batch", encode_once)
