"""The state of the search page, read from an address, or from a stored answer and what its address adds to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.http import QueryDict

from contracts.ids import is_id
from contracts.models import Contract
from contracts.text.contract_types import CONTRACT_TYPES
from contracts.text.jurisdiction import jurisdiction
from contracts.text.renewal import RENEWALS
from search.labels import LABELS
from search.models import Search
from search.modes import DEFAULT_MODE, MODES, WORDS_MODE
from search.page_state import (
    ALL_VERSIONS,
    DATES,
    FACETS,
    NAMES,
    NOT,
    ONE_CONTRACT,
    SINGLE,
    UNSTATED,
    VERSIONS,
    WORDS,
    Choice,
    PageState,
)
from search.query import MAX_LIMIT, QueryError
from search.recall_path import BY_MEANING, RecallPath
from search.sorting import BEST_FIRST, SORTS
from search.words.search import CLAUSES_READ

_ALLOWED = {
    "kind": Contract.Kind.values,
    "type": [*CONTRACT_TYPES, UNSTATED],
    "renewal": [*RENEWALS, UNSTATED],
    "verdict": list(LABELS),
    "versions": [ALL_VERSIONS],
}


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
    if search.recall_path == RecallPath.WORDS:
        mode = WORDS_MODE
    choices = (*stored_choices(search.filters), *state.facets)
    return replace(state, query=search.query, mode=mode, choices=choices, limit=_stored_limit(search))


def ask_again(search: Search, hits: int) -> PageState:
    """What was asked, without how its answer was shown. ``hits``: how many are stored, so that none are counted."""
    mode = WORDS_MODE if search.recall_path == RecallPath.WORDS else DEFAULT_MODE
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
            yield Choice(name, _called(name, str(value)) or UNSTATED, field.startswith("not_"))


def _read_values(name: str, values: Iterable[str]) -> list[str]:
    stripped = list(dict.fromkeys(_called(name, value.strip()) for value in values if value.strip()))
    for value in stripped:
        if not _readable(name, value):
            raise QueryError(f"{NAMES[name]} cannot be “{value}”.", "Choose one of the values offered.")
    return stripped[-1:] if name in SINGLE else stripped


def _called(name: str, value: str) -> str:
    """As the filter offers it, also where an earlier address has it otherwise."""
    return jurisdiction(value) if name == "law" else value


def _readable(name: str, value: str) -> bool:
    if name in ("matter", "contract"):
        return is_id(value)
    if name in DATES:
        try:
            return bool(date.fromisoformat(value))
        except ValueError:
            return False
    allowed = _ALLOWED.get(name)
    return "\0" not in value and (allowed is None or value in allowed)


def usual_limit(mode: str) -> int:
    """Of a search that asks for none; so many more are read at a time."""
    return CLAUSES_READ if mode == WORDS_MODE else settings.RECALL_LIMIT


def _read_limit(value: str) -> int | None:
    value = value.strip()
    if not value:
        return None
    if not (is_id(value) and 1 <= int(value) <= MAX_LIMIT):
        raise QueryError(f"A search cannot read “{value}” passages.", f"Ask for 1 to {MAX_LIMIT}.")
    return int(value)


def _stored_limit(search: Search, hits: int | None = None) -> int | None:
    """None where no more was read than usual."""
    if search.recall_path == RecallPath.WORDS:
        read = 0
        if search.recalled > CLAUSES_READ:
            read = search.hits.count() if hits is None else hits
        return read if read > CLAUSES_READ else None
    more = search.recall_path in BY_MEANING and search.recalled > settings.RECALL_LIMIT
    return search.recalled if more else None
