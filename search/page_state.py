"""The state of the search page. All of it stands in the address, so that a page can be kept, sent and gone back to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from contracts.models import Contract
from contracts.text.contract_types import CONTRACT_TYPES
from contracts.text.renewal import RENEWALS
from search.filters import Filters
from search.labels import LABELS
from search.models import Search
from search.modes import DEFAULT_MODE, MODES, WORDS_MODE
from search.search import MAX_LIMIT, QueryError
from search.sorting import BEST_FIRST, SORTS
from search.words.search import CLAUSES_READ, RECALL_PATH

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
ALLOWED = {
    "kind": Contract.Kind.values,
    "type": [*CONTRACT_TYPES, UNSTATED],
    "renewal": [*RENEWALS, UNSTATED],
    "verdict": list(LABELS),
    "versions": [ALL_VERSIONS],
}
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
        """What a stored answer does not hold itself, see ``read_stored_state``: how it is shown."""
        facets = [(one.parameter, one.value) for one in self.facets]
        mode = [("mode", self.mode)] * (self.mode != DEFAULT_MODE)
        return [*mode, *facets, *self._shown_as()]

    @property
    def kept(self) -> str:
        """Goes with the links to a clause, so that the way back leads to the answer as it was shown."""
        fields = urlencode(self.kept_fields())
        return f"?{fields}" if fields else ""


def read_state(parameters: QueryDict) -> PageState:
    """QueryError names a parameter that cannot be read: a mistyped filter must not search everything."""
    choices: list[Choice] = []
    for parameter, values in parameters.lists():
        if parameter in ("q", "mode", "hide", "again", "whole", "limit", "sort"):
            continue
        name = parameter.removeprefix(NOT)
        if name not in NAMES or (parameter != name and name in DATES | ONE_CONTRACT | VERSIONS):
            raise QueryError(f"“{parameter}” is no filter.", "Take it out of the address, or start a new search.")
        choices += [Choice(name, value, parameter != name) for value in _read_values(name, values)]
    mode = parameters.get("mode") or DEFAULT_MODE
    if mode not in MODES:
        raise QueryError(f"“{mode}” is no way to search.", f"Choose one of: {', '.join(MODES)}.")
    hide, limit = parameters.get("hide") == "flagged", _read_limit(parameters.get("limit", ""))
    sort = parameters.get("sort") or BEST_FIRST
    if sort not in SORTS:
        raise QueryError(f"An answer cannot be sorted by “{sort}”.", f"Choose one of: {', '.join(SORTS)}.")
    return PageState(parameters.get("q", "").strip(), mode, tuple(choices), hide, limit, sort)


def read_stored_state(search: Search, parameters: QueryDict) -> PageState:
    """Question and filters of the stored search, with the facets and the mode of the address.

    What words found stays in its mode, and nothing else is shown in it.
    """
    state = read_state(parameters)
    mode = DEFAULT_MODE if state.mode == WORDS_MODE else state.mode
    if search.recall_path == RECALL_PATH:
        mode = WORDS_MODE
    choices = (*stored_choices(search.filters), *state.facets)
    return replace(state, query=search.query, mode=mode, choices=choices, limit=_stored_limit(search))


def ask_again(search: Search, hits: int) -> PageState:
    """What was asked, without how its answer was shown. ``hits``: how many are stored, so that none are counted."""
    mode = WORDS_MODE if search.recall_path == RECALL_PATH else DEFAULT_MODE
    return PageState(search.query, mode, tuple(stored_choices(search.filters)), limit=_stored_limit(search, hits))


def read_way_back(search: Search, parameters: QueryDict) -> PageState:
    """The stored answer as it was shown where the clause was opened. What cannot be read is left out: it only shows."""
    known = QueryDict(mutable=True)
    for name, values in parameters.lists():
        if name in ("mode", "hide", "sort") or name.removeprefix(NOT) in (*FACETS, *WORDS):
            known.setlist(name, values)
    try:
        return read_stored_state(search, known)
    except QueryError:
        return read_stored_state(search, QueryDict())


# Field of Filters -> name in the address
_OF_FIELD = {"matters": "matter", "contracts": "contract", "laws": "law", "kinds": "kind", "types": "type",
             "renewals": "renewal", "dated_from": "from", "dated_until": "until", "ends_from": "ends-from",
             "ends_until": "ends-until", "versions": "versions"}  # fmt: skip


def stored_choices(filters: dict[str, Any]) -> Iterable[Choice]:
    for field, stored in filters.items():
        name = _OF_FIELD[field.removeprefix("not_")]
        for value in [stored] if isinstance(stored, str) else stored:
            yield Choice(name, str(value) or UNSTATED, field.startswith("not_"))


def _read_values(name: str, values: Iterable[str]) -> list[str]:
    stripped = list(dict.fromkeys(value.strip() for value in values if value.strip()))
    for value in stripped:
        if not _readable(name, value):
            raise QueryError(f"{NAMES[name]} cannot be “{value}”.", "Choose one of the values offered.")
    return stripped[-1:] if name in SINGLE else stripped


def _readable(name: str, value: str) -> bool:
    if name in ("matter", "contract"):
        return value.isdecimal() and len(value) < 10
    if name in DATES:
        try:
            return bool(date.fromisoformat(value))
        except ValueError:
            return False
    allowed = ALLOWED.get(name)
    return "\0" not in value and (allowed is None or value in allowed)


def usual_limit(mode: str) -> int:
    """Of a search that asks for none; so many more are read at a time."""
    return CLAUSES_READ if mode == WORDS_MODE else settings.RECALL_LIMIT


def _read_limit(value: str) -> int | None:
    value = value.strip()
    if not value:
        return None
    if not (value.isdecimal() and len(value) < 10 and 1 <= int(value) <= MAX_LIMIT):
        raise QueryError(f"A search cannot read “{value}” passages.", f"Ask for 1 to {MAX_LIMIT}.")
    return int(value)


def _stored_limit(search: Search, hits: int | None = None) -> int | None:
    """None where no more was read than usual."""
    if search.recall_path == RECALL_PATH:
        read = 0
        if search.recalled > CLAUSES_READ:
            read = search.hits.count() if hits is None else hits
        return read if read > CLAUSES_READ else None
    more = search.recall_path in ("exact", "hnsw") and search.recalled > settings.RECALL_LIMIT
    return search.recalled if more else None


def _stated(values: Iterable[str]) -> Iterable[str]:
    return ("" if value == UNSTATED else value for value in values)


def _day(values: tuple[str, ...]) -> date | None:
    return date.fromisoformat(values[0]) if values else None
