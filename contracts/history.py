"""What happened to one contract, from the day it came: put together from the tables that know of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.contrib.auth.base_user import AbstractBaseUser

from contracts.audit.models import AuditEvent
from contracts.ingests.models import IngestItem
from contracts.models import Contract

MOST = 200  # of one kind, the latest
# A file that was sent has a line of its own; who only looked is for the audit record.
Action = AuditEvent.Action
TOLD_BY_AUDIT = (Action.DELETED, Action.RESTORED, Action.RELATED, Action.READ_AGAIN)
A_COMMAND = "a command"


@dataclass(frozen=True, slots=True)
class Happening:
    at: datetime
    what: str
    by: str = ""
    detail: str = ""
    bad: bool = False


def history_of(contract: Contract, *, with_audit: bool) -> list[Happening]:
    """Latest first. ``with_audit``: also what only the audit record knows, for those who may read that."""
    told = chain(
        _arrivals(contract),
        _loads(contract),
        _readings(contract),
        _corrections(contract),
        _audited(contract) if with_audit else (),
    )
    return sorted(told, key=lambda one: one.at, reverse=True)


def _arrivals(contract: Contract) -> Iterator[Happening]:
    came_in = f", in {contract.came_in}" if contract.came_in else ""
    yield Happening(contract.received_at, "Received", _name(contract.received_by), f"{contract.file_name}{came_in}")
    for again in contract.duplicates.select_related("received_by")[:MOST]:
        came_in = f", in {again.came_in}" if again.came_in else ""
        detail = f"{again.file_name}{came_in}: the same bytes, so no second contract"
        yield Happening(again.received_at, "Received again", _name(again.received_by), detail)
    for named in contract.external_ids.all()[:MOST]:
        yield Happening(named.received_at, "Sent as a version", "", f"{named}, version {contract.version}")


def _loads(contract: Contract) -> Iterator[Happening]:
    items = IngestItem.objects.filter(contract=contract, sent_at__isnull=False).select_related("ingest__user")
    for item in items.order_by("-sent_at")[:MOST]:
        if item.sent_at is not None:
            detail = f"as {item.key} of ingest {item.ingest_id}"
            yield Happening(item.sent_at, "Sent in a bulk load", _name(item.ingest.user), detail)


def _readings(contract: Contract) -> Iterator[Happening]:
    for reading in contract.past_readings.all()[:MOST]:
        seconds = (reading.ended_at - reading.started_at).total_seconds() if reading.started_at else None
        took = "" if seconds is None else f"in {seconds:.1f} seconds"
        if reading.error_code:
            detail = f"{reading.error_message} {reading.error_remedy}"
            yield Happening(reading.ended_at, "Reading failed", "", detail, bad=True)
        else:
            yield Happening(reading.ended_at, "Read", "", took)
    if contract.state == Contract.State.READING and contract.started_at is not None:
        at = f"{contract.get_stage_display() or 'starting'}, {contract.progress} %"
        yield Happening(contract.started_at, "Reading began", "", f"now at: {at}")


def _corrections(contract: Contract) -> Iterator[Happening]:
    for one in contract.corrections.select_related("made_by", "undone_by").order_by("-pk")[:MOST]:
        change = f"{one.get_field_display()}: {one.old_value or 'nothing'} → {one.new_value or 'nothing'}"
        made = "Confirmed" if one.confirms else "Corrected"
        yield Happening(one.made_at, made, _name(one.made_by), change)
        if one.undone_at is not None:
            yield Happening(
                one.undone_at,
                f"{'Confirmation' if one.confirms else 'Correction'} undone",
                _name(one.undone_by),
                change,
            )


def _audited(contract: Contract) -> Iterator[Happening]:
    events = AuditEvent.objects.filter(
        matter=contract.matter_id, kind="contract", thing=str(contract.pk), action__in=TOLD_BY_AUDIT
    )
    for event in events[:MOST]:
        yield Happening(event.at, event.get_action_display(), event.username or A_COMMAND, event.change)


def _name(user: AbstractBaseUser | None) -> str:
    return user.get_username() if user else A_COMMAND
