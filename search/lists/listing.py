"""What is done to lists: put clauses in, move them, read them as their user may see them now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Max, Prefetch, QuerySet

from contracts.models import Matter
from search.lists.models import LONGEST_NAME, LONGEST_NOTE
from search.models import ClauseList, Hit, ListedClause
from search.query import QueryError


def new_list(user: User, name: str) -> ClauseList:
    return name_list(ClauseList(user=user), name)


def name_list(one: ClauseList, name: str) -> ClauseList:
    """Stored under this name. Raises QueryError; then nothing is changed."""
    one.name = " ".join(name.replace("\0", " ").split())[:LONGEST_NAME]
    if not one.name:
        raise QueryError("The list has no name.", "Give it one.")
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError as error:
        raise QueryError(f"You have a list named “{one.name}” already.", "Choose it, or another name.") from error
    return one


def put_in(one: ClauseList, hits: Iterable[Hit], note: str = "") -> int:
    """At its end, each with the note; how many were not there yet."""
    note = _note(note)
    with transaction.atomic():
        _lock(one.pk)
        there = set(one.clauses.values_list("hit", flat=True))
        new = [hit for hit in hits if hit.pk not in there]
        first = (one.clauses.aggregate(last=Max("place"))["last"] or 0) + 1
        ListedClause.objects.bulk_create(
            ListedClause(list=one, hit=hit, place=place, note=note) for place, hit in enumerate(new, start=first)
        )
    return len(new)


def visible_clauses(one: ClauseList, user: User) -> QuerySet[ListedClause]:
    """Those of matters that the user may see now, in their order."""
    hits = Hit.objects.visible_to(user).select_related("search")
    shown = one.clauses.filter(hit__matter__in=Matter.objects.visible_to(user))
    return shown.prefetch_related(Prefetch("hit", queryset=hits))


def move(clause: ListedClause, user: User, direction: Literal["up", "down"]) -> None:
    """Past its neighbour, of those that the user sees."""
    others = visible_clauses(clause.list, user).order_by("-place" if direction == "up" else "place")
    beyond = {"place__lt": clause.place} if direction == "up" else {"place__gt": clause.place}
    neighbour = others.filter(**beyond).first()
    if neighbour is not None:
        first, second = (clause, neighbour) if direction == "up" else (neighbour, clause)
        put_before(first, second)


def put_before(clause: ListedClause, other: ListedClause | None) -> None:
    """Right before ``other``, or to the end."""
    if clause == other:
        return
    with transaction.atomic():
        _lock(clause.list_id)
        order = list(ListedClause.objects.filter(list=clause.list_id).exclude(pk=clause.pk))
        order.insert(order.index(other) if other in order else len(order), clause)
        for place, one in enumerate(order, start=1):
            one.place = place
        ListedClause.objects.bulk_update(order, ["place"])


def note_on(clause: ListedClause, note: str) -> None:
    clause.note = _note(note)
    clause.save(update_fields=["note"])


def _note(written: str) -> str:
    return written.replace("\0", " ").strip()[:LONGEST_NOTE]


def _lock(pk: int) -> None:
    """Two at once must not take one place."""
    ClauseList.objects.select_for_update().get(pk=pk)
