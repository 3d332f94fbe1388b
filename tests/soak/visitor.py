"""Somebody who uses the site over HTTP and notices every answer that is not as it should be."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from statistics import quantiles
from typing import Any

import httpx2

TIMEOUT = 300.0
KEPT_ALIVE = 1.0  # seconds; gunicorn closes after two, and a request that meets the closing is nobody's error
LONGEST_QUOTE = 300
MOST_WRONG = 50  # told with their words; beyond that they are only counted
IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/|$)")


class Unexpected(Exception):
    """Noted already; whoever was at it begins with something else."""


class Visits:
    """What all visitors saw together."""

    def __init__(self) -> None:
        self.statuses: Counter[int] = Counter()
        self.wrong: list[str] = []
        self.requests = 0
        self._seconds: defaultdict[str, list[float]] = defaultdict(list)
        self._lock = threading.Lock()

    def answered(self, kind: str, status: int, seconds: float) -> None:
        with self._lock:
            self.requests += 1
            self.statuses[status] += 1
            self._seconds[kind].append(seconds)

    def took(self, kind: str, seconds: float) -> None:
        """Of several requests that somebody waits for as one."""
        with self._lock:
            self._seconds[kind].append(seconds)

    def went_wrong(self, what: str) -> None:
        with self._lock:
            self.wrong.append(what)

    def forget(self) -> None:
        """What was before the measurement; what went wrong stays."""
        with self._lock:
            self.statuses.clear()
            self._seconds.clear()
            self.requests = 0

    def told(self) -> list[str]:
        more = len(self.wrong) - MOST_WRONG
        return self.wrong[:MOST_WRONG] + ([f"and {more} more"] if more > 0 else [])

    def seconds(self) -> dict[str, dict[str, float]]:
        return {kind: spread(seconds) for kind, seconds in sorted(self._seconds.items())}


def spread(seconds: Sequence[float]) -> dict[str, float]:
    cuts = quantiles(seconds, n=20, method="inclusive") if len(seconds) > 1 else [seconds[0]] * 19
    return {"number": len(seconds), "p50": round(cuts[9], 2), "p95": round(cuts[18], 2), "most": round(max(seconds), 2)}


class Visitor:
    def __init__(self, server: str, visits: Visits, authorization: str = "") -> None:
        self.visits = visits
        self.http = httpx2.Client(
            base_url=server,
            timeout=TIMEOUT,
            headers={"Authorization": authorization} if authorization else {},
            limits=httpx2.Limits(keepalive_expiry=KEPT_ALIVE),
            trust_env=False,
        )

    def ask(self, method: str, address: str, expect: Collection[int] = (200,), **sent: Any) -> httpx2.Response:
        """The answer, if its status is one of ``expect``."""
        path = address.partition("?")[0]
        kind = f"{method} {IDS.sub('*', path)}" + (" fragment" if "HX-Request" in sent.get("headers", {}) else "")
        begun = time.monotonic()
        try:
            response = self.http.request(method, address, **sent)
        except httpx2.HTTPError as error:
            self._note(f"{kind}: {type(error).__name__} after {time.monotonic() - begun:.0f} s: {error}")
        self.visits.answered(kind, response.status_code, time.monotonic() - begun)
        if response.status_code not in expect:
            words = " ".join(re.sub(r"<[^>]*>", " ", response.text).split())[:LONGEST_QUOTE]
            self._note(f"{kind}: {response.status_code}, expected {' or '.join(map(str, expect))}: {words}")
        return response

    def check(self, true: object, what: str) -> None:
        if not true:
            self._note(what)

    @contextmanager
    def timed(self, kind: str) -> Iterator[None]:
        """Only if it comes to its end."""
        begun = time.monotonic()
        yield
        self.visits.took(kind, time.monotonic() - begun)

    def _note(self, what: str) -> None:
        self.visits.went_wrong(f"{time.strftime('%H:%M:%S')} {what}")
        raise Unexpected(what)
