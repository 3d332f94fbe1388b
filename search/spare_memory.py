"""What the models no longer use goes back to the system.

Between two layers lie tensors of megabytes. glibc takes them from a heap for each thread, and keeps what is free there
for a next time in that thread: so a process that reads in a dozen threads came to hold more than 4 GB.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable
from functools import cache

SECONDS = 20.0  # between two times: what was given back must be fetched again, some hundredths of a second

_lock = threading.Lock()
_next_time = 0.0
_later: threading.Timer | None = None


def give_back() -> None:
    """After a reading: at once or, when it was done a moment ago, a while later, so that who rests holds little.

    It does nothing where the C library is another than glibc.
    """
    global _next_time, _later
    with _lock:
        now = time.monotonic()
        if now < _next_time:
            if _later is None:
                _later = threading.Timer(_next_time - now, _give_back_later)
                _later.daemon = True
                _later.start()
            return
        _next_time = now + SECONDS
    _malloc_trim()(0)


def _give_back_later() -> None:
    global _next_time, _later
    with _lock:
        _later = None
        _next_time = time.monotonic() + SECONDS
    _malloc_trim()(0)


@cache
def _malloc_trim() -> Callable[[int], int]:
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError):
        return lambda pad: 0
    trim.argtypes = [ctypes.c_size_t]
    return trim
