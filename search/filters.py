"""Which contracts a question is asked of. Narrowing happens before recall, so the verifier reads nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from django.db.models import QuerySet

from contracts.models import Contract
from contracts.text.calendar_day import read_date
from contracts.text.jurisdiction import jurisdiction


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty means all. Ids that the user may not see match nothing, exactly like ids that do not exist."""

    matters: tuple[int, ...] = ()
    contracts: tuple[int, ...] = ()
    laws: tuple[str, ...] = ()  # by any of their names; "": none stated
    kinds: tuple[str, ...] = ()
    types: tuple[str, ...] = ()  # of CONTRACT_TYPES; "" where it is not known
    renewals: tuple[str, ...] = ()  # of RENEWALS; "" where the contract speaks of none
    not_matters: tuple[int, ...] = ()
    not_laws: tuple[str, ...] = ()
    not_kinds: tuple[str, ...] = ()
    not_types: tuple[str, ...] = ()
    not_renewals: tuple[str, ...] = ()
    dated_from: date | None = None
    dated_until: date | None = None
    ends_from: date | None = None  # the end of the term, of contracts of which it is known as a day
    ends_until: date | None = None
    versions: Literal["current", "all"] = "current"  # a contract that is named is read, whatever came after it

    @classmethod
    def restored(cls, stored: dict[str, Any]) -> Filters:
        """The contrary of ``stored``, which JSON holds."""
        dates = ("dated_from", "dated_until", "ends_from", "ends_until")
        values: dict[str, Any] = {
            name: date.fromisoformat(value) if name in dates else value if name == "versions" else tuple(value)
            for name, value in stored.items()
        }
        return cls(**values)

    def narrow(self, contracts: QuerySet[Contract]) -> QuerySet[Contract]:
        rules: tuple[tuple[str, Sequence[Any], Sequence[Any]], ...] = (
            ("pk__in", self.contracts, ()),
            ("matter__in", self.matters, self.not_matters),
            ("kind__in", self.kinds, self.not_kinds),
            ("contract_type__in", self.types, self.not_types),
            ("renewal__in", self.renewals, self.not_renewals),
        )
        for lookup, wanted, unwanted in rules:
            if wanted:
                contracts = contracts.filter(**{lookup: wanted})
            if unwanted:
                contracts = contracts.exclude(**{lookup: unwanted})
        if self.laws:
            contracts = contracts.filter(governing_law__in=_as_written(self.laws, contracts))
        if self.not_laws:
            contracts = contracts.exclude(governing_law__in=_as_written(self.not_laws, contracts))
        for lookup, day in (("expires_on__gte", self.ends_from), ("expires_on__lte", self.ends_until)):
            if day is not None:
                contracts = contracts.filter(**{lookup: day})
        if self.versions == "current" and not self.contracts:
            contracts = contracts.filter(current=True)
        if self.dated:
            contracts = contracts.filter(pk__in=self._within_dates(contracts))
        return contracts

    @property
    def dated(self) -> bool:
        return self.dated_from is not None or self.dated_until is not None

    def admits_day(self, day: date | None) -> bool:
        """None, where no day can be read, passes only without a filter by date."""
        return _within(day, self.dated_from, self.dated_until)

    def admits_end(self, day: date | None) -> bool:
        return _within(day, self.ends_from, self.ends_until)

    def stored(self) -> dict[str, Any]:
        """As JSON holds it; what is empty is left out."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        if self.versions == "current":
            del values["versions"]
        return {name: _storable(value) for name, value in values.items() if value}

    def _within_dates(self, contracts: QuerySet[Contract]) -> list[int]:
        rows = contracts.order_by().values_list("pk", "agreement_date", "effective_date")
        return [pk for pk, *written in rows if self.admits_day(contract_day(*written))]


def _as_written(laws: Sequence[str], contracts: QuerySet[Contract]) -> list[str]:
    """All that these contracts call the laws: "English" beside "England and Wales"."""
    named = {jurisdiction(law) for law in laws}
    written = contracts.order_by().values_list("governing_law", flat=True).distinct()
    return [law for law in written if jurisdiction(law) in named]


def _within(day: date | None, first: date | None, last: date | None) -> bool:
    if day is None:
        return first is None and last is None
    return (first or date.min) <= day <= (last or date.max)


def _storable(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else list(value)


def contract_day(agreement_date: str, effective_date: str) -> date | None:
    """The day of the agreement; where none can be read, the day on which it takes effect."""
    return read_date(agreement_date) or read_date(effective_date)
