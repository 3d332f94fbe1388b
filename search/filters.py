"""Which contracts a question is asked of. Narrowing happens before recall, so the verifier reads nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from django.db.models import QuerySet

from contracts.models import Contract
from contracts.text.calendar_day import read_date


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty means all. Ids that the user may not see match nothing, exactly like ids that do not exist."""

    matters: tuple[int, ...] = ()
    contracts: tuple[int, ...] = ()
    laws: tuple[str, ...] = ()  # as read from the contract; "" where it states none
    kinds: tuple[str, ...] = ()
    types: tuple[str, ...] = ()  # of CONTRACT_TYPES; "" where it is not known
    not_matters: tuple[int, ...] = ()
    not_laws: tuple[str, ...] = ()
    not_kinds: tuple[str, ...] = ()
    not_types: tuple[str, ...] = ()
    dated_from: date | None = None
    dated_until: date | None = None
    versions: Literal["current", "all"] = "current"  # a contract that is named is read, whatever came after it

    @classmethod
    def restored(cls, stored: dict[str, Any]) -> Filters:
        """From ``stored()``."""
        dates = ("dated_from", "dated_until")
        values: dict[str, Any] = {
            name: date.fromisoformat(value) if name in dates else value if name == "versions" else tuple(value)
            for name, value in stored.items()
        }
        return cls(**values)

    def narrow(self, contracts: QuerySet[Contract]) -> QuerySet[Contract]:
        rules: tuple[tuple[str, Sequence[Any], Sequence[Any]], ...] = (
            ("pk__in", self.contracts, ()),
            ("matter__in", self.matters, self.not_matters),
            ("governing_law__in", self.laws, self.not_laws),
            ("kind__in", self.kinds, self.not_kinds),
            ("contract_type__in", self.types, self.not_types),
        )
        for lookup, wanted, unwanted in rules:
            if wanted:
                contracts = contracts.filter(**{lookup: wanted})
            if unwanted:
                contracts = contracts.exclude(**{lookup: unwanted})
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
        if day is None or not self.dated:
            return not self.dated
        return (self.dated_from or date.min) <= day <= (self.dated_until or date.max)

    def stored(self) -> dict[str, Any]:
        """As JSON holds it; what is empty is left out."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        if self.versions == "current":
            del values["versions"]
        return {name: _storable(value) for name, value in values.items() if value}

    def _within_dates(self, contracts: QuerySet[Contract]) -> list[int]:
        rows = contracts.order_by().values_list("pk", "agreement_date", "effective_date")
        return [pk for pk, *written in rows if self.admits_day(contract_day(*written))]


def _storable(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else list(value)


def contract_day(agreement_date: str, effective_date: str) -> date | None:
    """The day of the agreement; where none can be read, the day on which it takes effect."""
    return read_date(agreement_date) or read_date(effective_date)
