"""Playbooks as files: CSV for spreadsheets, JSON for programs. What is written is read back the same."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from io import StringIO
from typing import Any

from search.playbook.models import Playbook
from search.playbook.positions import PositionText
from search.query import QueryError

COLUMNS = ("topic", "statement", "guidance")
LARGEST_FILE = 1_000_000  # bytes
AS_EXPORTED = "Export a playbook to see the form."


def write_csv(playbook: Playbook) -> str:
    stream = StringIO()
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(playbook))
    return stream.getvalue()


def write_json(playbook: Playbook) -> str:
    positions = [dict(zip(COLUMNS, row, strict=True)) for row in _rows(playbook)]
    return json.dumps({"name": playbook.name, "positions": positions}, ensure_ascii=False, indent=2) + "\n"


def _rows(playbook: Playbook) -> Iterable[tuple[str, str, str]]:
    return ((one.topic, one.statement, one.guidance) for one in playbook.positions.all())


def read_playbook(file_name: str, content: bytes) -> tuple[str, list[PositionText]]:
    """Its name, "" where the file gives none, and its positions. Raises QueryError."""
    if len(content) > LARGEST_FILE:
        raise QueryError(f"{file_name} has {len(content):,} bytes.", f"A playbook has at most {LARGEST_FILE:,}.")
    extension = file_name.rpartition(".")[2].casefold()
    if extension not in ("csv", "json"):
        raise QueryError(f"{file_name} is neither CSV nor JSON.", AS_EXPORTED)
    try:
        text = content.decode("utf-8-sig")  # Excel writes the mark
    except UnicodeDecodeError as error:
        raise QueryError(f"{file_name} is not UTF-8 text.", "Save it as “CSV UTF-8”.") from error
    return ("", _read_csv(text)) if extension == "csv" else _read_json(text)


def _read_csv(text: str) -> list[PositionText]:
    header = text.partition("\n")[0]
    # Excel separates by semicolons where the comma is the decimal sign.
    reader = csv.DictReader(StringIO(text), delimiter=";" if header.count(";") > header.count(",") else ",")
    names = {name: name.strip().casefold() for name in reader.fieldnames or () if name}
    if "statement" not in names.values():
        raise QueryError("The file has no column “statement”.", f"Its first line must name {', '.join(COLUMNS)}.")
    try:
        rows = [{names[name]: value or "" for name, value in row.items() if name in names} for row in reader]
    except csv.Error as error:
        raise QueryError(f"The file is no CSV: {error}.", AS_EXPORTED) from error
    return [_position(row) for row in rows if any(value.strip() for value in row.values())]


def _read_json(text: str) -> tuple[str, list[PositionText]]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise QueryError(f"The file is no JSON: {error}.", AS_EXPORTED) from error
    positions = read.get("positions") if isinstance(read, dict) else None
    well_formed = isinstance(positions, list) and all(
        isinstance(one, dict) and all(isinstance(one.get(name, ""), str) for name in COLUMNS) for one in positions
    )
    if not well_formed or not isinstance(positions, list):
        raise QueryError("The file has no list “positions” of statements.", AS_EXPORTED)
    return str(read.get("name") or ""), [_position(one) for one in positions]


def _position(row: dict[str, Any]) -> PositionText:
    return PositionText(row.get("statement", ""), row.get("topic", ""), row.get("guidance", ""))
