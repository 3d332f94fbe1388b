"""What is said of work that ended on an error nobody foresaw."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from django.conf import settings


def internal_error(logger: logging.Logger, what: str, error: Exception) -> str:
    """For its user. The error itself may quote a clause, so only its kind and place are logged."""
    logger.error("%s stopped: %s", what, kind_and_place(error))
    return (
        f"It stopped on an internal error ({type(error).__name__}). Try again; "
        f"if that fails too, send the log line about {what} to support."
    )


def kind_and_place(error: Exception) -> str:
    """Like "KeyError at contracts/text/clauses.py:88"."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(settings.BASE_DIR)] or frames
    return f"{type(error).__name__} at {own[-1].filename}:{own[-1].lineno}"
