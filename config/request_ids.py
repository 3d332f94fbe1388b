"""One name for each request, in its answer, in what is logged meanwhile, and in a problem's ``instance``."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponseBase

HEADER = "X-Request-ID"
GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")  # nothing that could break a line of a log
_current: ContextVar[str] = ContextVar("request_id", default="-")


def new_id() -> str:
    return uuid.uuid4().hex


def current_id() -> str:
    return _current.get()


def request_ids(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware; stands first. A proxy or client may have given the name already."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(HEADER, "")
        # Kept until the thread's next request, as Django logs what was refused only after all middleware.
        _current.set(given if GIVEN.fullmatch(given) else new_id())
        response = get_response(request)
        response.headers[HEADER] = current_id()
        return response

    return middleware


class WithRequestId(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_id()
        return True
