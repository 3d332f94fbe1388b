"""After the kills: what should be there, and what is."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, F
from pgvector.django import L2Distance
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.models import Contract, Passage
from contracts.text.reading import read_contract
from contracts.webhooks.models import Delivery
from search.encode import DIMENSIONS, count_tokens
from search.models import PassageVector
from tests.api.receiver import Told
from tests.soak.load import NEVER_SENT, Planned

State = Contract.State


def reconcile(
    planned: Sequence[Planned], items: Sequence[dict[str, Any]], ingest: str, told: Sequence[Told], sample: int
) -> Iterator[str]:
    """Every discrepancy in words. ``items``: the ingest's, as the API lists them."""
    yield from wrong_outcomes(planned, items)
    yield from wrong_contracts(planned)
    for contract in Contract.objects.filter(state=State.READY).defer("original_text"):
        yield from incomplete(contract)
    yield from other_than_a_fresh_reading(sample)
    yield from jobs_left()
    yield from wrong_messages(ingest, told)


def wrong_outcomes(planned: Sequence[Planned], items: Sequence[dict[str, Any]]) -> Iterator[str]:
    times = Counter(item["key"] for item in items)
    for key in {one.key for one in planned} ^ times.keys():
        yield f"{key}: in the manifest or among the items, not in both"
    yield from (f"{key}: {number} outcomes" for key, number in times.items() if number != 1)
    outcomes = {item["key"]: item for item in items}
    # Of two with the same bytes the one that arrives first is read, and they are sent at the same time.
    pairs = {one.path: {one.key} for one in planned if one.outcome == "ready"}
    for one in planned:
        if one.outcome == "duplicate":
            pairs[one.path].add(one.key)
    for keys in pairs.values():
        found = sorted(outcomes[key]["outcome"] for key in keys if key in outcomes)
        if found != ["duplicate", "ready"][-len(keys) :]:
            errors = [(outcomes[key]["error"] or {}).get("code") for key in keys if key in outcomes]
            yield f"{sorted(keys)}: {found} {errors}"
    for one in planned:
        item = outcomes.get(one.key)
        if one.outcome == "failed" and item and not (item["outcome"] == "failed" and item["error"]["remedy"]):
            yield f"{one.key}: {item['outcome']}, expected failed with a remedy"


def wrong_contracts(planned: Sequence[Planned]) -> Iterator[str]:
    """Each file once and with its bytes, and nothing else."""
    expected = {hashlib.sha256(one.path.read_bytes()).hexdigest() for one in planned if one.key != NEVER_SENT}
    found = list(Contract.objects.values_list("sha256", flat=True))
    yield from (f"contract {sha256}: there {n} times" for sha256, n in Counter(found).items() if n > 1)
    yield from (f"contract {sha256}: lost" for sha256 in expected - set(found))
    yield from (f"contract {sha256}: was never sent" for sha256 in set(found) - expected)
    for contract in Contract.objects.select_related("file").defer("text"):
        if hashlib.sha256(bytes(contract.file.content)).hexdigest() != contract.sha256:
            yield f"contract {contract.pk}: other bytes than its sha256 says"
    waiting = Contract.objects.filter(state__in=[State.RECEIVED, State.READING])
    yield from (f"contract {pk}: {state}, so nobody has settled it" for pk, state in waiting.values_list("pk", "state"))


def incomplete(contract: Contract) -> Iterator[str]:
    end = 0
    for clause in contract.clauses.order_by("start", "end"):
        if clause.start != end:
            yield f"contract {contract.pk}: characters {end} to {clause.start} are in no clause, or in two"
        end = clause.end
    if end != len(contract.text):
        yield f"contract {contract.pk}: the clauses end at {end} of {len(contract.text)}"
    positions = list(contract.passages.order_by("position").values_list("position", flat=True))
    if positions != list(range(len(positions))):
        yield f"contract {contract.pk}: passages are missing or there twice"
    vectors = PassageVector.objects.filter(passage__contract=contract).exclude(embedding=None)
    lengths = vectors.annotate(length=L2Distance("embedding", [0.0] * DIMENSIONS)).values_list("length", flat=True)
    if len(lengths) != len(positions):
        yield f"contract {contract.pk}: {len(positions)} passages, {len(lengths)} vectors"
    if any(abs(length - 1) > 0.01 for length in lengths):
        yield f"contract {contract.pk}: vectors of another length than 1"
    if contract.passages.exclude(clause__contract=F("contract")).exists():
        yield f"contract {contract.pk}: passages of another contract's clauses"


def other_than_a_fresh_reading(sample: int) -> Iterator[str]:
    ready = list(Contract.objects.filter(state=State.READY).order_by("pk").values_list("pk", flat=True))
    for pk in random.Random(0).sample(ready, min(sample, len(ready))):
        contract = Contract.objects.select_related("file").get(pk=pk)
        reading = read_contract(bytes(contract.file.content), contract.file_name, count_tokens)
        text = reading.document.text
        fresh = [(one.start, one.end, one.reading(text)) for one in reading.passages]
        stored = list(contract.passages.order_by("position").values_list("start", "end", "reading"))
        counts = {
            "clauses": (contract.clauses.count(), len(reading.clauses)),
            "parties": (contract.parties.count(), len(reading.parties)),
            "obligations": (contract.obligations.count(), len(reading.obligations)),
            "definitions": (contract.defined_terms.count(), len(reading.definitions)),
        }
        if stored != fresh:
            yield f"contract {pk}: other passages than a fresh reading gives"
        yield from (f"contract {pk}: {a} {what}, a fresh reading has {b}" for what, (a, b) in counts.items() if a != b)


def jobs_left() -> Iterator[str]:
    """The worker was stopped: what is "doing" is nobody's. Only the look-around of each minute may be "todo"."""
    left = ProcrastinateJob.objects.filter(status__in=["todo", "doing"])
    left = left.exclude(status="todo", task_name__startswith="take_up_lost")
    for row in left.values("task_name", "status").annotate(number=Count("pk")):
        yield f"jobs left: {row['number']} {row['task_name']}, {row['status']}"


def wrong_messages(ingest: str, told: Sequence[Told]) -> Iterator[str]:
    """Each event at least once, under one id; a repetition keeps its id."""
    for state, number in Counter(Delivery.objects.exclude(state="delivered").values_list("state", flat=True)).items():
        yield f"webhooks: {number} messages are {state}"
    ids: dict[tuple[str, Any], set[str]] = {}
    for one in told:
        data = one.message["data"]
        ids.setdefault((one.message["type"], data.get("contract", data.get("ingest"))), set()).add(one.id)
    settled = dict(Contract.objects.values_list("pk", "state"))
    expected = {(f"contract.{state}", pk) for pk, state in settled.items()} | {("ingest.done", ingest)}
    yield from (f"webhooks: {event} was not told" for event in sorted(expected - ids.keys(), key=str))
    yield from (f"webhooks: {event} is not so" for event in sorted(ids.keys() - expected, key=str))
    yield from (f"webhooks: {event} was told under {len(of)} ids" for event, of in ids.items() if len(of) > 1)


def stored() -> dict[str, Any]:
    """Figures for the report."""
    jobs = ProcrastinateJob.objects.exclude(status__in=["todo", "doing"])
    return {
        "contracts": dict(Counter(Contract.objects.values_list("state", flat=True))),
        "passages": Passage.objects.count(),
        "failed_jobs": dict(Counter(jobs.values_list("task_name", flat=True))),
    }
