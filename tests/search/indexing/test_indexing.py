"""From a received file to searchable passages, and every way this can go wrong."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from email.message import EmailMessage

import numpy as np
import pytest

from contracts.models import Contract, Matter, Passage
from contracts.receive import read_again, receive_file
from search import indexing
from search.encode import EncoderUnavailable
from search.indexing import index_contract
from search.models import PassageVector
from tests.search.indexing.conftest import AGREEMENT, failing


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
