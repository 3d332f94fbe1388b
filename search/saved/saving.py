"""Searches kept by name: save, rename, and what is new in them."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone

from contracts.models import Contract
from search.models import Arrival, SavedSearch
from search.page_state import PageState
from search.query import QueryError, read_query
from search.read_state import read_state
from search.saved.models import LONGEST_NAME


def save_search(user: User, name: str, state: PageState) -> SavedSearch:
    """Raises QueryError when there is nothing to ask, or the name is taken. Filters by one's decisions are left out."""
    read_query(state.query)
    state = state.of_arrivals()
    saved = SavedSearch(user=user, query=state.query, address=state.address, filters=state.filters.stored())
    return rename(saved, name)


def rename(saved: SavedSearch, name: str) -> SavedSearch:
    """Stored under its name. Raises QueryError; then nothing is changed."""
    saved.name = " ".join(name.replace("\0", " ").split())[:LONGEST_NAME]
    if not saved.name:
        raise QueryError("The search has no name.", "Give it one.")
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError as error:
        raise QueryError(f"You have a saved search named “{saved.name}” already.", "Choose another name.") from error
    return saved


def state_of(saved: SavedSearch) -> PageState:
    """Raises QueryError when a filter it was saved with is known no more."""
    return read_state(QueryDict(saved.address)).of_arrivals()


def with_news(user: User) -> QuerySet[SavedSearch]:
    """One's own, each with ``news``: clauses in contracts that came in since the last look; ``close_calls`` alike."""
    unseen = Q(arrivals__seen_at=None, arrivals__contract__in=Contract.objects.visible_to(user))
    return SavedSearch.objects.filter(user=user.pk).annotate(
        news=Coalesce(Sum("arrivals__clauses", filter=unseen), 0),
        close_calls=Coalesce(Sum("arrivals__close_calls", filter=unseen), 0),
    )


def unseen_arrivals(saved: SavedSearch, user: User) -> QuerySet[Arrival]:
    """Latest first."""
    visible = Contract.objects.visible_to(user)
    return saved.arrivals.filter(seen_at=None, contract__in=visible).select_related("search")


def mark_seen(saved: SavedSearch, user: User, shown: Collection[int] | None = None) -> None:
    """Only those ``shown``; None: all."""
    unseen = unseen_arrivals(saved, user)
    (unseen if shown is None else unseen.filter(pk__in=shown)).update(seen_at=timezone.now())


def not_searched_yet(saved: SavedSearch, user: User) -> int:
    """Contracts of its scope that came in since it was saved, and that no worker has searched."""
    came_in = Contract.objects.visible_to(user).filter(state=Contract.State.READY, read_at__gt=saved.created_at)
    try:
        scope = state_of(saved).filters.narrow(came_in)
    except QueryError:
        scope = came_in
    return scope.exclude(pk__in=saved.arrivals.values("contract")).count()
