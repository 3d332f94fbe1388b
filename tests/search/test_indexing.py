"""From a received file to searchable passages, and every way this can go wrong."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from email.message import EmailMessage
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from django.db import OperationalError, connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.away import DATABASE_AWAY
from contracts.models import Contract, Matter, Passage
from contracts.queue import SENDING, enqueue
from contracts.receive import read_again, receive_file
from contracts.webhooks.jobs import take_up_lost_webhooks
from search import indexing
from search.encode import DIMENSIONS, EncoderUnavailable
from search.indexing import index_contract, mark_failed
from search.jobs import ATTEMPTS, ingest_contract, take_up_lost_contracts
from search.models import PassageVector
from tests.database import cut_the_connection

AGREEMENT = b"""SUPPLY AGREEMENT

1. Delivery. Supplier shall deliver the Goods.

2. Payment. Buyer shall pay within 30 days.
"""


@pytest.fixture
def contract(db: None) -> Contract:
    return receive_file(Matter.objects.create(name="Alpha"), "supply.txt", AGREEMENT).contract


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Vectors that say how long the passage is: these tests are about where vectors go, not what they mean."""

    def encode(texts: Sequence[str]) -> np.ndarray:
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        vectors[:, 0] = [len(text) for text in texts]
        return vectors

    monkeypatch.setattr(indexing, "encode_texts", encode)
    monkeypatch.setattr(indexing, "count_tokens", lambda text: len(text.split()))


def failing(error: Exception):
    def read(*args: object) -> None:
        raise error

    return read


def test_each_passage_gets_its_own_vector(contract: Contract, encoder: None) -> None:
    index_contract(contract.pk)
    contract.refresh_from_db()
    assert contract.state == Contract.State.READY
    vectors = PassageVector.objects.select_related("passage")
    assert len(vectors) == contract.passages.count() >= 2
    for vector in vectors:
        assert vector.embedding[0] == len(vector.passage.reading)
    assert "".join(contract.text[c.start : c.end] for c in contract.clauses.all()) == contract.text


def test_every_stage_is_told_and_the_seconds_are_kept(
    contract: Contract, encoder: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, int]] = []
    report = indexing._report

    def report_and_note(contract_id: int, stage: str, done: float = 0.0) -> None:
        report(contract_id, stage, done)
        told.append(Contract.objects.values_list("stage", "progress").get(pk=contract_id))

    monkeypatch.setattr(indexing, "_report", report_and_note)
    monkeypatch.setattr(indexing, "ENCODED_AT_ONCE", 2)
    index_contract(contract.pk)
    assert list(dict.fromkeys(stage for stage, _ in told)) == list(Contract.Stage.values)
    assert [progress for _, progress in told] == sorted(progress for _, progress in told)
    assert len([stage for stage, _ in told if stage == "embedding"]) > 1
    contract.refresh_from_db()
    assert contract.stage == "" and contract.read_seconds is not None and contract.read_seconds > 0
    assert contract.started_at is not None


def test_an_email_brings_its_documents_once(db: None, encoder: None) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "Signed", "ana@example.com"
    message.set_content("Please find attached.")
    message.add_attachment(AGREEMENT, "text", "plain", filename="supply.txt")
    mail = receive_file(Matter.objects.create(name="Alpha"), "signed.eml", message.as_bytes()).contract
    for _ in range(2):
        index_contract(mail.pk)
        read_again(mail)
    attached = Contract.objects.exclude(pk=mail.pk).get()
    assert (attached.file_name, attached.duplicates.count()) == ("supply.txt", 0)
    index_contract(attached.pk)
    attached.refresh_from_db()
    assert (attached.state, attached.title) == (Contract.State.READY, "SUPPLY AGREEMENT")


def test_reading_twice_leaves_one_reading(contract: Contract, encoder: None) -> None:
    index_contract(contract.pk)
    before = set(Passage.objects.values_list("reading", flat=True))
    read_again(contract)
    index_contract(contract.pk)
    assert set(Passage.objects.values_list("reading", flat=True)) == before
    assert PassageVector.objects.count() == Passage.objects.count() == len(before)


def test_a_second_job_for_a_ready_contract_does_nothing(
    contract: Contract, encoder: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_contract(contract.pk)
    monkeypatch.setattr(indexing, "read_contract", failing(AssertionError("read again")))
    index_contract(contract.pk)
    contract.refresh_from_db()
    assert contract.state == Contract.State.READY


def test_a_worker_taken_for_dead_does_not_write_over_the_other_s_reading(
    contract: Contract, encoder: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode = indexing.encode_texts
    written: list[list[int]] = []

    def encode_slowly(texts: Sequence[str]) -> np.ndarray:
        monkeypatch.setattr(indexing, "encode_texts", encode)
        index_contract(contract.pk)  # by the other
        written.append(list(Passage.objects.values_list("pk", flat=True)))
        return encode(texts)

    monkeypatch.setattr(indexing, "encode_texts", encode_slowly)
    index_contract(contract.pk)
    assert [list(Passage.objects.values_list("pk", flat=True))] == written


def test_a_contract_that_is_gone_is_no_error(db: None) -> None:
    index_contract(999_999)


def test_an_unreadable_file_fails_with_message_and_remedy(encoder: None, db: None) -> None:
    contract = receive_file(Matter.objects.create(name="Alpha"), "empty.txt", b"").contract
    index_contract(contract.pk)
    contract.refresh_from_db()
    assert (contract.state, contract.error_code) == (Contract.State.FAILED, "empty")
    assert contract.error_message and contract.error_remedy


def test_an_internal_error_is_told_without_a_word_of_the_document(
    contract: Contract, encoder: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(indexing, "read_contract", failing(KeyError("Supplier shall deliver")))
    with caplog.at_level(logging.ERROR):
        index_contract(contract.pk)
    contract.refresh_from_db()
    assert (contract.state, contract.error_code) == (Contract.State.FAILED, "internal")
    assert f"Contract {contract.pk} could not be read: KeyError at " in caplog.text
    assert "Supplier" not in caplog.text + contract.error_message + contract.error_remedy


def test_a_missing_encoder_is_named(contract: Contract, encoder: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "encode_texts", failing(EncoderUnavailable("The encoder is missing. Install it.")))
    index_contract(contract.pk)
    contract.refresh_from_db()
    assert (contract.error_code, contract.error_message) == (
        "encoder_unavailable",
        "The encoder is missing. Install it.",
    )


def test_a_failed_write_leaves_the_last_reading(
    contract: Contract, encoder: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_contract(contract.pk)
    before = list(Passage.objects.values_list("pk", flat=True))
    read_again(contract)
    monkeypatch.setattr(indexing, "_store_vectors", failing(ValueError("disk")))
    index_contract(contract.pk)
    contract.refresh_from_db()
    assert contract.state == Contract.State.FAILED
    assert list(Passage.objects.values_list("pk", flat=True)) == before


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


def test_a_file_that_was_being_read_does_not_go_to_the_end_of_the_queue() -> None:
    assert app.tasks["take_up_lost_contracts"].priority > app.tasks["ingest_contract"].priority


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
    assert lost.priority > reading.priority and mailed.queue == SENDING != reading.queue
