"""The one way in for a file, whoever brings it: page, API or command."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from rest_framework.request import Request

from contracts.audit.record import record
from contracts.models import Contract, ContractFile, Duplicate, ExternalId, Matter
from contracts.queue import BULK, bring_reading_forward, enqueue
from contracts.versions import take_over
from contracts.webhooks.models import Event
from contracts.webhooks.publish import publish


class FileTooLarge(ValueError):
    """The file is over MAX_FILE_BYTES; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Received:
    contract: Contract
    duplicate: bool  # the same bytes were already in this matter; ``contract`` is that earlier one


def receive_file(
    matter: Matter,
    file_name: str,
    content: bytes,
    user: User | None = None,
    came_in: str = "",
    *,
    priority: int = BULK,
) -> Received:
    """Keep the file and queue its reading, both or neither. The reading of a bad file says what is wrong.

    A file that could not be read before is read again when it is sent again; one in the trash is restored. ``came_in``:
    the ZIP or e-mail that brought it. ``priority``: of its reading; what waits already is brought forward to it.
    """
    check_size(file_name, len(content))
    digest = hashlib.sha256(content).hexdigest()
    arrival = {"file_name": storable_name(file_name), "received_by": user, "came_in": storable_name(came_in)}
    with transaction.atomic():
        # Of bytes that are here already no purge may take the contract away before this is done.
        contract, created = Contract.objects.select_for_update(of=("self",), no_key=True).get_or_create(
            matter=matter,
            sha256=digest,
            defaults={**arrival, "size": len(content)},
        )
        if created:
            ContractFile.objects.create(contract=contract, content=content)
            enqueue(contract.pk, priority)
        else:
            Duplicate.objects.create(contract=contract, **arrival)
            waits = contract.state == Contract.State.RECEIVED and contract.deleted_at is None
            if contract.deleted_at is not None:
                restore(contract, user, priority)
            if contract.state == Contract.State.FAILED:
                read_again(contract, priority)
            if waits:
                bring_reading_forward(contract.pk, priority)
        record(user, "uploaded", "contract", contract.pk, matter.pk)
    return Received(contract, duplicate=not created)


def receive_version(
    matter: Matter,
    source: str,
    identifier: str,
    file_name: str,
    content: bytes,
    user: User | None = None,
    came_in: str = "",
    *,
    priority: int = BULK,
) -> Received:
    """The file as the latest version of what ``source`` calls ``identifier``; both or neither, as above.

    New bytes are a new contract that supersedes the last one and stays in its family. Bytes that the matter has already
    are that contract, whichever version it was.
    """
    with transaction.atomic():
        received = receive_file(matter, file_name, content, user, came_in, priority=priority)
        name_version(received, source, identifier)
    return received


def name_version(received: Received, source: str, identifier: str) -> None:
    """What was received, or was here already, is the latest version of what ``source`` calls ``identifier``."""
    contract = received.contract
    with transaction.atomic():
        known, created = ExternalId.objects.select_for_update().get_or_create(
            matter=contract.matter, source=source, identifier=identifier, defaults={"contract": contract}
        )
        if not created and known.contract_id != contract.pk:
            if not received.duplicate:
                known.last_version += 1
                contract.supersedes = known.contract
                contract.version = known.last_version
                contract.parent, contract.relation = known.contract.parent, known.contract.relation
                contract.save(update_fields=["supersedes", "version", "parent", "relation"])
            elif contract.state == Contract.State.READY:
                _make_current(contract, instead_of=known.contract)
            known.contract = contract
            known.save()


def _make_current(contract: Contract, *, instead_of: Contract) -> None:
    """An earlier version that was sent again. (A new one takes over once it is read: contracts/settle.py.)"""
    Contract.objects.filter(pk=contract.pk).update(current=True)
    take_over(contract, instead_of)
    contract.current = True


def check_size(file_name: str, size: int) -> None:
    """Raises FileTooLarge. Callers that know the size ask before they read the bytes into memory."""
    if size > settings.MAX_FILE_BYTES:
        limit = settings.MAX_FILE_BYTES / 1024**2
        raise FileTooLarge(
            f"{file_name} is too large ({size / 1024**2:.1f} MB; the limit is {limit:.0f} MB). "
            "Split the file, or ask your administrator to raise the limit (MAX_FILE_BYTES)."
        )


def read_again(contract: Contract, priority: int = BULK) -> None:
    """Queue another reading of a file that was received before. The last reading stays until the new one is written."""
    with transaction.atomic():
        contract.state = Contract.State.RECEIVED
        contract.error_code = contract.error_message = contract.error_remedy = ""
        contract.save(update_fields=["state", "error_code", "error_message", "error_remedy"])
        enqueue(contract.pk, priority)


def restore(contract: Contract, by: Request | HttpRequest | User | None, priority: int = BULK) -> None:
    """Out of the trash, as it was. What had not been read when it was deleted is queued again."""
    with transaction.atomic():
        contract.deleted_at = contract.deleted_by = None
        contract.save(update_fields=["deleted_at", "deleted_by"])
        record(by, "restored", "contract", contract.pk, contract.matter_id)
        if contract.state == Contract.State.READY:
            ids = {"contract": contract.pk, "matter": contract.matter_id}
            publish(Event.CONTRACT_READY, ids, [contract.matter_id])
        elif contract.state != Contract.State.FAILED:
            read_again(contract, priority)


def storable_name(file_name: str) -> str:
    """Names on disk may hold bytes that are no text; the suffix is kept, because it tells the format."""
    name = file_name.encode("utf-8", "replace").decode().replace("\x00", "")
    stem, dot, suffix = name.rpartition(".")
    longest = Contract._meta.get_field("file_name").max_length or 0
    return name if len(name) <= longest else f"{stem[: longest - len(suffix) - 1]}{dot}{suffix}"[:longest]
