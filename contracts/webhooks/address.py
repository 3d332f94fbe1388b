"""Where a webhook may go: never to an address inside this network, unless settings.WEBHOOK_NETWORKS allows it.

A name is resolved here, once, and the connection then goes to the very addresses that were looked at: a name that
answers otherwise the second time (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

Address = IPv4Address | IPv6Address
CHARACTERS = 500
# Addresses of IPv6 that carry one of IPv4, which a router on the way may unpack.
CARRYING = tuple(ip_network(one) for one in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16"))


class RefusedAddress(ValueError):
    """The message says what is wrong with it, and what to do."""


@dataclass(frozen=True, slots=True)
class Target:
    host: str  # as in the URL: what the certificate must be made for
    port: int
    path: str
    secure: bool
    addresses: tuple[Address, ...]  # of the host, each of which may be sent to


def read_url(url: str) -> SplitResult:
    """Raises RefusedAddress for what could never be sent to; nothing is looked up."""
    if len(url) > CHARACTERS or not url.isascii() or not url.isprintable() or " " in url:
        raise RefusedAddress(f"Give an address of at most {CHARACTERS} ASCII characters, without spaces.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RefusedAddress("This is no address. Give one like https://dms.example.com/proviso.") from error
    if parts.scheme not in ("https", "http") or not parts.hostname or port == 0:
        raise RefusedAddress("Give an address that begins with https:// and names a host.")
    if parts.username is not None or parts.fragment:
        raise RefusedAddress("Leave out the user name, the password and what follows “#”.")
    return parts


def resolve_target(url: str) -> Target:
    """Raises RefusedAddress unless every address of the host may be sent to."""
    parts = read_url(url)
    host, secure = str(parts.hostname), parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RefusedAddress(f"The host {host} has no address. Check its name.") from error
    addresses = [_plain(ip_address(str(row[4][0]).partition("%")[0])) for row in found]
    for address in addresses:
        _check(host, address, secure)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host, port, path, secure, tuple(dict.fromkeys(addresses)))


def _check(host: str, address: Address, secure: bool) -> None:
    allowed = any(address in ip_network(network) for network in settings.WEBHOOK_NETWORKS)
    if not allowed and (not address.is_global or address.is_multicast or _carries(address)):
        raise RefusedAddress(
            f"The host {host} is inside a private network ({address}), where nothing is sent to. "
            "Give a public address, or have the administrator add its network to WEBHOOK_NETWORKS."
        )
    if not allowed and not secure:
        raise RefusedAddress("Give an address that begins with https://; nothing is sent unencrypted.")


def _plain(address: Address) -> Address:
    mapped = getattr(address, "ipv4_mapped", None)  # ::ffff:127.0.0.1 is 127.0.0.1
    return mapped or address


def _carries(address: Address) -> bool:
    return any(address in network for network in CARRYING)
