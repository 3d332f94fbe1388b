"""The reading of an absence check: contract by contract, so that an interrupted one goes on where it stopped; within
a long contract too (begun.py).

A contract that its user may no longer see, or that is gone, is left out, and the answer says so (coverage.py).
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F, QuerySet, Sum, prefetch_related_objects
from django.utils import timezone

from contracts.away import DATABASE_AWAY
from contracts.models import Contract, Passage
from contracts.queue import progressed
from contracts.webhooks.models import Event
from contracts.webhooks.publish import publish
from search.absence.begun import begun_of, forget_begun, keep_begun
from search.absence.models import RUNNING
from search.absence.so_far import kept_verdict
from search.absence.turns import ABSENCE_TASK, let_next_position_forward
from search.candidates import decides, shown_order
from search.failures import internal_error
from search.history.forgetting import forget
from search.hits import answer_hits, verified_hit
from search.labels import LABELS
from search.models import AbsenceCheck, AbsencePart, PlaybookCheck, Search
from search.recall import HEADING
from search.recall_path import RecallPath
from search.storing import store_answer
from search.verification import load_verifier, restored_verdict, verify_passages
from verifier.types import Verdict, VerifierUnavailable

BATCH = 64  # passages, each batch with the whole time budget of a search
NEAREST = 10  # clauses to look at, of those that are only related
TURN = 8  # batches of one contract, after which others that wait are let read; some 30 seconds
ROUNDS = 3  # of reading again what was read anew meanwhile
REPLACED = (
    "The verifier was replaced since this was answered, and verdicts of two are not joined. The answer is kept; start "
    "a new check to have all read anew."
)

logger = logging.getLogger(__name__)


class CheckStopped(Exception):
    """The check cannot go on. The message says why, and what to do."""


class _TurnOver(Exception):
    """Others are let read before it goes on."""


class _Withdrawn(Exception):
    """Its user stopped or deleted it meanwhile, or another worker has ended it: nothing is left to do or say."""


def run_absence_check(check: AbsenceCheck, gives_way: Callable[[], bool] = lambda: False) -> bool:
    """Ends DONE, or FAILED with a reason. Raises only while the database is away. What was read before is kept.

    False where it has given its place away, which it is asked for after each contract and within long ones, and is to
    go on later.
    Nothing for a check that has ended, or was stopped. Two that run at once read twice, but answer once.
    """
    started = time.perf_counter()
    if not _running(check).update(state=AbsenceCheck.State.READING):
        return True
    check.state = AbsenceCheck.State.READING
    gave_way = False
    try:
        _use_loaded_verifier(check)
        _read_all(check, gives_way)
        _finish(check, check.seconds + time.perf_counter() - started)
    except _TurnOver:
        gave_way = True
    except _Withdrawn:
        pass
    except DATABASE_AWAY:
        raise
    except (CheckStopped, VerifierUnavailable) as error:
        fail_check(check, str(error))
    except Exception as error:  # noqa: BLE001  the job boundary: a check that stopped must never look as if it were read
        fail_check(check, internal_error(logger, f"absence check {check.pk}", error))
    turn = time.perf_counter() - started
    AbsenceCheck.objects.filter(pk=check.pk).update(seconds=F("seconds") + turn)
    return not gave_way


def fail_check(check: AbsenceCheck, error: str) -> None:
    """Nothing when it has ended meanwhile."""
    with transaction.atomic():
        if _running(check).update(state=AbsenceCheck.State.FAILED, error=error):
            check.state, check.error = AbsenceCheck.State.FAILED, error
            _tell(check, Event.ABSENCE_FAILED)


def _running(check: AbsenceCheck) -> QuerySet[AbsenceCheck]:
    return AbsenceCheck.objects.filter(pk=check.pk, state__in=RUNNING)


def _tell(check: AbsenceCheck, event: Event) -> None:
    told = {"absence_check": str(check.pk)}
    let_next_position_forward(check)
    if hasattr(check, "position"):  # one of many, of which nobody wants to be told but of the last
        of_playbook = check.position.check_of_id
        # Of two workers that end the last two readings the lock lets the second see what the first has written.
        PlaybookCheck.objects.select_for_update().filter(pk=of_playbook).first()
        readings = AbsenceCheck.objects.filter(position__check_of=of_playbook)
        if readings.filter(state__in=RUNNING).exists():
            return
        failed = readings.filter(state=AbsenceCheck.State.FAILED).exists()
        event = Event.PLAYBOOK_FAILED if failed else Event.PLAYBOOK_DONE
        told = {"playbook_check": str(of_playbook)}
    if check.user_id is not None:
        publish(event, told, check.filters.get("matters", ()), check.user_id)


def _use_loaded_verifier(check: AbsenceCheck) -> None:
    """Verdicts of two verifiers are not joined: what another one has read is read again.

    Not where there is an answer, of which only what it lacks was to be read.
    """
    verifier = load_verifier()
    if verifier.sha256 != check.verifier_sha256:
        if check.search_id is not None:
            raise CheckStopped(REPLACED)
        check.parts.all().delete()
        check.begun.all().delete()
        check.verifier_name, check.verifier_sha256 = verifier.name, verifier.sha256
        _running(check).update(verifier_name=verifier.name, verifier_sha256=verifier.sha256)


def _read_all(check: AbsenceCheck, gives_way: Callable[[], bool]) -> None:
    """Until each contract that can be read is read as it stands now."""
    for _ in range(ROUNDS):
        read = set(check.parts.values_list("contract", flat=True))
        left = [contract for contract in check.contracts if contract not in read]
        for number, contract in enumerate(left, start=1):
            if _read_contract(check, contract, gives_way) and number < len(left) and gives_way():
                raise _TurnOver
        if not _forget_outdated(check):
            return
    raise CheckStopped("Contracts of the scope are being read into clauses again. Go on when that has ended.")


def _read_contract(check: AbsenceCheck, contract: int, gives_way: Callable[[], bool]) -> bool:
    """False where its user may not see it, or it is gone: then it stays without a part."""
    if not Contract.objects.visible_to(check.user or AnonymousUser()).filter(pk=contract).exists():
        forget_begun(check, contract)
        return False
    passages = list(_with_parties(stating([contract]).order_by("position")))
    verdict_of = begun_of(check, contract)
    left = [passage for passage in passages if passage.pk not in verdict_of]
    for number, first in enumerate(range(0, len(left), BATCH), start=1):
        if not _running(check).exists():
            raise _Withdrawn
        batch = left[first : first + BATCH]
        read = dict(zip([one.pk for one in batch], verify_passages(check.statement, batch), strict=True))
        verdict_of |= read
        if first + BATCH < len(left):
            keep_begun(check, read)
            progressed(ABSENCE_TASK, check_id=str(check.pk))
            if number % TURN == 0 and gives_way():
                raise _TurnOver
    _store_part(check, contract, passages, [verdict_of[passage.pk] for passage in passages])
    return True


def _store_part(
    check: AbsenceCheck, contract: int, passages: Sequence[Passage], verdicts: Sequence[Verdict | None]
) -> None:
    deciding = _deciding(passages, verdicts, check.nearest_of_each or NEAREST)
    said = [passage for passage, verdict in deciding if verdict is not None and verdict.label == "supported"]
    prefetch_related_objects(said, "obligations")
    part = AbsencePart(
        check_of=check,
        contract_id=contract,
        passages=len(passages),
        verified=sum(verdict is not None for verdict in verdicts),
        kept=[kept_verdict(check.statement, passage, verdict) for passage, verdict in deciding],
    )
    with transaction.atomic():
        AbsencePart.objects.bulk_create([part], ignore_conflicts=True)  # another worker may have read it too
        forget_begun(check, contract)
    progressed(ABSENCE_TASK, check_id=str(check.pk))


def _forget_outdated(check: AbsenceCheck) -> bool:
    """True when parts were forgotten: of contracts that were read anew meanwhile, or deleted for good."""
    parts = list(check.parts.all())
    kept = [one["passage"] for part in parts for one in part.kept]
    there = set(Passage.objects.filter(pk__in=kept).values_list("pk", flat=True))
    outdated = [
        part.pk for part in parts if part.contract_id is None or any(one["passage"] not in there for one in part.kept)
    ]
    check.parts.filter(pk__in=outdated).delete()
    return bool(outdated)


def stating(contracts: Sequence[int]) -> QuerySet[Passage]:
    return Passage.objects.filter(contract__in=contracts).exclude(kind=HEADING)


def _with_parties(passages: QuerySet[Passage]) -> QuerySet[Passage]:
    return passages.select_related("clause", "contract").defer("contract__text").prefetch_related("contract__parties")


def _deciding(
    passages: Sequence[Passage], verdicts: Sequence[Verdict | None], nearest: int
) -> list[tuple[Passage, Verdict | None]]:
    """One verdict for each clause, the one that decides; of the clauses that are only related the nearest."""
    deciding: dict[int, tuple[Passage, Verdict | None]] = {}
    for passage, verdict in sorted(zip(passages, verdicts, strict=True), key=lambda pair: _deciding_order(pair[1])):
        deciding.setdefault(passage.clause_id, (passage, verdict))
    return _with_nearest(deciding.values(), nearest)


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
    if not parts:
        raise CheckStopped("No contract of the scope can be read any longer. Ask again for contracts that you may see.")
    kept = [one for part in parts for one in part.kept]
    passages = _with_parties(Passage.objects.prefetch_related("obligations")).in_bulk([one["passage"] for one in kept])
    if len(passages) < len(kept):
        raise CheckStopped("A contract was read anew while the answer was written. Go on with the rest.")
    read = ((passages[one["passage"]], restored_verdict(one["verdict"])) for one in kept)
    shown = _with_nearest(read, check.nearest_of_each or NEAREST, of_each=bool(check.nearest_of_each))
    counts = check.parts.aggregate(passages=Sum("passages"), verified=Sum("verified"))
    search = Search(
        user=check.user,
        query=check.statement,
        filters=check.filters,
        eligible=counts["passages"],
        recalled=counts["passages"],
        verified=counts["verified"],
        recall_path=RecallPath.EVERY,
        verifier_name=check.verifier_name,
        verifier_sha256=check.verifier_sha256,
        seconds={"verify": round(seconds, 4)},
    )
    found = (verified_hit(check.statement, passage, verdict) for passage, verdict in shown)
    hits = answer_hits(check.statement, [passage for passage, _ in shown], found)
    before = check.search_id
    ended = {"search": search, "state": AbsenceCheck.State.DONE, "finished_at": timezone.now()}
    with transaction.atomic():
        store_answer(search, hits, on_record=True)
        if not _running(check).update(**ended):
            raise _Withdrawn
        for name, value in ended.items():
            setattr(check, name, value)
        check.begun.all().delete()  # none, unless two workers read at once
        if before is not None:
            forget(check.user, Search.objects.filter(pk=before))
        _tell(check, Event.ABSENCE_DONE)
