"""What a sender knows of many files: metadata.csv of each, relationships.csv between them. In a ZIP or in a folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from contracts.corrections import LONGEST, NotCorrectable, read_choice
from contracts.models import LONGEST_IDENTIFIER, LONGEST_SOURCE
from contracts.text.corrections import CHOSEN, FACTS

METADATA = "metadata.csv"
IDENTITY = ("source", "external_id")
COLUMNS = ("file", *FACTS, *IDENTITY)
RELATIONSHIPS = "relationships.csv"
RELATIONSHIP_COLUMNS = ("file", "relation", "parent")
SHEETS = (METADATA, RELATIONSHIPS)


class SheetRefused(ValueError):
    """Nothing of the sheet was taken; the message says why and what to do."""


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
class Sheets:
    described: dict[str, Described]  # by the path of the file, beside the sheet
    relationships: tuple[Relationship, ...]


def read_sheets(name: str, sheets: Mapping[str, bytes], paths: Collection[str]) -> Sheets:
    """``paths``: of the files that came with the sheets. Raises SheetRefused if anything is wrong with the whole."""
    described = _metadata(name, sheets[METADATA]) if METADATA in sheets else {}
    relationships = _relationships(name, sheets[RELATIONSHIPS]) if RELATIONSHIPS in sheets else ()
    missing = sorted(set(described) - set(paths))
    if missing:
        raise SheetRefused(f"{name}: {METADATA} names {', '.join(missing[:5])}, which it does not hold.")
    return Sheets(described, relationships)


def _metadata(name: str, content: bytes) -> dict[str, Described]:
    """By the path of the file beside the sheet."""
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
            raise SheetRefused(f"{sheet} {wrong}. Its columns are {', '.join(known)}.")
        rows.fieldnames = columns
        if b"\x00" in content:
            raise csv.Error("a NUL byte")
        return [(rows.line_num, row) for row in rows]
    except (UnicodeDecodeError, csv.Error) as error:
        raise SheetRefused(f"{sheet} is no CSV in UTF-8 ({error}). Save it again.") from error


def _described(name: str, line: int, row: dict[str, str]) -> Described:
    values = {column: " ".join((row.get(column) or "").split()) for column in COLUMNS}
    where = f"{name}: line {line} of {METADATA}"
    if bool(values["source"]) != bool(values["external_id"]):
        raise SheetRefused(f"{where} has one of source and external_id. Give both or neither.")
    if len(values["source"]) > LONGEST_SOURCE or len(values["external_id"]) > LONGEST_IDENTIFIER:
        raise SheetRefused(f"{where} has a source or external_id that is too long.")
    for column in FACTS:
        if len(values[column]) > LONGEST[column]:
            raise SheetRefused(f"{where}: {column} is longer than the {LONGEST[column]} letters that fit.")
    try:
        for chosen in CHOSEN:
            read_choice(chosen, values[chosen])
    except NotCorrectable as error:
        raise SheetRefused(f"{where}: {error}") from error
    facts: dict[str, str] = {column: values[column] for column in FACTS if values[column]}
    return Described(facts, values["source"], values["external_id"])
