"""One JSON object a line, for log collectors (LOG_FORMAT=json). Nothing in it quotes a document or a question.

An exception's message may; so only its kind and place are written.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

EXTRAS = ("seconds", "status_code", "request_id")  # of what callers add; others hold objects, or more than is wanted


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        line |= {name: vars(record)[name] for name in EXTRAS if name in vars(record)}
        if record.exc_info and record.exc_info[0] is not None:
            frames = traceback.extract_tb(record.exc_info[2])
            place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
            line["error"] = {"kind": record.exc_info[0].__name__, "place": place}
        return json.dumps(line, default=str)
