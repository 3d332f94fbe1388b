"""What an action touches, and how long it takes by what was measured."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.estimate import Extent, duration_of_reading, extent_of, told
from contracts.models import Contract, Matter
from contracts.receive import receive_file
from contracts.storage import store_reading
from contracts.text.types import Reading


def received(matter: Matter, name: str, **changed: Any) -> Contract:
    contract = receive_file(matter, f"{name}.txt", name.encode()).contract
    Contract.objects.filter(pk=contract.pk).update(**changed)
    return contract


def test_the_extent_counts_only_what_is_chosen(alpha: Matter, supply_reading: Reading) -> None:
    read, other, unread = (received(alpha, name) for name in ("read", "other", "unread"))
    for contract in (read, other):
        store_reading(contract, supply_reading)
    assert extent_of(Contract.objects.filter(pk__in=[read.pk, unread.pk])) == Extent(2, 2, 1, 2)
    assert extent_of(Contract.objects.none()) == Extent(0, 0, 0, 0)


def test_measured_seconds_or_else_those_of_its_size(alpha: Matter) -> None:
    again = received(alpha, "again", size=1000, read_seconds=10.0, state="ready")
    received(alpha, "elsewhere", size=1000, read_seconds=30.0, state="ready")
    unread = received(alpha, "unread", size=500, state="failed")
    received(alpha, "waits", size=100, state="received")
    chosen = Contract.objects.filter(pk__in=[again.pk, unread.pk])
    duration = duration_of_reading(chosen, Contract.objects.all())
    assert duration.seconds == pytest.approx(10 + 500 * 40 / 2000)
    assert (duration.measured, duration.ahead) == (2, 1)
    assert duration.seconds_ahead == pytest.approx(100 * 40 / 2000)


def test_without_a_measured_reading_nothing_is_claimed(alpha: Matter) -> None:
    received(alpha, "waits")
    failed = Contract.objects.filter(pk=received(alpha, "failed", state="failed").pk)
    duration = duration_of_reading(failed, Contract.objects.all())
    assert (duration.seconds, duration.measured, duration.ahead) == (None, 0, 1)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.0, "less than a minute"),
        (59.9, "less than a minute"),
        (61.0, "about 1 minute"),
        (600.0, "about 10 minutes"),
        (5300.0, "about 88 minutes"),
        (5400.0, "about 2 hours"),
        (36000.0, "about 10 hours"),
    ],
)
def test_it_is_told_in_round_words(seconds: float, said: str) -> None:
    assert told(seconds) == said
