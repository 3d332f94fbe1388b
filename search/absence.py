"""Verified absence: every passage of chosen contracts is read against a statement, to say that none makes it.

Headings state nothing, and are neither read nor counted.

Small scopes are read at once, large ones by a job. A check that was interrupted goes on with the next contract.
A playbook check (search/playbook/) is a check of this kind for each of its positions.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

from contracts.audit.record import record
from contracts.models import Contract, Passage
from contracts.queue import CHECKS, FOLLOWING, defer, progressed
from contracts.webhooks.models import Event
from contracts.webhooks.publish import publish
from search.filters import Filters
from search.hits import decides, shown_order, verified_hit
from search.labels import LABELS
from search.models import AbsenceCheck, AbsencePart, Hit, Search
from search.recall import HEADING
from search.search import QueryError, check_tokens, forget_deleted, read_query
from search.stability import mark_stability
from search.verification import load_verifier, read_verdict, stored_verdict, verify_passages
from verifier.types import Verdict, VerifierUnavailable

ABSENCE_TASK = "check_absence"
RECALL_PATH = "every"
AT_ONCE = 500  # passages; some seconds
BATCH = 64  # passages, each batch with the whole time budget of a search
NEAREST = 10  # clauses to look at, of those that are only related


class CheckStopped(Exception):
    """The check cannot go on. The message says why, and what to do."""


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
        at_once = store_checks([check], queue=queue)
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
    return ReadingScope(filters, ready, unread, _stating(ready).count())


def new_check(statement: str, user: User, scope: ReadingScope, nearest_of_each: int = 0) -> AbsenceCheck:
    """Not stored yet; see ``store_checks``. Raises as ``start_absence_check`` does."""
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


def store_checks(checks: Sequence[AbsenceCheck], *, queue: bool = True) -> Sequence[AbsenceCheck]:
    """Much to read is queued, in this transaction; little is returned, to be read at once after it."""
    at_once = sum(check.passages for check in checks) <= AT_ONCE
    for check in checks:
        check.save(force_insert=True)
        if queue and not at_once:
            enqueue_absence(check)
    return checks if at_once else ()


def enqueue_absence(check: AbsenceCheck) -> None:
    """The lock keeps two workers from reading for the same check."""
    # Somebody asked for it: not behind all files that a bulk load has brought, nor are these to wait for it.
    defer(ABSENCE_TASK, queue=CHECKS, priority=FOLLOWING, lock=f"absence-{check.pk}", check_id=str(check.pk))


def run_absence_check(check: AbsenceCheck) -> None:
    """Ends DONE, or FAILED with a reason. What was read before is kept."""
    if check.state == AbsenceCheck.State.DONE:
        return
    started = time.perf_counter()
    _set_state(check, AbsenceCheck.State.READING)
    try:
        read = set(check.parts.values_list("contract", flat=True))
        for contract in check.contracts:
            if contract not in read:
                _read_contract(check, contract)
        _finish(check, time.perf_counter() - started)
    except (CheckStopped, VerifierUnavailable) as error:
        _set_state(check, AbsenceCheck.State.FAILED, str(error))


def stop_absence_check(check_id: str) -> None:
    for check in AbsenceCheck.objects.filter(pk=check_id):  # none when it was deleted meanwhile
        error = "The worker was killed each time it read for this check. Add memory or choose fewer contracts."
        _set_state(check, AbsenceCheck.State.FAILED, error)


def continue_absence_check(check: AbsenceCheck) -> None:
    """Queue a check that stopped; what was read is kept."""
    with transaction.atomic():
        stopped = AbsenceCheck.objects.filter(pk=check.pk, state=AbsenceCheck.State.FAILED)
        if stopped.update(state=AbsenceCheck.State.WAITING, error=""):
            enqueue_absence(check)


def _set_state(check: AbsenceCheck, state: AbsenceCheck.State, error: str = "") -> None:
    check.state, check.error = state, error
    with transaction.atomic():
        check.save(update_fields=["state", "error"])
        if state == AbsenceCheck.State.FAILED:
            _tell(check, Event.ABSENCE_FAILED)


def _tell(check: AbsenceCheck, event: Event) -> None:
    of_playbook = hasattr(check, "position")  # one of many, of which nobody wants to be told
    if check.user_id is not None and not of_playbook:
        publish(event, {"absence_check": str(check.pk)}, check.filters.get("matters", ()), check.user_id)


def _read_contract(check: AbsenceCheck, contract: int) -> None:
    if load_verifier().sha256 != check.verifier_sha256:
        raise CheckStopped(
            "The verifier was replaced while the check ran, so its verdicts cannot be joined. Ask again."
        )
    if check.user is None or not Contract.objects.visible_to(check.user).filter(pk=contract).exists():
        raise CheckStopped("A contract of the scope can no longer be read. Ask again for the contracts that are left.")
    passages = list(_with_parties(_stating([contract]).order_by("position")))
    verdicts: list[Verdict | None] = []
    for first in range(0, len(passages), BATCH):
        verdicts += verify_passages(check.statement, passages[first : first + BATCH])
    AbsencePart.objects.create(
        check_of=check,
        contract_id=contract,
        passages=len(passages),
        verified=sum(verdict is not None for verdict in verdicts),
        kept=_kept(passages, verdicts, check.nearest_of_each or NEAREST),
    )
    progressed(ABSENCE_TASK, check_id=str(check.pk))


def _stating(contracts: Sequence[int]) -> QuerySet[Passage]:
    return Passage.objects.filter(contract__in=contracts).exclude(kind=HEADING)


def _with_parties(passages: QuerySet[Passage]) -> QuerySet[Passage]:
    return passages.select_related("clause", "contract").defer("contract__text").prefetch_related("contract__parties")


def _kept(passages: Sequence[Passage], verdicts: Sequence[Verdict | None], nearest: int) -> list[dict[str, Any]]:
    """One verdict for each clause, the one that decides; of the clauses that are only related the nearest."""
    deciding: dict[int, tuple[Passage, Verdict | None]] = {}
    for passage, verdict in sorted(zip(passages, verdicts, strict=True), key=lambda pair: _deciding_order(pair[1])):
        deciding.setdefault(passage.clause_id, (passage, verdict))
    return [
        {"passage": passage.pk, "verdict": stored_verdict(verdict)}
        for passage, verdict in _with_nearest(deciding.values(), nearest)
    ]


def _with_nearest(
    read: Iterable[tuple[Passage, Verdict | None]], nearest: int, *, of_each: bool = False
) -> list[tuple[Passage, Verdict | None]]:
    """In the order shown; of the clauses that are only related the nearest, of all contracts or of each."""
    kept: list[tuple[Passage, Verdict | None]] = []
    related: Counter[int] = Counter()
    for passage, verdict in sorted(read, key=lambda pair: shown_order(pair[1])):
        if _is_related(verdict):
            contract = passage.contract_id if of_each else 0
            related[contract] += 1
            if related[contract] > nearest:
                continue
        kept.append((passage, verdict))
    return kept


def _is_related(verdict: Verdict | None) -> bool:
    return verdict is not None and LABELS[verdict.label].group == "related"


def _deciding_order(verdict: Verdict | None) -> tuple[int, float]:
    if verdict is not None and _is_related(verdict):
        return decides(verdict)[0], -verdict.probabilities["supported"]  # the nearest, not the surest to be unrelated
    return decides(verdict)


def _finish(check: AbsenceCheck, seconds: float) -> None:
    parts = list(check.parts.all())
    kept = [one for part in parts for one in part.kept]
    passages = _with_parties(Passage.objects.prefetch_related("obligations")).in_bulk([one["passage"] for one in kept])
    if len(parts) < len(check.contracts) or len(passages) < len(kept):
        check.parts.all().delete()
        raise CheckStopped("A contract was deleted or read anew while the check ran. Ask again.")
    read = ((passages[one["passage"]], read_verdict(one["verdict"])) for one in kept)
    shown = _with_nearest(read, check.nearest_of_each or NEAREST, of_each=bool(check.nearest_of_each))
    counts = check.parts.aggregate(passages=Sum("passages"), verified=Sum("verified"))
    search = Search(
        user=check.user,
        query=check.statement,
        filters=check.filters,
        eligible=counts["passages"],
        recalled=counts["passages"],
        verified=counts["verified"],
        recall_path=RECALL_PATH,
        verifier_name=check.verifier_name,
        verifier_sha256=check.verifier_sha256,
        seconds={"verify": round(seconds, 4)},
    )
    hits = [verified_hit(check.statement, passage, verdict) for passage, verdict in shown]
    for rank, hit in enumerate(hits, start=1):
        hit.search, hit.rank = search, rank
    mark_stability(check.statement, [passage for passage, _ in shown], hits)
    check.search, check.state, check.finished_at = search, AbsenceCheck.State.DONE, timezone.now()
    with transaction.atomic():
        search.save(force_insert=True)
        forget_deleted(hits)
        Hit.objects.bulk_create(hits)
        check.save(update_fields=["search", "state", "finished_at"])
        _tell(check, Event.ABSENCE_DONE)
