"""Families: what a contract is to its parent (an amendment, a schedule, ...), and all that hang together by it.

A family lies within one matter, so that who may see one of it may see all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from contracts.audit.record import record
from contracts.ids import is_id
from contracts.models import Contract, Matter, NamedParent
from contracts.queue import INTERACTIVE
from contracts.receive import read_again

# What somebody says of a contract goes before what its own words call it. (A restatement may be of either kind.)
KIND_OF_RELATION: dict[str, Contract.Kind] = {
    Contract.Relation.AMENDMENT: Contract.Kind.AMENDMENT,
    Contract.Relation.EXHIBIT: Contract.Kind.EXHIBIT,
    Contract.Relation.SCHEDULE: Contract.Kind.EXHIBIT,
    Contract.Relation.ORDER: Contract.Kind.EXHIBIT,
}


class NotRelated(ValueError):
    """The relation cannot be kept; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Relative:
    contract: Contract
    parent: Contract | None  # None too where the reader cannot see it


def relate(contract: Contract, parent: Contract, relation: str, by: HttpRequest | User | None) -> None:
    """Raises NotRelated. What is so already changes nothing."""
    if relation not in Contract.Relation.values:
        raise NotRelated(f"“{relation}” is no relation. Write one of {', '.join(Contract.Relation.values)}.")
    with transaction.atomic():
        Matter.objects.select_for_update(no_key=True).get(pk=contract.matter_id)  # two at once could close a circle
        if parent.matter_id != contract.matter_id:
            raise NotRelated(f"“{parent}” belongs to another matter. Bring both into the same one.")
        if contract.pk in _ancestors(parent.pk):
            raise NotRelated(f"“{parent}” is “{contract}” itself or hangs on it. Name the agreement above it.")
        as_it_is = Contract.objects.filter(pk=contract.pk)
        if as_it_is.filter(parent=parent, relation=relation).exists():
            return
        kind = {"kind": KIND_OF_RELATION[relation]} if relation in KIND_OF_RELATION else {}
        as_it_is.update(parent=parent, relation=relation, **kind)
        record(by, "related", "contract", contract.pk, contract.matter_id)


def unrelate(contract: Contract, by: HttpRequest | User | None) -> None:
    """Take the contract out of its family, with what hangs on it. It is read again, for its kind is in its words.

    What stands alone already is left as it is.
    """
    with transaction.atomic():
        latest = Contract.objects.select_for_update(of=("self",), no_key=True).get(pk=contract.pk)
        if latest.parent_id is None and not latest.relation:
            return
        for named in NamedParent.objects.filter(contract=latest, contract__parent__isnull=False):
            named.refused.add(cast(int, latest.parent_id))  # so that it is not proposed again
        latest.parent, latest.relation = None, ""
        latest.save(update_fields=["parent", "relation"])
        record(by, "related", "contract", latest.pk, latest.matter_id)
        if latest.state == Contract.State.READY:
            read_again(latest, INTERACTIVE)


def find_contract(matter: Matter, named: str | int) -> Contract:
    """By external id ("dms/4711"), file name or number, of those not in the trash; an int is a number and nothing else.

    Raises NotRelated.
    """
    here = Contract.objects.filter(matter=matter, deleted_at=None).only("pk", "matter", "file_name", "title")
    found = list(here.filter(pk=named)) if isinstance(named, int) else _called(here, named.replace("\x00", ""))
    if not found:
        raise NotRelated(
            f"No contract of {matter} is called “{named}”. Write its external id as source/id, its file name or its "
            "number, or bring it first."
        )
    if len(found) > 1:
        raise NotRelated(f"More than one contract of {matter} has the file name {named}. Write its number instead.")
    return found[0]


def _called(here: QuerySet[Contract], named: str) -> list[Contract]:
    """More than one where it is a file name of several."""
    source, _, identifier = named.partition("/")
    found = list(here.filter(external_ids__source=source, external_ids__identifier=identifier)[:1])
    found = found or list(here.filter(file_name=named, current=True)[:2])
    if not found and is_id(named):
        found = list(here.filter(pk=int(named)))
    return found


def family_of(contract: Contract, visible: QuerySet[Contract]) -> list[Relative]:
    """The contract at the top, and under each what hangs on it. Empty where the contract stands alone."""
    order = list(_below(_ancestors(contract.pk)[-1]))
    shown = {one.pk: one for one in visible.filter(pk__in=order).defer("text", "original_text")}
    if len(shown) < 2:
        return []
    return [Relative(shown[pk], shown.get(shown[pk].parent_id or 0)) for pk in order if pk in shown]


def _ancestors(pk: int) -> list[int]:
    """The contract itself, its parent, and so on to the top. Also through what is in the trash."""
    found: list[int] = []
    above: int | None = pk
    while above is not None and above not in found:
        found.append(above)
        above = Contract.objects.filter(pk=above).values_list("parent", flat=True).first()
    return found


def _below(top: int) -> Iterable[int]:
    """``top`` and all that hangs on it, each before what hangs on itself; one query for each level."""
    children: dict[int, list[int]] = {top: []}
    level = [top]
    while level:
        rows = Contract.objects.filter(parent__in=level).exclude(pk__in=children)
        level = []
        for pk, parent in rows.order_by("received_at", "pk").values_list("pk", "parent"):
            children[parent or top].append(pk)  # none is without one
            children[pk] = []
            level.append(pk)
    waiting = [top]
    while waiting:
        pk = waiting.pop()
        yield pk
        waiting.extend(reversed(children[pk]))
