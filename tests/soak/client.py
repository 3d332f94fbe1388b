"""A document system that sends a bulk load and does not give up: what is not answered is sent again."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPException
from typing import Any
from urllib.parse import quote

PATIENCE = 900  # seconds for one request, all its repetitions together
TIMEOUT = 120
PAUSE = 1.0


class Refused(RuntimeError):
    """An answer that says that the request itself is wrong. Sending it again would not help."""


class Client:
    def __init__(self, server: str, authorization: str) -> None:
        self.api = f"{server}/api/v1"
        self.authorization = authorization
        self.answers: Counter[str] = Counter()  # by status, or by what there was instead of an answer

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        sent = {"Content-Type": kind, "Authorization": self.authorization}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        address = path if path.startswith("http") else self.api + path
        request = urllib.request.Request(address, data, sent, method=method)
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
                    answer = dict(json.load(response))
                self.answers["2xx"] += 1
                return answer
            except urllib.error.HTTPError as error:
                pause, outcome = self._pause_before_again(method, path, error), str(error.code)
            except (OSError, HTTPException, ValueError) as error:  # ValueError: an answer that was cut off
                pause, outcome = PAUSE, type(getattr(error, "reason", error)).__name__
            self.answers[outcome] += 1
            if time.monotonic() > until:
                raise Refused(f"{method} {path} was not answered in {PATIENCE} s; last: {outcome}")
            time.sleep(pause)

    def pages(self, path: str) -> Iterator[dict[str, Any]]:
        following: str | None = path
        while following:
            page = self.call("GET", following)
            yield from page["results"]
            following = page["next"]

    def send(self, ingest: str, key: str, content: bytes) -> dict[str, Any]:
        return self.call("PUT", f"/ingests/{ingest}/items/{quote(key, safe='')}", content)

    def _pause_before_again(self, method: str, path: str, error: urllib.error.HTTPError) -> float:
        if error.code == 429 or error.code >= 500:
            return float(error.headers.get("Retry-After", PAUSE))
        raise Refused(f"{method} {path}: {error.code} {error.read().decode()}") from error
