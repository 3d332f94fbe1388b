"""The jobs that read files: tried again, taken up after a killed worker, given up."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.away import DATABASE_AWAY
from contracts.models import Contract
from contracts.queue import ASKED, CHECKS, SENDING, defer, enqueue, progressed
from contracts.webhooks.jobs import take_up_lost_webhooks
from search import indexing
from search.absence.check import enqueue_absence
from search.filters import Filters
from search.indexing import index_contract, mark_failed
from search.jobs import ATTEMPTS, forget_failed_jobs, ingest_contract, take_up_lost_contracts
from search.later import ask_later
from search.models import AbsenceCheck
from search.read_ahead import READ_AHEAD_TASK
from tests.database import cut_the_connection
from tests.search.indexing.conftest import failing


def run_job(contract: Contract, attempts: int) -> None:
    ingest_contract(SimpleNamespace(job=SimpleNamespace(attempts=attempts)), contract_id=contract.pk)


def test_a_database_error_is_retried_a_bounded_number_of_times(
    contract: Contract, encoder: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "read_contract", failing(OperationalError("gone")))
    for attempts in range(ATTEMPTS - 1):
        with pytest.raises(OperationalError):
            run_job(contract, attempts)
    run_job(contract, ATTEMPTS - 1)
    contract.refresh_from_db()
    assert (contract.state, contract.error_code) == (Contract.State.FAILED, "database")


@pytest.mark.parametrize("chosen", [True, False])
def test_a_contract_that_was_read_is_queued_for_the_verifier(
    contract: Contract, encoder: None, settings: Any, chosen: bool
) -> None:
    settings.READ_AHEAD = chosen
    run_job(contract, 0)
    jobs = ProcrastinateJob.objects.filter(task_name=READ_AHEAD_TASK).values_list("args__contract_id", flat=True)
    assert list(jobs) == [contract.pk] * chosen


@pytest.mark.django_db(transaction=True)
def test_a_connection_lost_while_writing_is_no_fault_of_the_file(
    contract: Contract, encoder: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = indexing._store_vectors

    def store_without_database(*args: object) -> None:
        cut_the_connection()
        store(*args)

    monkeypatch.setattr(indexing, "_store_vectors", store_without_database)
    with pytest.raises(DATABASE_AWAY):
        index_contract(contract.pk)
    monkeypatch.setattr(indexing, "_store_vectors", store)
    contract.refresh_from_db()
    assert contract.state == Contract.State.READING
    index_contract(contract.pk)
    contract.refresh_from_db()
    assert contract.state == Contract.State.READY


@pytest.mark.django_db(transaction=True)
def test_a_job_that_could_not_be_queued_says_that_the_database_is_away(contract: Contract) -> None:
    cut_the_connection()
    with pytest.raises(OperationalError):
        enqueue(contract.pk)
    connection.close()


def leave_job_of_killed_worker(attempts: int) -> None:
    """The job as kill -9 leaves it: "doing", by a worker whose heartbeat has stopped."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', attempts = %s", [attempts])
    Contract.objects.update(state=Contract.State.READING)


def take_up() -> None:
    look_around(take_up_lost_contracts, None)


def look_around(task: Any, *context: Any) -> None:
    async def as_in_a_worker() -> None:
        async with app.open_async():
            await task(*context, timestamp=0)

    with app.replace_connector(app.connector.get_worker_connector()):
        asyncio.run(as_in_a_worker())


def jobs_of(contract: Contract) -> list[tuple[str, int]]:
    jobs = ProcrastinateJob.objects.filter(args__contract_id=contract.pk)
    return list(jobs.values_list("status", "attempts"))


@pytest.mark.django_db(transaction=True)
def test_the_job_of_a_killed_worker_runs_again(contract: Contract) -> None:
    leave_job_of_killed_worker(attempts=0)
    take_up()
    assert jobs_of(contract) == [("todo", 1)]


def test_checks_and_questions_have_queues_of_their_own(db: None) -> None:
    """Neither waits for files that are read, nor they for it: contracts/worker.py has a hand for each."""
    enqueue_absence(AbsenceCheck())
    asker = User.objects.create(username="lena")
    ask_later("Supplier pays", asker, Filters(), None, "support")
    expected = {"check_absence": CHECKS, "answer_search": ASKED}
    queued = ProcrastinateJob.objects.filter(task_name__in=expected).values_list("task_name", "queue_name")
    assert dict(queued) == expected


def test_an_attempt_with_progress_does_not_count(db: None) -> None:
    defer("check_absence", check_id="one")
    defer("check_absence", check_id="two")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', attempts = 2")
    progressed("check_absence", check_id="one")
    jobs = ProcrastinateJob.objects.filter(task_name="check_absence")
    assert set(jobs.values_list("args__check_id", "attempts")) == {("one", 0), ("two", 2)}


@pytest.mark.django_db(transaction=True)
def test_a_file_that_kills_every_worker_is_given_up(contract: Contract) -> None:
    leave_job_of_killed_worker(attempts=ATTEMPTS - 1)
    take_up()
    contract.refresh_from_db()
    assert (contract.state, contract.error_code) == (Contract.State.FAILED, "worker_killed")
    assert [status for status, _ in jobs_of(contract)] == ["failed"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", [Contract.State.READY, Contract.State.FAILED])
def test_a_worker_lost_after_its_work_changes_nothing(contract: Contract, encoder: None, state: Contract.State) -> None:
    if state == Contract.State.READY:
        index_contract(contract.pk)
    else:
        mark_failed(contract.pk, "corrupt", "Nothing follows.", "Send it again.")
    leave_job_of_killed_worker(attempts=ATTEMPTS - 1)
    Contract.objects.update(state=state)
    take_up()
    index_contract(contract.pk)
    contract.refresh_from_db()
    assert (contract.state, contract.error_code) == (state, "" if state == Contract.State.READY else "corrupt")
    assert [status for status, _ in jobs_of(contract)] == ["failed"]


@pytest.mark.django_db(transaction=True)
def test_look_arounds_of_killed_workers_are_cleared(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('default', %s, 'doing'), "
            "('default', %s, 'doing')",
            ["take_up_lost_contracts", "take_up_lost_webhooks"],
        )
    look_around(take_up_lost_contracts, None)
    look_around(take_up_lost_webhooks)
    assert not ProcrastinateJob.objects.filter(task_name__startswith="take_up_lost").exists()


@pytest.mark.django_db(transaction=True)
def test_a_waiting_contract_without_a_job_gets_one(contract: Contract) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    take_up()
    take_up()
    assert jobs_of(contract) == [("todo", 0)]


def test_the_worker_knows_the_jobs() -> None:
    assert {"ingest_contract", "take_up_lost_contracts"} <= set(app.tasks)


def test_a_bulk_load_that_waits_holds_up_neither_lost_files_nor_mail() -> None:
    reading, lost, mailed = (
        app.tasks[name] for name in ("ingest_contract", "take_up_lost_contracts", "mail_what_is_new")
    )
    assert lost.queue == mailed.queue == SENDING != reading.queue


@pytest.mark.django_db(transaction=True)
def test_failed_jobs_are_counted_for_a_week_and_then_forgotten() -> None:
    for check in ("old", "new", "waits"):
        defer("check_absence", check_id=check)
    ended = ProcrastinateJob.objects.exclude(args__check_id="waits")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'failed' WHERE id = ANY(%s)",
            [list(ended.values_list("pk", flat=True))],
        )
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - interval '8 days' WHERE job_id IN "
            "(SELECT id FROM procrastinate_jobs WHERE args->>'check_id' <> 'new')"
        )
    look_around(forget_failed_jobs)
    left = ProcrastinateJob.objects.values_list("args__check_id", flat=True)
    assert sorted(left) == ["new", "waits"]
