"""One's questions and words, latest first: what was asked, when, of what, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet

from contracts.models import Contract, Matter
from contracts.text.contract_types import CONTRACT_TYPES
from search.answer_serializers import HIDDEN, count_groups
from search.models import Search
from search.read_state import ask_again
from search.recall_path import RecallPath

NAMED = 3  # of many chosen contracts or matters
CLOSED = "closed to you now"
WITHOUT = "not_"
CALLED: dict[str, Mapping[str, str]] = {
    "kinds": {value: str(name) for value, name in Contract.Kind.choices},
    "types": CONTRACT_TYPES,
}


@dataclass(frozen=True, slots=True)
class Entry:
    search: Search
    scope: str  # "" where all contracts were searched
    again_url: str
    counts: Mapping[str, int]  # clauses by group, of what is open to the user now
    hidden: int  # closed since

    @property
    def found(self) -> int:
        return sum(self.counts.values())


def asked_by(user: User) -> QuerySet[Search]:
    """Neither what a check read, which has a page of its own, nor what a saved search found in new contracts."""
    return Search.objects.filter(user=user.pk, unasked=False).exclude(recall_path=RecallPath.EVERY)


def entries_of(searches: Sequence[Search], user: User) -> list[Entry]:
    """In a number of queries that does not grow with the searches."""
    counts = count_groups(searches, user)
    names = {
        "matters": _names(Matter.objects.visible_to(user), searches, "matters"),
        "contracts": _names(Contract.objects.visible_to(user).defer("text", "original_text"), searches, "contracts"),
    }
    return [_entry(search, counts[search.pk], names) for search in searches]


def latest_questions(user: User, number: int) -> list[Search]:
    """Each question once."""
    latest: dict[tuple[str, bool], Search] = {}
    columns = asked_by(user).only("pk", "query", "recall_path")
    for search in columns[: number * 5]:
        latest.setdefault((search.query.casefold(), search.recall_path == RecallPath.WORDS), search)
    return list(latest.values())[:number]


def _entry(search: Search, counted: Counter[str], names: Mapping[str, Mapping[str, str]]) -> Entry:
    counts = {group: number for group, number in counted.items() if group != HIDDEN}
    again = ask_again(search, counted.total()).url()
    return Entry(search, _scope_in_words(search.filters, names), again, counts, counted[HIDDEN])


def _names(visible: QuerySet[Any], searches: Sequence[Search], field: str) -> dict[str, str]:
    named = [search.filters.get(name, ())[:NAMED] for search in searches for name in (field, WITHOUT + field)]
    chosen = {pk for pks in named for pk in pks}
    return {str(one.pk): str(one) for one in visible.filter(pk__in=chosen)} if chosen else {}


def _scope_in_words(filters: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]) -> str:
    return " · ".join(_in_words(field, value, names) for field, value in filters.items())


def _in_words(field: str, value: Any, names: Mapping[str, Mapping[str, str]]) -> str:
    if field == "versions":
        return "superseded versions too"
    if isinstance(value, str):
        return f"{'from' if field == 'dated_from' else 'until'} {value}"
    plain = field.removeprefix(WITHOUT)
    if plain in names:
        called = [names[plain].get(str(one), CLOSED) for one in value[:NAMED]]
    else:
        called = [CALLED.get(plain, {}).get(one, one) or "none stated" for one in value[:NAMED]]
    more = f" and {len(value) - NAMED} more" if len(value) > NAMED else ""
    return f"{'without ' * (plain != field)}{', '.join(dict.fromkeys(called))}{more}"
