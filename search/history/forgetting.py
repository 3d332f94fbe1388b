"""Stored answers that their user deletes. What a list holds stays, and who asked and when stays on the audit record."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from contracts.audit.record import By, record
from search.history.entries import asked_by
from search.models import ListedClause, Search


def lists_with(search: Search) -> list[str]:
    """The names of the lists that hold clauses of this answer."""
    return sorted(set(ListedClause.objects.filter(hit__search=search).values_list("list__name", flat=True)))


def forget_search(request: HttpRequest, search: Search) -> bool:
    """False, and nothing is done, while a list holds clauses of it."""
    return forget(request, Search.objects.filter(pk=search.pk)) == 1


def forget_before(request: HttpRequest, user: User, day: datetime) -> tuple[int, int]:
    """How many were deleted, and how many of that age stay, as lists hold clauses of them."""
    old = asked_by(user).filter(created_at__lt=day)
    return forget(request, old), old.count()


def forget(by: By, searches: QuerySet[Search]) -> int:
    """How many were deleted: those of which no list holds clauses."""
    with transaction.atomic():
        unlisted = searches.exclude(pk__in=ListedClause.objects.values("hit__search"))
        pks = list(unlisted.values_list("pk", flat=True))
        for pk in pks:
            record(by, "search.deleted", "search", pk)
        Search.objects.filter(pk__in=pks).delete()
    return len(pks)
