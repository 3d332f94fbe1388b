"""Files as people bring them, by page or folder: one by one, many at once, or in a ZIP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from django.contrib.auth.models import User
from django.db import transaction

from contracts.archive import ArchiveRefused, MemberDamaged, is_archive, read_archive
from contracts.corrections import give_facts
from contracts.models import Contract, Matter
from contracts.receive import FileTooLarge, check_size, receive_file, receive_version
from contracts.relationships import relate_rows
from contracts.sheets import Described, Relationship, SheetRefused

NAMED = 5  # damaged files of a ZIP, in the message


@dataclass(frozen=True, slots=True)
class Arrival:
    outcome: Literal["received", "duplicate", "refused", "related", "unrelated"]  # the last two of a relationship
    name: str
    contract: Contract | None = None
    reason: str = ""  # of a refusal, with the remedy; or what a file is to which other


def receive_upload(
    matter: Matter, name: str, content: bytes, user: User | None = None, described: Described | None = None
) -> Iterator[Arrival]:
    """What became of the file, or of each file of a ZIP. A refused one stops none of the others."""
    try:
        check_size(name, len(content))
        if is_archive(name, content):
            yield from _receive_archive(matter, name, content, user)
        else:
            yield _receive(matter, name, content, described or Described(), user)
    except (FileTooLarge, ArchiveRefused, SheetRefused) as error:
        yield Arrival("refused", name, reason=str(error))


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
        arrival = _receive(matter, PurePosixPath(member.path).name, data, member.described, user)
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
        yield Arrival("refused", name, reason=told)


def relate_arrivals(
    matter: Matter, name: str, rows: Iterable[Relationship], here: Mapping[str, int], user: User | None = None
) -> Iterator[Arrival]:
    """``name``: what the rows came with. ``here``: the contracts that came with them, by path."""
    for row in relate_rows(matter, rows, here, user):
        told = f"{name}: {row.told}" if row.contract is None else row.told
        yield Arrival("unrelated" if row.contract is None else "related", row.file, row.contract, told)


def _receive(matter: Matter, name: str, content: bytes, described: Described, user: User | None) -> Arrival:
    with transaction.atomic():  # so that a worker does not read it before its facts are known
        if described.source:
            received = receive_version(matter, described.source, described.external_id, name, content, user)
        else:
            received = receive_file(matter, name, content, user)
        give_facts(received.contract, user, described.facts)
    return Arrival("duplicate" if received.duplicate else "received", name, received.contract)
