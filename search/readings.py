"""Stored answers that are read again are on record too: who closes the page early, or comes back, has read clauses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from rest_framework.request import Request

from contracts.audit.models import AuditEvent
from contracts.audit.record import record

# Filters, pages of hits and the redirect after asking show one answer many times: within this time it is one reading.
ONE_READING = timedelta(minutes=10)


def record_reading(request: HttpRequest | Request, kind: str, thing: Any) -> None:
    """``kind``: search, list, ...; nothing, when the same user's asking or reading of it was recorded just now."""
    begun = AuditEvent.objects.filter(
        user=request.user.pk,
        action__in=(AuditEvent.Action.SEARCHED, AuditEvent.Action.REREAD),
        kind=kind,
        thing=str(thing),
        token=getattr(request.user, "token_id", None),
        at__gte=timezone.now() - ONE_READING,
    )
    if not begun.exists():
        record(request, "reread", kind, thing)
