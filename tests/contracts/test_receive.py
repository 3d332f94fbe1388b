from __future__ import annotations

import hashlib

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.models import Contract, Matter
from contracts.receive import FileTooLarge, read_again, receive_file


def test_row_bytes_and_job_arrive_together(alice: User, alpha: Matter) -> None:
    received = receive_file(alpha, "nda.txt", b"words", alice)
    contract = Contract.objects.get()
    assert received.contract == contract and not received.duplicate
    assert (contract.state, contract.size, contract.received_by) == (Contract.State.RECEIVED, 5, alice)
    assert contract.sha256 == hashlib.sha256(b"words").hexdigest()
    assert bytes(contract.file.content) == b"words"
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args) == ("ingest_contract", {"contract_id": contract.pk})


def test_a_rollback_leaves_neither_row_nor_job(alpha: Matter) -> None:
    with transaction.atomic():
        receive_file(alpha, "nda.txt", b"words")
        transaction.set_rollback(True)
    assert not Contract.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_the_same_bytes_in_the_same_matter_are_a_duplicate(alpha: Matter) -> None:
    first = receive_file(alpha, "nda.txt", b"words")
    again = receive_file(alpha, "copy of nda.txt", b"words")
    assert again.duplicate and again.contract == first.contract
    assert ProcrastinateJob.objects.count() == 1


def test_the_same_bytes_in_another_matter_are_not(alpha: Matter) -> None:
    receive_file(alpha, "nda.txt", b"words")
    assert not receive_file(Matter.objects.create(name="Beta"), "nda.txt", b"words").duplicate
    assert Contract.objects.count() == 2


def test_a_file_over_the_limit_is_refused_with_the_remedy(alpha: Matter, settings) -> None:
    settings.MAX_FILE_BYTES = 4
    receive_file(alpha, "small.txt", b"1234")
    with pytest.raises(FileTooLarge, match=r"big\.txt is too large.*MAX_FILE_BYTES"):
        receive_file(alpha, "big.txt", b"12345")
    assert Contract.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("x" * 300 + ".docx", "x" * 250 + ".docx"),
        ("bad\udcff.txt", "bad?.txt"),
        ("nul\x00.txt", "nul.txt"),
        ("no suffix", "no suffix"),
    ],
)
def test_file_names_are_made_storable(alpha: Matter, name: str, kept: str) -> None:
    assert receive_file(alpha, name, b"words").contract.file_name == kept


def test_reading_again_clears_the_error_and_queues(alpha: Matter) -> None:
    contract = receive_file(alpha, "nda.txt", b"words").contract
    Contract.objects.update(state=Contract.State.FAILED, error_code="empty", error_message="m", error_remedy="r")
    read_again(contract)
    contract.refresh_from_db()
    assert (contract.state, contract.error_code, contract.error_message) == (Contract.State.RECEIVED, "", "")
    assert ProcrastinateJob.objects.count() == 2
