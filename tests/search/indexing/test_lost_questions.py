"""Checks and searches that nobody works on any longer, and what ends on an error nobody foresaw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.models import Matter
from search import jobs, later
from search.absence import check as absence_check
from search.absence.check import start_absence_check
from search.filters import Filters
from search.jobs import ATTEMPTS
from search.later import ask_later
from search.lost import LOST_AFTER, take_up_lost_questions
from search.models import AbsenceCheck, SearchJob
from tests.fakes import FakeVerifier
from tests.search.indexing.conftest import failing
from tests.search.test_absence import OTHER, STATEMENT, add_contract

Begun = AbsenceCheck | SearchJob


@pytest.fixture
def check(matter: Matter, lawyer: User, fake_verifier: FakeVerifier, monkeypatch: pytest.MonkeyPatch) -> AbsenceCheck:
    monkeypatch.setattr(absence_check, "AT_ONCE", 0)
    add_contract(matter, [OTHER])
    return start_absence_check(STATEMENT, lawyer)


@pytest.fixture
def asked(lawyer: User, fake_verifier: FakeVerifier) -> SearchJob:
    return ask_later("Tenant must insure", lawyer, Filters(), None, "support")


def queued_for(begun: Begun) -> int:
    argument = "check_id" if isinstance(begun, AbsenceCheck) else "job_id"
    live = ProcrastinateJob.objects.filter(status__in=["todo", "doing"])
    return live.filter(**{f"args__{argument}": str(begun.pk)}).count()


@pytest.mark.parametrize("fixture", ["check", "asked"])
@pytest.mark.parametrize(
    ("state", "lost", "minutes", "live"),
    [
        ("running", True, 11, 1),  # its process ended without a word
        ("waiting", True, 11, 1),
        ("running", True, 9, 0),  # somebody may be reading it within a request
        ("running", False, 11, 1),  # a worker is reading it
        ("failed", True, 11, 0),
        ("done", True, 11, 0),
    ],
)
def test_what_nobody_works_on_gets_a_job(
    request: Any, fixture: str, state: str, lost: bool, minutes: int, live: int
) -> None:
    begun: Begun = request.getfixturevalue(fixture)
    running = "reading" if fixture == "check" else "running"
    begun.__class__._default_manager.update(state=running if state == "running" else state)
    if lost:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")
    now = begun.created_at + timedelta(minutes=minutes)
    take_up_lost_questions(now)
    take_up_lost_questions(now)
    assert queued_for(begun) == live


def test_the_bound_is_longer_than_a_request() -> None:
    assert timedelta(minutes=5) < LOST_AFTER < timedelta(hours=1)


def context(attempts: int) -> Any:
    return SimpleNamespace(job=SimpleNamespace(attempts=attempts))


@pytest.mark.parametrize(
    ("fixture", "runs", "task"),
    [("check", "take_turn", "check_absence"), ("asked", "answer_later", "answer_search")],
)
def test_after_the_last_attempt_the_reason_is_said(
    request: Any, fixture: str, runs: str, task: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: Begun = request.getfixturevalue(fixture)
    run: Callable[..., None] = getattr(jobs, task)
    monkeypatch.setattr(jobs, runs, failing(OperationalError("gone")))
    for attempts in range(ATTEMPTS - 1):
        with pytest.raises(OperationalError):
            run(context(attempts), str(begun.pk))
    run(context(ATTEMPTS - 1), str(begun.pk))
    begun.refresh_from_db()
    assert begun.state == "failed" and "The database did not answer in 3 attempts." in begun.error


def test_a_search_that_ends_on_any_error_says_so(
    asked: SearchJob, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setattr(later, "search_clauses", failing(ZeroDivisionError("Tenant shall insure")))
    jobs.answer_search(context(0), str(asked.pk))
    asked.refresh_from_db()
    assert asked.state == "failed" and "internal error (ZeroDivisionError)" in asked.error
    assert asked.finished_at is not None and asked.finished_at <= timezone.now()
    assert "ZeroDivisionError at " in caplog.text and "shall insure" not in caplog.text + asked.error
