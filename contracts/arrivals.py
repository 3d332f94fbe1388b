"""Files as people bring them, by page or folder: one by one, many at once, or in a ZIP."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.contrib.auth.models import User
from django.db import transaction

from contracts.archive import ArchiveRefused, Described, is_archive, read_archive
from contracts.corrections import give_facts
from contracts.models import Contract, Matter
from contracts.receive import FileTooLarge, check_size, receive_file, receive_version


@dataclass(frozen=True, slots=True)
class Arrival:
    outcome: Literal["received", "duplicate", "refused"]
    name: str
    contract: Contract | None = None
    reason: str = ""  # of a refusal, with the remedy


def receive_upload(matter: Matter, name: str, content: bytes, user: User | None = None) -> Iterator[Arrival]:
    """What became of the file, or of each file of a ZIP. A refused one stops none of the others."""
    try:
        check_size(name, len(content))
        if is_archive(name, content):
            for inner, data, described in read_archive(name, content):
                yield _receive(matter, inner, data, described, user)
        else:
            yield _receive(matter, name, content, Described(), user)
    except (FileTooLarge, ArchiveRefused) as error:
        yield Arrival("refused", name, reason=str(error))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
        yield Arrival("refused", name, reason=f"{name} is a damaged ZIP ({error}). Pack it again.")


def _receive(matter: Matter, name: str, content: bytes, described: Described, user: User | None) -> Arrival:
    with transaction.atomic():  # so that a worker does not read it before its facts are known
        if described.source:
            received = receive_version(matter, described.source, described.external_id, name, content, user)
        else:
            received = receive_file(matter, name, content, user)
        give_facts(received.contract, user, described.facts)
    return Arrival("duplicate" if received.duplicate else "received", name, received.contract)
