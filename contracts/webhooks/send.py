"""One message over HTTP to an address that was looked at: no redirect is followed, no proxy used, no body read."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection

from contracts.webhooks.address import RefusedAddress, Target, resolve_target

CONNECT_SECONDS = 5.0  # to one address
CONNECTING_SECONDS = 10.0  # to all of a host, each with its share; less than all, so that what answers is cut in time
ALL_SECONDS = 15.0


class NotDelivered(Exception):
    """Nobody answered, or in no way that could be read. The message says why."""


class _ToAddress(HTTPConnection):
    """Connects to the addresses of the target, whatever its name means by now."""

    target: Target

    def connect(self) -> None:
        self.sock = _connect(self.target)


class _ToAddressSecurely(HTTPSConnection):
    target: Target

    def connect(self) -> None:
        plain = _connect(self.target)
        secure = ssl.create_default_context()
        self.sock = secure.wrap_socket(plain, server_hostname=self.target.host, do_handshake_on_connect=False)
        self.sock.do_handshake()


def _connect(target: Target) -> socket.socket:
    """To the first address that answers: of a host with two, one may be out of reach from here (IPv6, most often)."""
    until, failed = time.monotonic() + CONNECTING_SECONDS, OSError("no address")
    for tried, address in enumerate(target.addresses):
        share = (until - time.monotonic()) / (len(target.addresses) - tried)
        try:
            found = socket.create_connection((str(address), target.port), max(min(share, CONNECT_SECONDS), 0.1))
        except OSError as error:
            failed = error
        else:
            found.settimeout(CONNECT_SECONDS)
            return found
    raise failed


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status of the answer. Raises NotDelivered."""
    try:
        target = resolve_target(url)
    except RefusedAddress as error:
        raise NotDelivered(str(error)) from error
    kind = _ToAddressSecurely if target.secure else _ToAddress
    connection = kind(target.host, target.port, timeout=CONNECT_SECONDS)
    connection.target = target
    # The time-out of a socket is for each byte; one that sends a byte now and then would hold us for ever.
    limit = threading.Timer(ALL_SECONDS, _cut, [connection])
    limit.daemon = True
    limit.start()
    try:
        connection.request("POST", target.path, body, dict(headers))
        return connection.getresponse().status
    except (OSError, HTTPException) as error:
        raise NotDelivered(f"No answer: {type(error).__name__}. {error}".strip()) from error
    finally:
        limit.cancel()
        connection.close()


def _cut(connection: HTTPConnection) -> None:
    if connection.sock is not None:
        with suppress(OSError):  # when it ended by itself
            connection.sock.shutdown(socket.SHUT_RDWR)
