"""Deleted contracts: in the trash nobody but an administrator finds them, and can restore them; purged they are gone.

What stored answers quote of a contract stays with them: an answer once given must remain what it was.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models.deletion import Collector
from django.http import HttpRequest
from django.utils import timezone
from rest_framework.request import Request

from contracts.audit.record import record
from contracts.ingests.models import Ingest, IngestItem
from contracts.ingests.parts import close_settled
from contracts.models import Contract
from contracts.webhooks.models import Event
from contracts.webhooks.publish import publish

Rows = tuple[tuple[str, int], ...]  # what they are and how many, most first


@dataclass(frozen=True, slots=True)
class Purge:
    """What a purge would delete, or has deleted."""

    contracts: tuple[Contract, ...]
    bytes: int  # of the files as received
    deleted: Rows
    kept: Rows  # rows that stay and no longer point at what is deleted


def move_to_trash(contract: Contract, by: Request | HttpRequest | User) -> None:
    """Gone at once from every list, search and answer of the API. In the trash already: nothing more happens."""
    user = by.user if isinstance(by, HttpRequest | Request) else by
    with transaction.atomic():
        here = Contract.objects.filter(pk=contract.pk, deleted_at=None)
        if not here.update(deleted_at=timezone.now(), deleted_by=user):
            return
        record(by, "deleted", "contract", contract.pk, contract.matter_id)
        ids = {"contract": contract.pk, "matter": contract.matter_id}
        publish(Event.CONTRACT_DELETED, ids, [contract.matter_id])
        waited_for = IngestItem.objects.filter(contract=contract).values("ingest")
        close_settled(Ingest.objects.filter(pk__in=waited_for))


def plan_purge(contracts: models.QuerySet[Contract]) -> Purge:
    """Counted by what Django would delete with them, in every table that there is."""
    rows_of = Contract.objects.filter(pk__in=contracts.values("pk"))  # of the model itself, not of its proxy
    chosen = tuple(rows_of.defer("text", "original_text").select_related("matter"))
    collector = Collector(using=contracts.db)
    collector.collect(chosen)
    deleted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for model, rows in collector.data.items():
        deleted[model] |= {row.pk for row in rows}
    for queryset in collector.fast_deletes:  # several may have the same rows: an obligation is a clause's and a party's
        deleted[queryset.model] |= set(queryset.values_list("pk", flat=True))
    kept: dict[type[models.Model], set[Any]] = defaultdict(set)
    for (field, _), groups in collector.field_updates.items():
        for rows_to_change in cast("list[Iterable[models.Model]]", groups):
            kept[field.model] |= {row.pk for row in rows_to_change}
    lost = {model: len(pks - deleted[model]) for model, pks in kept.items()}
    return _purge(chosen, {model: len(pks) for model, pks in deleted.items()}, lost)


def purge(contracts: models.QuerySet[Contract], by: Request | HttpRequest | User) -> Purge:
    """Delete for good what of these is in the trash; what was deleted."""
    with transaction.atomic():
        in_trash = contracts.filter(deleted_at__isnull=False)
        locked = list(in_trash.select_for_update(of=("self",)).values_list("pk", flat=True))
        chosen = Contract.objects.filter(pk__in=locked)
        planned = plan_purge(chosen)
        for contract in planned.contracts:
            record(by, "purged", "contract", contract.pk, contract.matter_id)
        _, deleted = chosen.delete()
    done = _purge(planned.contracts, {apps.get_model(label): number for label, number in deleted.items()}, {})
    return Purge(done.contracts, done.bytes, done.deleted, planned.kept)


def _purge(
    contracts: tuple[Contract, ...],
    deleted: Mapping[type[models.Model], int],
    kept: Mapping[type[models.Model], int],
) -> Purge:
    return Purge(contracts, sum(one.size for one in contracts), _rows(deleted.items()), _rows(kept.items()))


def _rows(counted: Iterable[tuple[type[models.Model], int]]) -> Rows:
    by_name: Counter[str] = Counter()
    for model, number in counted:
        by_name[str(model._meta.verbose_name_plural)] += number
    return tuple(
        sorted(((name, number) for name, number in by_name.items() if number), key=lambda row: (-row[1], row[0]))
    )
