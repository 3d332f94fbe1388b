"""Signing in with name and password, on the pages and over REST: so many failures, and then a wait.

Failures are counted by name and by address, for all processes together. Whoever is signed in already, or has a token,
is not concerned. Of guesses sent at the same moment each may still see the count before the others.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.db.models.functions import Now
from rest_framework import status
from rest_framework.exceptions import APIException

from contracts.rest.models import Rate
from contracts.rest.rates import Allowance

PREFIX = "sign-in-"
IPV6_NETWORK = 64  # one customer of a provider has at least as many addresses as that


class TooManyFailures(APIException):
    status_code = status.HTTP_429_TOO_MANY_REQUESTS
    default_code = "too_many_failures"

    def __init__(self, wait: float) -> None:
        self.wait = math.ceil(wait)  # becomes Retry-After
        super().__init__(
            f"Too many sign-ins with this name, or from this address, have failed. Wait {self.wait} seconds, then try "
            "again with the right password; your administrator can set a new one. Tokens and sessions go on working."
        )


class LimitedBackend(ModelBackend):
    """In place of Django's own, so that no way of signing in goes past it."""

    def authenticate(
        self, request: Any, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """Raises TooManyFailures before the password is looked at."""
        if username is None or password is None:
            return None
        counted = _counted(request, username)
        wait = max(allowance.wait(key) for key, allowance in counted.items())
        if wait > 0:
            raise TooManyFailures(wait)
        user = super().authenticate(request, username, password, **kwargs)
        if user is None:
            Rate.objects.filter(key__startswith=PREFIX, free_at__lt=Now()).delete()
            for key, allowance in counted.items():
                allowance.take(key)
        return user


def _counted(request: Any, username: str) -> dict[str, Allowance]:
    # As a hash: now and then somebody types a password in the place of the name.
    name = hashlib.sha256(username.casefold().encode("utf-8", "replace")).hexdigest()[:32]
    counted = {f"{PREFIX}name:{name}": Allowance.written(settings.SIGN_IN_FAILURES["name"])}
    address = address_of(request) if request is not None else ""
    if address:
        counted[f"{PREFIX}address:{address}"] = Allowance.written(settings.SIGN_IN_FAILURES["address"])
    return counted


def address_of(request: Any) -> str:
    """Who asks, behind so many proxies of one's own (TRUSTED_PROXIES); of IPv6 the network. "" when nobody knows."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        # Each proxy adds at the end whom it was asked by; what stands before that anybody can have written.
        passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        address = passed[-settings.TRUSTED_PROXIES] if len(passed) >= settings.TRUSTED_PROXIES else address
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if known.version == 4:
        return str(known)
    return str(ipaddress.ip_network((known, IPV6_NETWORK), strict=False))
