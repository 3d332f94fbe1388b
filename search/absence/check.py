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

from contracts.audit.record import record
from contracts.models import Contract
from search.absence.models import RUNNING
from search.absence.reading import fail_check, run_absence_check, stating
from search.absence.turns import enqueue_absence, let_next_position_forward, must_give_way
from search.filters import Filters
from search.models import AbsenceCheck, ListedClause, Search
from search.search import QueryError, check_tokens, read_query
from search.verification import load_verifier

AT_ONCE = 500  # passages; some seconds
STOPPED = "You stopped it. What was read is kept: go on with the rest, or delete the check."


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
    """Queue a check that stopped; what was read is kept. False when it has not stopped."""
    with transaction.atomic():
        stopped = AbsenceCheck.objects.filter(pk=check.pk, state=AbsenceCheck.State.FAILED)
        if not stopped.update(state=AbsenceCheck.State.WAITING, error=""):
            return False
        enqueue_absence(check)
    return True


def delete_absence_check(check: AbsenceCheck) -> None:
    """With its answer, unless a list has clauses of it."""
    with transaction.atomic():
        search = check.search_id
        check.delete()
        listed = ListedClause.objects.filter(hit__search=search).exists()
        if search is not None and not listed:
            Search.objects.filter(pk=search).delete()
