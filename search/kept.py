"""Rows that save work another time, and that another search may be writing at this moment too."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.db import IntegrityError, OperationalError, models, transaction
from psycopg.errors import DeadlockDetected

logger = logging.getLogger(__name__)


def keep_rows(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """What is there stays; what cannot be written is not kept, and costs nobody an answer."""
    in_order = sorted(rows, key=lambda row: str(row.pk))  # two writers then seldom wait for each other
    try:
        with transaction.atomic():
            model._default_manager.bulk_create(in_order, ignore_conflicts=True)
    except IntegrityError:
        logger.info("A contract was read anew or purged meanwhile: %d rows are not kept", len(in_order))
    except OperationalError as error:
        if not isinstance(error.__cause__, DeadlockDetected):
            raise
        logger.info("Another search was keeping the same: %d rows are left to it", len(in_order))
