"""Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07): a request sent twice is done once.

Work and key are written in one transaction, so a process killed between them leaves neither. The lock that tells of a
request in progress is Postgres's own and ends with that transaction, however it ends.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.rest.models import ApiToken, IdempotentRequest

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
LONGEST = 255
IDEMPOTENCY_KEY = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    description="New for each request, such as a UUID. The same request with the same key is answered again, not done "
    "again, for 24 hours.",
)


class KeyReused(APIException):
    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "idempotency_key_reused"
    default_detail = "This Idempotency-Key came with another request before. Send each new request with a new key."


class InProgress(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "idempotency_in_progress"
    default_detail = "A request with this Idempotency-Key is still being worked on. Send it again in a few seconds."


@dataclass(frozen=True, slots=True)
class Made:
    """What a request made or found, and how it was answered."""

    pk: str
    status: int
    again: bool = False  # the request came before: what is shown only once was shown then


def answer_made(
    request: Request, made: Made, route: str, data: Any, headers: Mapping[str, str] | None = None
) -> Response:
    """``data`` with the status of what was made and its address."""
    location = request.build_absolute_uri(reverse(route, args=[made.pk]))
    return Response(data, made.status, headers={"Location": location, **(headers or {})})


def owner_of(request: Request) -> str:
    """Keys and rates belong to a token, so that two clients of one user do not meet; nor do two that one acts for."""
    token = request.auth
    if not isinstance(token, ApiToken):
        return f"user:{request.user.pk}"
    if token.user_id != request.user.pk:
        return f"{token.public_id.hex}:{request.user.pk}"
    return f"token:{token.public_id}"


def once(request: Request, payload: Any, work: Callable[[], Made]) -> Made:
    """``work()``, or what it made when this key came before. ``payload``: what was asked, as JSON can hold it.

    Raises KeyReused where the key came with another payload.
    """
    key = read_key(request)
    if key is None:
        return work()
    owner = owner_of(request)
    asked = json.dumps([request.method, request.path, payload], sort_keys=True, default=str)
    fingerprint = hashlib.sha256(asked.encode()).hexdigest()
    # Committed by itself, so that nobody waits behind this request's work for the old rows.
    IdempotentRequest.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    with transaction.atomic():
        _lock(owner, key)
        before = IdempotentRequest.objects.filter(owner=owner, key=key).first()
        if before is None:
            made = work()
            IdempotentRequest.objects.create(
                owner=owner, key=key, fingerprint=fingerprint, status=made.status, made=made.pk
            )
            return made
    if before.fingerprint != fingerprint:
        raise KeyReused
    return Made(before.made, before.status, again=True)


def read_key(request: Request) -> str | None:
    """The draft writes the key in quotes; many clients leave them out."""
    written: str | None = request.headers.get(HEADER)
    if written is None:
        return None
    key = written.strip().removeprefix('"').removesuffix('"')
    if not key or len(key) > LONGEST or not (key.isascii() and key.isprintable()):
        raise ValidationError(
            {HEADER: f"Send 1 to {LONGEST} printable ASCII characters, such as a new UUID."}, code="invalid_key"
        )
    return key


def _lock(owner: str, key: str) -> None:
    number = int.from_bytes(hashlib.sha256(f"{owner} {key}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise InProgress
