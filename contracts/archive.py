"""A ZIP of contracts with what its sender knows of them: metadata.csv, a line for each file."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.conf import settings

from contracts.corrections import LONGEST
from contracts.models import LONGEST_IDENTIFIER, LONGEST_SOURCE
from contracts.text.corrections import FACTS

METADATA = "metadata.csv"
IDENTITY = ("source", "external_id")
COLUMNS = ("file", *FACTS, *IDENTITY)
MOST_FILES = 5000
MOST_BYTES = 2 * 1024**3  # unpacked


class ArchiveRefused(ValueError):
    """Nothing of the archive was taken; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Described:
    """What metadata.csv says of one file."""

    facts: dict[str, str] = field(default_factory=dict)
    source: str = ""
    external_id: str = ""


def is_archive(name: str, content: bytes) -> bool:
    """Word files are ZIPs too, so the name decides."""
    return name.lower().endswith(".zip") and zipfile.is_zipfile(io.BytesIO(content))


def read_archive(name: str, content: bytes) -> Iterator[tuple[str, bytes, Described]]:
    """Each file with what is said of it. Raises ArchiveRefused before the first one if anything is wrong."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    members = {member.filename: member for member in archive.infolist() if not _is_hidden(member)}
    _check(name, list(members.values()))
    listed = next((path for path in members if path.lower() == METADATA), None)
    described = _metadata(name, archive.read(members.pop(listed))) if listed else {}
    missing = sorted(set(described) - set(members))
    if missing:
        raise ArchiveRefused(f"{name}: {METADATA} names {', '.join(missing[:5])}, which the ZIP does not hold.")
    if not members:
        raise ArchiveRefused(f"{name} holds no files.")
    return (
        (PurePosixPath(path).name, archive.read(member), described.get(path, Described()))
        for path, member in members.items()
    )


def _is_hidden(member: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(member.filename).parts
    return member.is_dir() or any(part.startswith((".", "__MACOSX")) for part in parts)


def _check(name: str, members: list[zipfile.ZipInfo]) -> None:
    """The sizes that the archive declares; zipfile reads no more of a file than that."""
    if any(member.flag_bits & 1 for member in members):
        raise ArchiveRefused(f"{name} is protected by a password. Pack it again without one.")
    if len(members) > MOST_FILES or sum(member.file_size for member in members) > MOST_BYTES:
        raise ArchiveRefused(f"{name} holds more than {MOST_FILES} files or 2 GB. Split it, or use manage.py ingest.")
    large = [member.filename for member in members if member.file_size > settings.MAX_FILE_BYTES]
    if large:
        raise ArchiveRefused(f"{name} holds {large[0]}, which is larger than MAX_FILE_BYTES. Take it out.")


def _metadata(name: str, content: bytes) -> dict[str, Described]:
    """By the path of the file within the archive."""
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), strict=True)
        columns = [column.strip().lower() for column in rows.fieldnames or ()]
        unknown = sorted(set(columns) - set(COLUMNS))
        if "file" not in columns or unknown:
            wrong = f"does not know the column {unknown[0]}" if unknown else "needs the column file"
            raise ArchiveRefused(f"{name}: {METADATA} {wrong}. Its columns are {', '.join(COLUMNS)}.")
        rows.fieldnames = columns
        return {
            (row["file"] or "").strip(): _described(name, line, row) for line, row in enumerate(rows, 2) if row["file"]
        }
    except (UnicodeDecodeError, csv.Error) as error:
        raise ArchiveRefused(f"{name}: {METADATA} is no CSV in UTF-8 ({error}). Save it again.") from error


def _described(name: str, line: int, row: dict[str, str]) -> Described:
    values = {column: " ".join((row.get(column) or "").split()) for column in COLUMNS}
    where = f"{name}: line {line} of {METADATA}"
    if bool(values["source"]) != bool(values["external_id"]):
        raise ArchiveRefused(f"{where} has one of source and external_id. Give both or neither.")
    if len(values["source"]) > LONGEST_SOURCE or len(values["external_id"]) > LONGEST_IDENTIFIER:
        raise ArchiveRefused(f"{where} has a source or external_id that is too long.")
    for column in FACTS:
        if len(values[column]) > LONGEST[column]:
            raise ArchiveRefused(f"{where}: {column} is longer than the {LONGEST[column]} letters that fit.")
    facts: dict[str, str] = {column: values[column] for column in FACTS if values[column]}
    return Described(facts, values["source"], values["external_id"])
