"""Memory that is free in the process goes back to the system."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest

from contracts.models import Matter
from search import encode, read_ahead, spare_memory, verification
from tests.fakes import FakeVerifier
from tests.search.conftest import add_contract
from tests.soak.processes import held_by
from verifier.types import Pair

BLOCK = 100_000  # bytes; small enough that glibc takes it from a heap
BLOCKS = 2_000


def resident() -> float:
    held = held_by(os.getpid())
    assert held is not None
    return held.private


@pytest.fixture
def _due(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(spare_memory, "_next_time", 0.0)
    _forget_later()
    yield
    _forget_later()


def _forget_later() -> None:
    if spare_memory._later is not None:
        spare_memory._later.cancel()
        spare_memory._later = None


@pytest.mark.usefixtures("_due")
def test_what_is_free_below_something_in_use_goes_back_to_the_system() -> None:
    blocks = [bytearray(b"x" * BLOCK) for _ in range(BLOCKS)]
    last = blocks[-1]  # what glibc gives back by itself is only the end of a heap
    del blocks
    before = resident()
    spare_memory.give_back()
    assert before - resident() > BLOCK * BLOCKS / 2**20 / 2
    assert len(last) == BLOCK


@pytest.mark.usefixtures("_due")
def test_not_more_often_than_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[int] = []
    monkeypatch.setattr(spare_memory, "_malloc_trim", lambda: times.append)
    spare_memory.give_back()
    spare_memory.give_back()
    assert times == [0]
    monkeypatch.setattr(spare_memory, "_next_time", 0.0)
    spare_memory.give_back()
    assert times == [0, 0]


@pytest.mark.usefixtures("_due")
def test_what_was_too_early_is_made_up_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    times: list[int] = []
    monkeypatch.setattr(spare_memory, "SECONDS", 0.2)

    def trim(pad: int) -> None:
        times.append(pad)
        if len(times) > 1:
            done.set()

    monkeypatch.setattr(spare_memory, "_malloc_trim", lambda: trim)
    for _ in range(3):
        spare_memory.give_back()
    assert done.wait(10)
    time.sleep(0.5)
    assert times == [0, 0]


def test_another_c_library_has_nothing_to_give(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spare_memory.ctypes, "CDLL", lambda name: object())
    assert spare_memory._malloc_trim.__wrapped__()(0) == 0


@pytest.fixture
def given_back(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Who gave back."""
    told: list[str] = []
    for module in (encode, read_ahead, verification):
        monkeypatch.setattr(module, "give_back", lambda name=module.__name__: told.append(name))
    return told


@pytest.mark.django_db
def test_who_verifies_gives_back(fake_verifier: FakeVerifier, given_back: list[str]) -> None:
    verification.verify_pairs([Pair("Supplier pays", "The Supplier shall pay.")])
    assert given_back == ["search.verification"]


@pytest.mark.django_db
def test_who_reads_ahead_gives_back(matter: Matter, fake_verifier: FakeVerifier, given_back: list[str]) -> None:
    read_ahead.read_ahead(add_contract(matter, [["The Supplier shall pay."]], np.eye(1, 384)).pk)
    assert given_back == ["search.read_ahead"]


def test_who_encodes_gives_back(given_back: list[str]) -> None:
    encode.encode_texts(["The Supplier shall pay."])
    assert given_back == ["search.encode"]
