"""Checks that wait for one worker: whose turn it is."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.models import Matter
from search.absence.check import (
    cancel_absence_check,
    continue_absence_check,
    delete_absence_check,
    start_absence_check,
    take_turn,
)
from search.filters import Filters
from search.models import AbsenceCheck
from tests.fakes import FakeVerifier
from tests.search.test_absence import OTHER, STATEMENT, add_contract


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
