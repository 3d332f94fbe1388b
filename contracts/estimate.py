"""What an action on many contracts touches, and about how long it takes, by the seconds of earlier readings."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from contracts.models import Clause, Contract

WAITING = (Contract.State.RECEIVED, Contract.State.READING)


@dataclass(frozen=True, slots=True)
class Extent:
    contracts: int
    pages: int
    with_pages: int  # Word and text files have none until they are printed
    clauses: int  # of the last reading


@dataclass(frozen=True, slots=True)
class Duration:
    """Of one worker. ``seconds`` is None where no reading was ever measured."""

    seconds: float | None
    measured: int  # readings that it rests on
    ahead: int  # contracts that wait already
    seconds_ahead: float

    def __str__(self) -> str:
        return "" if self.seconds is None else told(self.seconds)

    @property
    def told_ahead(self) -> str:
        return told(self.seconds_ahead)


def extent_of(contracts: QuerySet[Contract]) -> Extent:
    chosen = Contract.objects.filter(pk__in=_ids(contracts))
    sums = chosen.order_by().aggregate(number=Count("pk"), pages=Sum("page_count"), with_pages=Count("page_count"))
    clauses = Clause.objects.filter(contract__in=chosen.order_by().values("pk")).count()
    return Extent(sums["number"], sums["pages"] or 0, sums["with_pages"], clauses)


def duration_of_reading(contracts: QuerySet[Contract], earlier: QuerySet[Contract]) -> Duration:
    """A contract takes what its last reading took; one never read what ``earlier`` ones of its size in bytes took."""
    waiting = earlier.filter(state__in=WAITING).exclude(pk__in=_ids(contracts))
    measured = earlier.filter(read_seconds__isnull=False).order_by()
    known = measured.aggregate(number=Count("pk"), seconds=Sum("read_seconds"), bytes=Sum("size"))
    if not known["number"]:
        return Duration(None, 0, waiting.count(), 0.0)
    of_a_byte = known["seconds"] / max(known["bytes"], 1)
    chosen = Contract.objects.filter(pk__in=_ids(contracts))
    return Duration(_seconds(chosen, of_a_byte), known["number"], waiting.count(), _seconds(waiting, of_a_byte))


def told(seconds: float) -> str:
    """Rounded, for it is an estimate: "less than a minute", "about 5 minutes", "about 3 hours"."""
    if seconds < 60:
        return "less than a minute"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"about {minutes} minute{'' if minutes == 1 else 's'}"
    return f"about {round(minutes / 60)} hours"


def _seconds(contracts: QuerySet[Contract], of_a_byte: float) -> float:
    again = contracts.order_by().aggregate(seconds=Sum("read_seconds"))["seconds"] or 0.0
    unread = contracts.filter(read_seconds=None).order_by().aggregate(bytes=Sum("size"))["bytes"] or 0
    return float(again + of_a_byte * unread)


def _ids(contracts: QuerySet[Contract]) -> QuerySet[Contract, object]:
    return contracts.order_by().values("pk")
