"""A playbook held against contracts: every passage of each is read against each position.

Each position is an absence check, with its jobs, its progress and its way to go on after an interruption.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Sum

from contracts.audit.record import By, record
from search.absence.check import (
    VerifierReplaced,
    cancel_absence_check,
    continue_absence_check,
    delete_reading,
    new_check,
    queue_checks,
    reading_scope,
)
from search.absence.missed import Missed, missed_by
from search.absence.models import RUNNING
from search.absence.reading import run_absence_check
from search.filters import Filters
from search.models import AbsenceCheck, AbsencePart, CheckedPosition, Playbook, PlaybookCheck, ReadPassage
from search.query import QueryError

NEAREST_IN_CELL = 3  # related clauses of a contract, to look at where none says it
State = AbsenceCheck.State


@dataclass(frozen=True, slots=True)
class Progress:
    state: AbsenceCheck.State
    read: int  # passages, over all positions
    passages: int
    positions_read: int
    positions: int
    unread: int  # of those, that the verifier could not read, in contracts that are read to their ends
    errors: tuple[str, ...]  # why readings stopped, each reason once
    verifiers: tuple[tuple[str, str], ...]  # name and sha256 of each that reads

    @property
    def missed(self) -> Missed:
        """Of the clauses that say it, as measured."""
        return missed_by({sha256 for _, sha256 in self.verifiers})

    @property
    def running(self) -> bool:
        return self.state in RUNNING


def start_playbook_check(playbook: Playbook, user: User, filters: Filters) -> PlaybookCheck:
    """Raises QueryError, VerifierUnavailable or EncoderUnavailable; then nothing is read."""
    positions = list(playbook.positions.all())
    if not positions:
        raise QueryError(f"“{playbook.name}” has no position.", "Add a statement first.")
    scope = reading_scope(user, filters)
    readings = []
    for position in positions:
        try:
            readings.append(new_check(position.statement, user, scope, NEAREST_IN_CELL))
        except QueryError as error:
            raise QueryError(f"Position {position.place}: {error.message}", error.remedy) from error
    check = PlaybookCheck(user=user, playbook=playbook, name=playbook.name, filters=filters.stored())
    with transaction.atomic():
        check.save(force_insert=True)
        record(user, "checked_playbook", "playbook_check", check.pk)
        for one, reading in zip(positions, readings, strict=True):
            reading.save(force_insert=True)
            CheckedPosition.objects.create(
                check_of=check, reading=reading, place=one.place, topic=one.topic, guidance=one.guidance
            )
        at_once = queue_checks(readings)
    for reading in at_once:
        run_absence_check(reading)
    return check


def progress_of(check: PlaybookCheck) -> Progress:
    readings = list(AbsenceCheck.objects.filter(position__check_of=check))
    parts = AbsencePart.objects.filter(check_of__position__check_of=check)
    ended = parts.aggregate(read=Sum("passages", default=0), verified=Sum("verified", default=0))
    begun = ReadPassage.objects.filter(check_of__position__check_of=check).count()
    states = Counter(reading.state for reading in readings)
    return Progress(
        state=_state(states),
        read=ended["read"] + begun,
        passages=sum(reading.passages for reading in readings),
        positions_read=states[State.DONE],
        positions=len(readings),
        unread=ended["read"] - ended["verified"],
        errors=tuple(dict.fromkeys(reading.error for reading in readings if reading.state == State.FAILED)),
        verifiers=tuple(dict.fromkeys((reading.verifier_name, reading.verifier_sha256) for reading in readings)),
    )


def continue_playbook_check(check: PlaybookCheck) -> bool:
    """Queue the readings that stopped, or could not read every passage; what was read is kept. False when none is.

    Raises VerifierReplaced where that keeps all of them.
    """
    queued, replaced = 0, None
    for reading in AbsenceCheck.objects.filter(position__check_of=check).order_by("position__place"):
        try:
            queued += continue_absence_check(reading)
        except VerifierReplaced as error:
            replaced = error
    if replaced and not queued:
        raise replaced
    return queued > 0


def cancel_playbook_check(check: PlaybookCheck) -> bool:
    """False when all its readings have ended."""
    readings = AbsenceCheck.objects.filter(position__check_of=check)
    return sum(cancel_absence_check(reading) for reading in readings) > 0  # each of them is asked


def delete_playbook_check(check: PlaybookCheck, by: By = None) -> None:
    """With its readings and their answers, but those of which a list has clauses."""
    with transaction.atomic():
        record(by or check.user, "check.deleted", "playbook_check", check.pk)
        for reading in AbsenceCheck.objects.filter(position__check_of=check):
            delete_reading(reading, by)
        check.delete()


def _state(states: Counter[str]) -> AbsenceCheck.State:
    if states[State.READING] or (states[State.WAITING] and len(states) > 1):
        return State.READING
    if states[State.WAITING]:
        return State.WAITING
    return State.FAILED if states[State.FAILED] else State.DONE
