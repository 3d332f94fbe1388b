"""Files are read in a process of its own, which is ended when one of them hangs."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from contracts.models import Contract
from contracts.text.types import ReadError
from search import reading_process
from search.encode import EncoderUnavailable
from search.indexing import index_contract
from search.reading_process import ReadingBroke, Unwanted, read_apart
from tests.search.indexing.conftest import AGREEMENT

# Reads what it is told to by the file itself; everything else is as in earnest.
READER = """
import ctypes, os, signal, sys
from search import reading_process as here
from contracts.text.types import ReadError
from search.encode import EncoderUnavailable
real = here.read_contract
def read(data, name, count_tokens, corrections, on_stage):
    on_stage("text")
    print("a library talks")
    if b"hang" in data:
        ctypes.CDLL(None).sleep(600)  # in C code
    if b"crash" in data:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"locked" in data:
        raise ReadError("encrypted", "It is locked.", "Unlock it.")
    if b"no model" in data:
        raise EncoderUnavailable("It is missing.")
    if b"bug" in data:
        raise KeyError("words of the document")
    return real(data, name, lambda text: len(text.split()), corrections, on_stage)
here.read_contract = read
here.serve_worker()
"""


@pytest.fixture
def _reader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(reading_process, "COMMAND", [sys.executable, "-c", READER])
    monkeypatch.setattr(reading_process, "_process", None)
    monkeypatch.setattr(reading_process, "LOOK_SECONDS", 600.0)  # it would look for contracts that are not committed
    yield
    reading_process.end_reading_process()


def read(data: bytes, seconds: int = 300, on_stage: Callable[[str], None] = lambda stage: None) -> Any:
    return read_apart(data, "deal.txt", (), on_stage, seconds)


@pytest.mark.usefixtures("_reader")
def test_one_process_reads_file_after_file_and_tells_its_stages() -> None:
    stages: list[str] = []
    first = read(AGREEMENT, on_stage=stages.append)
    assert [party.term for party in first.parties] == [party.term for party in read(AGREEMENT).parties]
    assert first.document.text.startswith("SUPPLY AGREEMENT") and len(first.passages) >= 2
    assert stages[0] == "text" and stages[-1] == "obligations"


@pytest.mark.usefixtures("_reader")
def test_a_file_that_hangs_in_c_code_fails_alone_with_the_remedy() -> None:
    read(AGREEMENT)
    with pytest.raises(ReadError) as caught:
        read(b"hang", seconds=1)
    assert caught.value.code == "too_slow" and "deal.txt was not read within 1 seconds" in caught.value.message
    assert "READ_SECONDS" in caught.value.remedy
    assert read(AGREEMENT).clauses


@pytest.mark.usefixtures("_reader")
def test_a_file_that_hangs_is_let_go_when_nobody_wants_it_any_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_process, "LOOK_SECONDS", 0.05)
    looks = iter([True, True])
    with pytest.raises(Unwanted):
        read_apart(b"hang", "deal.txt", (), lambda stage: None, 300, lambda: next(looks, False))
    assert read(AGREEMENT).clauses


@pytest.mark.usefixtures("_reader")
def test_a_file_that_kills_its_reader_fails_alone() -> None:
    with pytest.raises(ReadError) as caught:
        read(b"crash")
    assert caught.value.code == "reader_killed" and "SIGKILL" in caught.value.message
    assert read(AGREEMENT).clauses


@pytest.mark.usefixtures("_reader")
def test_what_goes_wrong_is_told_as_in_one_process() -> None:
    with pytest.raises(ReadError, match=r"It is locked\. Unlock it\."):
        read(b"locked")
    with pytest.raises(EncoderUnavailable, match="It is missing"):
        read(b"no model")
    with pytest.raises(ReadingBroke, match="KeyError at ") as caught:
        read(b"bug")
    assert "words of the document" not in str(caught.value)


@pytest.mark.usefixtures("_reader")
def test_an_error_of_the_worker_leaves_no_answer_for_the_next_file() -> None:
    def gone(stage: str) -> None:
        raise RuntimeError(stage)

    with pytest.raises(RuntimeError):
        read(AGREEMENT, on_stage=gone)
    assert read(b"1. Other. Nothing else.").document.text == "1. Other. Nothing else."


@pytest.mark.usefixtures("_reader")
def test_the_reader_lets_its_worker_finish_the_file() -> None:
    read(AGREEMENT)
    assert reading_process._process is not None
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(reading_process._process.pid, number)
    before = reading_process._process.pid
    assert read(AGREEMENT).clauses and reading_process._process.pid == before


@pytest.mark.usefixtures("_reader", "encoder")
def test_the_contract_says_that_it_took_too_long(contract: Contract, settings: Any) -> None:
    settings.READ_SECONDS = 1
    contract.file.content = b"hang"
    contract.file.save()
    index_contract(contract.pk)
    contract.refresh_from_db()
    assert (contract.state, contract.error_code) == (Contract.State.FAILED, "too_slow")
