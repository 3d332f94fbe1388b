"""What is said of work that ended on an error nobody foresaw."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from django.conf import settings


class ReadingBroke(Exception):
    """An internal error of the reading process, told without its message, which may quote the document."""

    def __init__(self, kind: str, place: str) -> None:
        super().__init__(f"{kind} at {place}")
        self.kind, self.place = kind, place


def internal_error(logger: logging.Logger, what: str, error: Exception) -> str:
    """For its user. The error itself may quote a clause, so only its kind and place are logged."""
    logger.error("%s stopped: %s at %s", what, *kind_and_place(error))
    return (
        f"It stopped on an internal error ({type(error).__name__}). Try again; "
        f"if that fails too, send the log line about {what} to support."
    )


def kind_and_place(error: BaseException) -> tuple[str, str]:
    """Like ("KeyError", "contracts/text/clauses.py:88")."""
    if isinstance(error, ReadingBroke):
        return error.kind, error.place
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(settings.BASE_DIR)] or frames
    return type(error).__name__, f"{own[-1].filename}:{own[-1].lineno}"
