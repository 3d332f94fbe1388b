"""Verified absence: every passage of chosen contracts is read against a statement, to say that none makes it.

Headings state nothing, and are neither read nor counted.

Small scopes are read at once, large ones by a job; reading.py reads. A playbook check (search/playbook/) is a
check of this kind for each of its positions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from contracts.audit.record import By, record
from contracts.models import Contract
from search.absence.models import RUNNING
from search.absence.reading import REPLACED, fail_check, run_absence_check, stating
from search.absence.turns import enqueue_absence, let_next_position_forward, must_give_way
from search.filters import Filters
from search.history.forgetting import forget
from search.models import AbsenceCheck, Search
from search.query import QueryError, check_tokens, read_query
from search.verification import load_card, load_verifier
from verifier.types import VerifierUnavailable

AT_ONCE = 500  # passages; some seconds
STOPPED = "You stopped it. What was read is kept: go on with the rest, or delete the check."


class VerifierReplaced(Exception):
    """A check with an answer cannot go on. The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class ReadingScope:
    filters: Filters
    contracts: tuple[int, ...]  # with clauses to read
    unread: int  # contracts without
    passages: int  # without headings


def start_absence_check(
    statement: str, user: User, filters: Filters | None = None, *, queue: bool = True
) -> AbsenceCheck:
    """Done, or waiting for its job; without ``queue`` it waits for ``run_absence_check``.

    Raises QueryError, VerifierUnavailable or EncoderUnavailable.
    """
    check = new_check(statement, user, reading_scope(user, filters or Filters()))
    with transaction.atomic():
        check.save(force_insert=True)
        at_once = queue_checks([check]) if queue else ()
        record(user, "checked_absence", "absence_check", check.pk)
    for one in at_once:
        run_absence_check(one)
    return check


def reading_scope(user: User, filters: Filters) -> ReadingScope:
    """Raises QueryError when there is nothing to read."""
    contracts = filters.narrow(Contract.objects.visible_to(user))
    ready = tuple(contracts.filter(state=Contract.State.READY).order_by("pk").values_list("pk", flat=True))
    if not ready:
        raise QueryError("There is no contract to read in this scope.", "Choose a matter with contracts that are read.")
    unread = contracts.exclude(state=Contract.State.READY).count()
    return ReadingScope(filters, ready, unread, stating(ready).count())


def new_check(statement: str, user: User, scope: ReadingScope, nearest_of_each: int = 0) -> AbsenceCheck:
    """Not stored yet. Raises as ``start_absence_check`` does."""
    statement = read_query(statement)
    verifier = load_verifier()
    check_tokens(statement)
    return AbsenceCheck(
        user=user,
        statement=statement,
        filters=scope.filters.stored(),
        contracts=list(scope.contracts),
        unread=scope.unread,
        passages=scope.passages,
        nearest_of_each=nearest_of_each,
        verifier_name=verifier.name,
        verifier_sha256=verifier.sha256,
    )


def queue_checks(checks: Sequence[AbsenceCheck]) -> Sequence[AbsenceCheck]:
    """Much to read is queued, in this transaction; little is returned, to be read at once after it."""
    if sum(check.passages for check in checks) <= AT_ONCE:
        return checks
    for check in checks:
        enqueue_absence(check)
    return ()


def take_turn(check: AbsenceCheck) -> None:
    """Reads to the end, or until others wait: then it gets to the end of their row."""
    if not run_absence_check(check, lambda: must_give_way(check)):
        enqueue_absence(check)


def stop_absence_check(check_id: str, error: str) -> None:
    for check in AbsenceCheck.objects.filter(pk=check_id):  # none when it was deleted meanwhile
        fail_check(check, error)


def cancel_absence_check(check: AbsenceCheck) -> bool:
    """Its reader sees it before the next passages, or at the end. False when it has ended."""
    running = AbsenceCheck.objects.filter(pk=check.pk, state__in=RUNNING)
    stopped = bool(running.update(state=AbsenceCheck.State.FAILED, error=STOPPED))
    if stopped:
        let_next_position_forward(check)
    return stopped


def continue_absence_check(check: AbsenceCheck) -> bool:
    """Queue a check that stopped, or could not read every passage; what was read is kept.

    False when it runs, or all is read. The answer that lacks passages stays until a new one takes its place; with
    another verifier that would not be of what it lacks alone: raises VerifierReplaced.
    """
    with transaction.atomic():
        one = AbsenceCheck.objects.select_for_update().get(pk=check.pk)
        unread = one.parts.filter(verified__lt=F("passages"))
        if one.state in RUNNING or (one.state == AbsenceCheck.State.DONE and not unread.exists()):
            return False
        if one.search_id and _was_replaced(one.verifier_sha256):
            raise VerifierReplaced(REPLACED)
        unread.delete()  # verdicts of these contracts are kept by pair, and not read again (search/verified_pairs.py)
        one.state, one.error, one.finished_at = AbsenceCheck.State.WAITING, "", None
        one.save(update_fields=["state", "error", "finished_at"])
        enqueue_absence(one)
    return True


def _was_replaced(verifier_sha256: str) -> bool:
    try:
        return load_card().sha256 != verifier_sha256
    except VerifierUnavailable:
        return False  # the reading fails with this reason, and the answer stays


def delete_absence_check(check: AbsenceCheck, by: By = None) -> None:
    """With its answer, unless a list has clauses of it."""
    with transaction.atomic():
        record(by or check.user, "check.deleted", "absence_check", check.pk)
        delete_reading(check, by)


def delete_reading(check: AbsenceCheck, by: By) -> None:
    """A check, or a position of a playbook check."""
    answer, by = check.search_id, by or check.user
    check.delete()
    if answer is not None:
        forget(by, Search.objects.filter(pk=answer))
