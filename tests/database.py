"""A database that goes away, as when it is killed or fails over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql


def _connect_elsewhere(**changed: Any) -> psycopg.Connection[Any]:
    """A connection beside Django's."""
    parameters = connection.get_connection_params() | {"cursor_factory": None, "context": None}
    return psycopg.connect(**parameters | changed, autocommit=True)


def cut_the_connection() -> None:
    """The server ends this test's connection, and takes new ones."""
    with _connect_elsewhere() as other:
        other.execute("SELECT pg_terminate_backend(%s, 10000)", [connection.connection.info.backend_pid])


@contextmanager
def database_away() -> Iterator[None]:
    """All connections but the test's own are ended, and no new ones are taken."""
    name = sql.Identifier(connection.settings_dict["NAME"])
    with _connect_elsewhere(dbname="postgres") as server:
        server.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            yield
        finally:
            server.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))
