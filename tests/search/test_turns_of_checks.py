"""Checks that wait for one worker: whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.models import Matter
from search.absence import reading
from search.absence.begun import keep_begun
from search.absence.check import (
    cancel_absence_check,
    continue_absence_check,
    delete_absence_check,
    start_absence_check,
    take_turn,
)
from search.absence.so_far import so_far
from search.filters import Filters
from search.models import AbsenceCheck, ReadPassage, VerifiedPair
from tests.fakes import FakeVerifier
from tests.search.test_absence import INSURES, OTHER, STATEMENT, add_contract


def test_checks_take_turns_contract_by_contract(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier, queued: None
) -> None:
    for number in range(4):
        add_contract(matter, [f"{OTHER} {number}"])
    long = start_absence_check("Rent is due", lawyer)
    short = start_absence_check(STATEMENT, lawyer, Filters(contracts=tuple(long.contracts[:2])))
    assert work_off() == [str(one.pk) for one in (long, short, long, short, long)]  # alone, it reads on to its end
    asked = [pair.query for pair in fake_verifier.read]
    assert [query.startswith("Rent") for query in asked] == [True, False, True, False, True, True]
    assert set(AbsenceCheck.objects.values_list("state", flat=True)) == {"done"}
    long.refresh_from_db()
    assert long.search is not None and long.search.recalled == 4 and long.seconds > 0


def test_a_check_that_is_stopped_between_two_turns_reads_no_more_and_goes_on_when_told(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier, queued: None
) -> None:
    for number in range(2):
        add_contract(matter, [f"{OTHER} {number}"])
    first, second = start_absence_check("Rent is due", lawyer), start_absence_check(STATEMENT, lawyer)
    assert work_off(1) == [str(first.pk)]
    first.refresh_from_db()
    assert (first.state, first.passages_read) == ("reading", 1)
    cancel_absence_check(first)
    continue_absence_check(first)  # its job waits still, and is not doubled
    assert work_off() == [str(one.pk) for one in (second, first, second)]
    delete_absence_check(first)
    assert len(fake_verifier.read) == 4 and not AbsenceCheck.objects.exclude(state="done").exists()


@pytest.fixture
def batches_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn is two passages long."""
    monkeypatch.setattr(reading, "BATCH", 1)
    monkeypatch.setattr(reading, "TURN", 2)


def test_a_turn_ends_within_a_long_contract_and_nothing_is_read_twice(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier, queued: None, batches_of_one: None
) -> None:
    contract = add_contract(matter, [INSURES, *(f"{OTHER} {number}" for number in range(4))])
    first, second = start_absence_check("Rent is due", lawyer), start_absence_check(STATEMENT, lawyer)
    read = []
    for _ in range(2):
        VerifiedPair.objects.all().delete()  # what is kept for 90 days is not what this rests on
        read += [(check, AbsenceCheck.objects.get(pk=check).passages_read) for check in work_off(2)]
    VerifiedPair.objects.all().delete()
    assert read == [(str(one.pk), number) for number in (2, 4) for one in (first, second)]
    assert not so_far(first, lawyer).contracts  # said of contracts that were read to their ends alone
    cancel_absence_check(second)
    assert work_off() == [str(one.pk) for one in (first, second)]
    assert AbsenceCheck.objects.get(pk=second.pk).passages_read == 4
    continue_absence_check(second)
    work_off()
    assert len(fake_verifier.read) == 2 * 5 and not ReadPassage.objects.exists()
    for check in AbsenceCheck.objects.all():
        assert (check.state, check.passages_read, check.parts.get().contract) == ("done", 5, contract)
        assert check.search is not None and check.search.hits.get(label="supported").text == INSURES


def test_a_killed_worker_loses_the_batch_it_read_and_a_contract_read_anew_is_read_from_its_start(
    matter: Matter,
    lawyer: User,
    fake_verifier: FakeVerifier,
    queued: None,
    batches_of_one: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    contract = add_contract(matter, [f"{OTHER} {number}" for number in range(4)])
    check = start_absence_check(STATEMENT, lawyer)
    with monkeypatch.context() as patched:
        patched.setattr(reading, "keep_begun", killed_after(3))
        with pytest.raises(SystemExit):
            work_off()
    assert AbsenceCheck.objects.get(pk=check.pk).passages_read == 2
    VerifiedPair.objects.all().delete()
    with monkeypatch.context() as patched:
        patched.setattr(reading, "keep_begun", killed_after(1))
        with pytest.raises(SystemExit):
            take_turn(check)
    assert [len(fake_verifier.read), ReadPassage.objects.count()] == [4, 2]
    contract.clauses.first().delete()
    assert AbsenceCheck.objects.get(pk=check.pk).passages_read == 1
    take_turn(check)
    assert (check.state, check.passages_read) == ("done", 3)


def killed_after(batches: int) -> Callable[..., None]:
    """Instead of ``keep_begun``: keeps those before it."""
    left = iter(range(batches - 1))

    def keep(check: AbsenceCheck, verdicts: Any) -> None:
        if next(left, None) is None:
            raise SystemExit
        keep_begun(check, verdicts)

    return keep


def work_off(most: int = 99) -> list[str]:
    """As a worker with one hand for checks: the checks in the order of their turns."""
    turns = []
    waiting = ProcrastinateJob.objects.filter(queue_name="checks", status="todo").order_by("-priority", "id")
    while len(turns) < most and (job := waiting.first()):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.pk])
        turns.append(job.args["check_id"])
        take_turn(AbsenceCheck.objects.get(pk=turns[-1]))
    return turns
