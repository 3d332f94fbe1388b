"""Write down who did something. Called where it is done, in the same transaction."""

from __future__ import annotations

from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from rest_framework.request import Request

from contracts.audit.models import AuditEvent

By: TypeAlias = HttpRequest | Request | AbstractBaseUser | AnonymousUser | None


def record(
    by: By,
    action: str,
    kind: str,
    thing: Any = "",
    matter: int | None = None,
    change: str = "",
) -> None:
    """``by``: the request, or its user where there is only that. A token in use is known by either."""
    user = by.user if isinstance(by, HttpRequest | Request) else by
    known = user is not None and user.is_authenticated
    AuditEvent.objects.create(
        user=user.pk if known and user is not None else None,
        username=user.get_username() if known and isinstance(user, AbstractBaseUser) else "",
        token=getattr(user, "token_id", None),  # this and the next set by contracts.rest for this request
        acted_by=getattr(user, "acted_by", ""),
        action=AuditEvent.Action(action),
        kind=kind,
        thing=str(thing),
        matter=matter,
        change=change,
    )
