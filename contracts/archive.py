"""A ZIP of contracts with what its sender knows of them: metadata.csv of each, relationships.csv between them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.conf import settings

from contracts.corrections import LONGEST, NotCorrectable, read_type
from contracts.models import LONGEST_IDENTIFIER, LONGEST_SOURCE
from contracts.text.corrections import FACTS

METADATA = "metadata.csv"
IDENTITY = ("source", "external_id")
COLUMNS = ("file", *FACTS, *IDENTITY)
RELATIONSHIPS = "relationships.csv"
RELATIONSHIP_COLUMNS = ("file", "relation", "parent")
SHEETS = (METADATA, RELATIONSHIPS)
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


@dataclass(frozen=True, slots=True)
class Relationship:
    """A line of relationships.csv; contracts/relationships.py makes a relation of it."""

    line: int
    file: str
    relation: str
    parent: str


@dataclass(frozen=True, slots=True)
class Archive:
    files: Iterator[tuple[str, bytes, Described]]  # by their paths within the archive
    relationships: tuple[Relationship, ...]


def is_archive(name: str, content: bytes) -> bool:
    """Word files are ZIPs too, so the name decides."""
    return name.lower().endswith(".zip") and zipfile.is_zipfile(io.BytesIO(content))


def read_archive(name: str, content: bytes) -> Archive:
    """Each file with what is said of it. Raises ArchiveRefused if anything is wrong with the whole."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    members = {member.filename: member for member in archive.infolist() if not _is_hidden(member)}
    _check(name, list(members.values()))
    sheets = {path.lower(): archive.read(members.pop(path)) for path in list(members) if path.lower() in SHEETS}
    described = _metadata(name, sheets[METADATA]) if METADATA in sheets else {}
    relationships = _relationships(name, sheets[RELATIONSHIPS]) if RELATIONSHIPS in sheets else ()
    missing = sorted(set(described) - set(members))
    if missing:
        raise ArchiveRefused(f"{name}: {METADATA} names {', '.join(missing[:5])}, which the ZIP does not hold.")
    if not members and not relationships:  # between contracts that are here already
        raise ArchiveRefused(f"{name} holds no files.")
    files = ((path, archive.read(member), described.get(path, Described())) for path, member in members.items())
    return Archive(files, relationships)


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
    rows = _rows(f"{name}: {METADATA}", content, COLUMNS, needed=("file",))
    return {row["file"].strip(): _described(name, line, row) for line, row in rows if row["file"]}


def _relationships(name: str, content: bytes) -> tuple[Relationship, ...]:
    rows = _rows(f"{name}: {RELATIONSHIPS}", content, RELATIONSHIP_COLUMNS, needed=RELATIONSHIP_COLUMNS)
    cells = ((line, [(row[column] or "").strip() for column in RELATIONSHIP_COLUMNS]) for line, row in rows)
    return tuple(Relationship(line, file, kind.lower(), parent) for line, (file, kind, parent) in cells)


def _rows(
    sheet: str, content: bytes, known: tuple[str, ...], *, needed: tuple[str, ...]
) -> list[tuple[int, dict[str, str]]]:
    """Each row with the number of its line."""
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), strict=True)
        columns = [column.strip().lower() for column in rows.fieldnames or ()]
        unknown = sorted(set(columns) - set(known))
        missing = [column for column in needed if column not in columns]
        if missing or unknown:
            wrong = f"does not know the column {unknown[0]}" if unknown else f"needs the column {missing[0]}"
            raise ArchiveRefused(f"{sheet} {wrong}. Its columns are {', '.join(known)}.")
        rows.fieldnames = columns
        if b"\x00" in content:
            raise csv.Error("a NUL byte")
        return [(rows.line_num, row) for row in rows]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ArchiveRefused(f"{sheet} is no CSV in UTF-8 ({error}). Save it again.") from error


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
    try:
        read_type(values["contract_type"])
    except NotCorrectable as error:
        raise ArchiveRefused(f"{where}: {error}") from error
    facts: dict[str, str] = {column: values[column] for column in FACTS if values[column]}
    return Described(facts, values["source"], values["external_id"])
