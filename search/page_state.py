"""The state of the search page, and how the address says it, so that a page can be kept, sent and gone back to.

``read_state.py`` reads it from an address, or from a stored answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from search.filters import Filters
from search.modes import DEFAULT_MODE
from search.sorting import BEST_FIRST, SORTS

NOT = "not-"  # before a filter's name: leave these out
UNSTATED = "none"  # in the address, for a value that the contract or clause does not state

SCOPE = {  # asked of fewer contracts
    "matter": "Matter",
    "type": "Type of contract",
    "law": "Governing law",
    "renewal": "Renewal",
    "kind": "Kind of document",
}
ONE_CONTRACT = {"contract": "Contract"}  # from its own page
VERSIONS = {"versions": "Versions"}
ALL_VERSIONS = "all"
DATES = {  # these too
    "from": "Dated from",
    "until": "Dated until",
    "ends-from": "Ends from",
    "ends-until": "Ends until",
}
FACETS = {  # shows fewer of the clauses found, without reading them again
    "verdict": "Verification",
    "bearer": "Who bears the duty",
    "to": "To whom",
    "duty": "Kind of duty",
    "party": "Party to the contract",
    "decision": "Your decision",
}
WORDS = {"heading": "Heading"}
SINGLE = {*DATES, *WORDS}  # one value each, typed
NAMES = SCOPE | ONE_CONTRACT | VERSIONS | DATES | FACETS | WORDS


@dataclass(frozen=True, slots=True)
class Choice:
    name: str  # of NAMES
    value: str
    excluded: bool = False

    @property
    def parameter(self) -> str:
        return NOT * self.excluded + self.name


@dataclass(frozen=True, slots=True)
class PageState:
    query: str = ""
    mode: str = DEFAULT_MODE
    choices: tuple[Choice, ...] = ()
    hide_flagged: bool = False
    limit: int | None = None  # passages read; None: as many as a search reads at first
    sort: str = BEST_FIRST  # within the sections

    @property
    def filters(self) -> Filters:
        return Filters(
            matters=tuple(int(value) for value in self.values("matter")),
            contracts=tuple(int(value) for value in self.values("contract")),
            laws=tuple(_stated(self.values("law"))),
            kinds=self.values("kind"),
            types=tuple(_stated(self.values("type"))),
            renewals=tuple(_stated(self.values("renewal"))),
            not_matters=tuple(int(value) for value in self.values("matter", excluded=True)),
            not_laws=tuple(_stated(self.values("law", excluded=True))),
            not_kinds=self.values("kind", excluded=True),
            not_types=tuple(_stated(self.values("type", excluded=True))),
            not_renewals=tuple(_stated(self.values("renewal", excluded=True))),
            dated_from=_day(self.values("from")),
            dated_until=_day(self.values("until")),
            ends_from=_day(self.values("ends-from")),
            ends_until=_day(self.values("ends-until")),
            versions="all" if self.all_versions else "current",
        )

    @property
    def all_versions(self) -> bool:
        return bool(self.values("versions"))

    def values(self, name: str, *, excluded: bool = False) -> tuple[str, ...]:
        return tuple(one.value for one in self.choices if one.name == name and one.excluded == excluded)

    def toggled(self, choice: Choice) -> PageState:
        """Taken away when it is there; else put in, instead of its contrary."""
        kept = tuple(one for one in self.choices if (one.name, one.value) != (choice.name, choice.value))
        return replace(self, choices=kept if choice in self.choices else (*kept, choice))

    def typed(self, name: str, *, excluded: bool = False) -> str:
        """Of a filter with one value: what its field shows."""
        return "".join(self.values(name, excluded=excluded)[:1])

    def hidden_fields(self) -> list[tuple[str, str]]:
        """The state that no field of the page holds, with or without an answer on it."""
        return [(name, value) for name, value in self.parameters() if name.removeprefix(NOT) not in SINGLE]

    def heading_fields(self) -> list[tuple[str, str]]:
        """Their visible fields stand beside an answer only."""
        return [(name, value) for name, value in self.parameters() if name.removeprefix(NOT) in WORDS]

    def of_arrivals(self) -> PageState:
        """Without what no contract that comes in can have yet: a decision of the user on its clauses."""
        return replace(self, choices=tuple(one for one in self.choices if one.name != "decision"))

    @property
    def scope(self) -> tuple[Choice, ...]:
        """Which contracts are asked."""
        return tuple(one for one in self.choices if one.name not in (*FACETS, *WORDS))

    @property
    def facets(self) -> tuple[Choice, ...]:
        """Which clauses of the answer are shown."""
        return tuple(one for one in self.choices if one.name in (*FACETS, *WORDS))

    def cleared(self) -> PageState:
        return replace(self, choices=(), hide_flagged=False)

    def whole(self) -> PageState:
        """All of the answer, of the same contracts."""
        return replace(self, choices=self.scope, hide_flagged=False)

    def sorts(self, path: str) -> list[tuple[str, str, bool]]:
        """The orders to choose from: text, address, and whether it is the one in use."""
        return [(text, replace(self, sort=one).url(path), one == self.sort) for one, text in SORTS.items()]

    def flagged_toggled(self) -> PageState:
        return replace(self, hide_flagged=not self.hide_flagged)

    def parameters(self) -> list[tuple[str, str]]:
        """Without the question and the mode, which the form's own fields hold."""
        return [*((one.parameter, one.value) for one in self.choices), *self._shown_as()]

    def _shown_as(self) -> list[tuple[str, str]]:
        return [("hide", "flagged")] * self.hide_flagged + [("sort", self.sort)] * (self.sort != BEST_FIRST)

    @property
    def address(self) -> str:
        own = [("q", self.query)] * bool(self.query) + [("mode", self.mode)] * (self.mode != DEFAULT_MODE)
        limit = [("limit", str(self.limit))] * bool(self.limit)  # not kept for the next question
        return urlencode([*own, *limit, *self.parameters()])

    def url(self, path: str = "") -> str:
        """``path``: of a stored answer, which holds question and scope itself; those of a check may be long."""
        if path:
            return path + self.kept
        return reverse("search") + (f"?{self.address}" if self.address else "")

    def kept_fields(self) -> list[tuple[str, str]]:
        """What a stored answer does not hold itself, see ``read_state.read_stored_state``: how it is shown."""
        facets = [(one.parameter, one.value) for one in self.facets]
        mode = [("mode", self.mode)] * (self.mode != DEFAULT_MODE)
        return [*mode, *facets, *self._shown_as()]

    @property
    def kept(self) -> str:
        """Goes with the links to a clause, so that the way back leads to the answer as it was shown."""
        fields = urlencode(self.kept_fields())
        return f"?{fields}" if fields else ""


def _stated(values: Iterable[str]) -> Iterable[str]:
    return ("" if value == UNSTATED else value for value in values)


def _day(values: tuple[str, ...]) -> date | None:
    return date.fromisoformat(values[0]) if values else None
