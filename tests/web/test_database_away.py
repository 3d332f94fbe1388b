"""Pages while the database is away: they say so, and come back with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from tests.database import database_away
from tests.web.agreement import project_oak

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def everything_away() -> Iterator[None]:
    """The test's own connection too."""
    with database_away():
        connection.close()
        yield


@pytest.fixture
def lena() -> Client:
    project_oak()
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username="lena"))
    return client


@pytest.mark.parametrize(
    "path", ["/search/", "/search/?q=The+Supplier+indemnifies", "/contracts/", "/search/absence/", "/admin/"]
)
def test_a_page_says_what_happened_and_what_to_do(lena: Client, path: str) -> None:
    with everything_away():
        answer = lena.get(path)
    words = answer.content.decode()
    assert answer.status_code == 503 and int(answer["Retry-After"]) > 0
    assert "The database does not answer" in words and f'href="{path}">Try again' in words
    assert "Traceback" not in words and "psycopg" not in words
    assert "default-src 'none'" in answer["Content-Security-Policy"] and answer["Cache-Control"] == "no-store"
    assert lena.get("/contracts/").status_code == 200


def test_what_was_sent_is_not_called_stored(lena: Client) -> None:
    with everything_away():
        answer = lena.post("/search/lists/", {"name": "Cover"})
    assert answer.status_code == 503
    assert b"may not have been stored" in answer.content and b"Try again" not in answer.content


def test_signing_in_says_it_too(lena: Client) -> None:
    with everything_away():
        answer = Client(raise_request_exception=False).post("/login/", {"username": "lena", "password": "x"})
    assert answer.status_code == 503 and b"The database does not answer" in answer.content


def test_a_fragment_leaves_the_page_as_it_stands(lena: Client) -> None:
    with everything_away():
        answer = lena.get("/contracts/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Reswap"], answer.content) == (503, "none", b"")


def test_the_api_answers_a_problem_wherever_the_connection_is_lost(lena: Client) -> None:
    with everything_away():
        answer: Any = lena.get("/api/v1/matters")
    assert (answer.status_code, answer.json()["code"]) == (503, "database_away")
    assert answer["Content-Type"] == "application/problem+json" and int(answer["Retry-After"]) > 0


def test_another_failure_is_no_absence_of_the_database(lena: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> None:
        raise ValueError("broken")

    monkeypatch.setattr("contracts.list_views.render", broken)
    answer = lena.get("/contracts/")
    assert answer.status_code == 500 and b"Something failed on our side" in answer.content
