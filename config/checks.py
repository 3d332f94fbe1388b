"""System checks of the database, run by ``migrate`` and ``check --database default``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DatabaseError, connections

# 0.8.2 fixes a buffer overflow in parallel index builds, 0.8.3 and 0.8.4 damaged HNSW indexes.
PGVECTOR_MINIMUM = (0, 8, 4)
REMEDY = (
    "Install pgvector 0.8.4 or newer (image pgvector/pgvector:pg18, or package postgresql-18-pgvector), then "
    "ALTER EXTENSION vector UPDATE; or unset DATABASE_URL to use the embedded Postgres."
)


@checks.register(checks.Tags.database)
def pgvector_version(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    messages: list[checks.CheckMessage] = []
    for alias in databases or ():
        try:
            version = _vector_version(alias)
        except DatabaseError as error:
            messages.append(checks.Error(f"The database cannot be asked for pgvector: {error}", id="proviso.E002"))
            continue
        if version is None:
            messages.append(checks.Error("The database has no pgvector extension.", hint=REMEDY, id="proviso.E001"))
        elif _numbers(version) < PGVECTOR_MINIMUM:
            message = f"pgvector {version} is too old: it can damage indexes."
            messages.append(checks.Error(message, hint=REMEDY, id="proviso.E001"))
    return messages


def _vector_version(alias: str) -> str | None:
    """The version in use, or the one that CREATE EXTENSION would install."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(installed_version, default_version) FROM pg_available_extensions WHERE name = 'vector'"
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
