"""How one knows that the database is gone, whoever lost it: Django, psycopg, or the queue."""

from __future__ import annotations

import psycopg
from django.db import InterfaceError, OperationalError
from procrastinate.exceptions import ConnectorException

# COPY goes past Django, so its errors come as psycopg raises them.
DATABASE_AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)


def lost_by_the_queue(error: BaseException) -> bool:
    """The queue wraps everything that psycopg raises, a lost connection and a wrong statement alike."""
    return isinstance(error, ConnectorException) and isinstance(error.__cause__, DATABASE_AWAY)
