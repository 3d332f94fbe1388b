"""Files as people bring them, by page or folder: one by one, many at once, or in a ZIP."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Literal

from django.contrib.auth.models import User
from django.db import transaction

from contracts.archive import ArchiveRefused, MemberDamaged, is_archive, read_archive
from contracts.corrections import give_facts
from contracts.models import Contract, Matter, Refusal
from contracts.queue import BULK, INTERACTIVE
from contracts.receive import FileTooLarge, check_size, receive_file, receive_version, storable_name
from contracts.relationships import relate_rows
from contracts.sheets import Described, Relationship, SheetRefused
from contracts.storage import storable

NAMED = 5  # damaged files of a ZIP, in the message
HANDFUL = 10  # files dropped on a page, for which somebody waits


@dataclass(frozen=True, slots=True)
class Arrival:
    outcome: Literal["received", "duplicate", "refused", "related", "unrelated"]  # the last two of a relationship
    name: str
    contract: Contract | None = None
    reason: str = ""  # of a refusal, with the remedy; or what a file is to which other


def priority_of(files: int) -> int:
    """Of so many files that somebody drops on a page at once: a handful goes before what came in bulk."""
    return INTERACTIVE if files <= HANDFUL else BULK


def receive_waiting(
    matter: Matter,
    name: str,
    size: int,
    read: Callable[[], bytes],
    user: User | None = None,
    described: Described | None = None,
    *,
    priority: int = BULK,
) -> Iterator[Arrival]:
    """As below, of a file that is read into memory only if its size allows it."""
    try:
        check_size(name, size)
    except FileTooLarge as error:
        yield refuse(matter, name, str(error), user)
    else:
        yield from receive_upload(matter, name, read(), user, described, priority=priority)


def receive_upload(
    matter: Matter,
    name: str,
    content: bytes,
    user: User | None = None,
    described: Described | None = None,
    *,
    priority: int = BULK,
) -> Iterator[Arrival]:
    """What became of the file, or of each file of a ZIP, which are bulk. A refused one stops none of the others."""
    try:
        check_size(name, len(content))
        if is_archive(name, content):
            yield from _receive_archive(matter, name, content, user)
        else:
            yield _receive(matter, name, content, described or Described(), user, priority=priority)
    except (FileTooLarge, ArchiveRefused, SheetRefused) as error:
        yield refuse(matter, name, str(error), user)


def refuse(matter: Matter, name: str, reason: str, user: User | None = None) -> Arrival:
    """Nothing of the file is kept but that it came, and why it was not taken."""
    Refusal.objects.create(matter=matter, file_name=storable_name(name), reason=storable(reason), received_by=user)
    return Arrival("refused", name, reason=reason)


def _receive_archive(matter: Matter, name: str, content: bytes, user: User | None) -> Iterator[Arrival]:
    archive = read_archive(name, content)
    here: dict[str, int] = {}
    damaged: list[str] = []
    for member in archive.members:
        try:
            data = member.read()
        except MemberDamaged as error:
            damaged.append(f"{member.path} ({error})")
            continue
        path = PurePosixPath(member.path)
        arrival = _receive(matter, path.name, data, member.described, user, "/".join((name, *path.parts[:-1])))
        if arrival.contract is not None:
            here[member.path] = arrival.contract.pk
        yield arrival
    # Once all are here, so that the order of the files in the ZIP is of no matter.
    yield from relate_arrivals(matter, name, archive.relationships, here, user)
    if damaged:
        more = f" and {len(damaged) - NAMED} more" if len(damaged) > NAMED else ""
        told = (
            f"{name}: {len(damaged)} of {len(archive.members)} files are damaged and were left out: "
            f"{', '.join(damaged[:NAMED])}{more}. The others came in. Pack these again."
        )
        yield refuse(matter, name, told, user)


def relate_arrivals(
    matter: Matter, name: str, rows: Iterable[Relationship], here: Mapping[str, int], user: User | None = None
) -> Iterator[Arrival]:
    """``name``: what the rows came with. ``here``: the contracts that came with them, by path."""
    for row in relate_rows(matter, rows, here, user):
        told = f"{name}: {row.told}" if row.contract is None else row.told
        yield Arrival("unrelated" if row.contract is None else "related", row.file, row.contract, told)


def _receive(
    matter: Matter,
    name: str,
    content: bytes,
    described: Described,
    user: User | None,
    came_in: str = "",
    *,
    priority: int = BULK,
) -> Arrival:
    receive = partial(receive_file, matter)
    if described.source:
        receive = partial(receive_version, matter, described.source, described.external_id)
    with transaction.atomic():  # so that a worker does not read it before its facts are known
        received = receive(name, content, user, came_in, priority=priority)
        give_facts(received.contract, user, described.facts, priority)
    return Arrival("duplicate" if received.duplicate else "received", name, received.contract)
