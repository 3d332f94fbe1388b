"""Filters beside the results: over contracts before recall, and over the clauses of a stored answer after it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User

from contracts.models import Contract
from contracts.text.contract_types import CONTRACT_TYPES
from contracts.text.jurisdiction import jurisdiction
from contracts.text.renewal import RENEWALS
from search.filters import contract_day
from search.labels import LABELS
from search.models import Review
from search.page_state import ALL_VERSIONS, FACETS, NAMES, SCOPE, UNSTATED, WORDS, Choice, PageState
from search.present import HitView

FIRST_VALUES, FIRST_PARTIES = 8, 12  # shown at once; the rest behind "more"
OPEN = ("verdict", "bearer", "matter")  # from the start; others once chosen from
DUTIES = {
    "obligation": "Must",
    "prohibition": "Must not",
    "entitlement": "Is entitled to",
    "permission": "May",
    "no_obligation": "Need not",
}
UNKNOWN = "Not determined"  # the words do not say it, or nobody looked: the clause is only related, or a plain hit
NOT_STATED = {
    "type": "Not known",
    "law": "No law stated",
    "renewal": "Not spoken of",
    "bearer": UNKNOWN,
    "to": UNKNOWN,
    "duty": UNKNOWN,
    "party": "No party read",
    "decision": "Open",
}


@dataclass(frozen=True, slots=True)
class Value:
    id: str  # stable between answers, so that the focus stays where it was
    text: str
    count: int
    included: bool
    excluded: bool
    include_url: str  # puts it in or takes it out
    exclude_url: str


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: str
    first: tuple[Value, ...]
    more: tuple[Value, ...]
    open: bool

    @property
    def values(self) -> int:
        return len(self.first) + len(self.more)


@dataclass(frozen=True, slots=True)
class Chip:
    text: str  # "Governing law: not New York"
    remove_url: str


@dataclass(frozen=True, slots=True)
class Scope:
    """The contracts the user may see, ready to be searched."""

    counts: Mapping[str, Counter[str]]  # by name of SCOPE, by value in the address: what the other filters leave
    texts: Mapping[str, Mapping[str, str]]  # by name, by value: as shown
    superseded: int  # contracts with a later version, which are read only when asked for
    endless: int  # of which the end is not known as a day; a filter by it leaves them out
    undated: int  # contracts of which no date can be read; a filter by date leaves them out


def read_scope(user: User, state: PageState) -> Scope:
    counts: dict[str, Counter[str]] = {name: Counter() for name in SCOPE}
    texts: dict[str, dict[str, str]] = {
        "matter": {},
        "contract": {},
        "type": CONTRACT_TYPES,
        "law": {},
        "renewal": RENEWALS,
        "kind": dict(Contract.Kind.choices),
        "versions": {ALL_VERSIONS: "superseded ones too"},
    }
    undated = endless = superseded = 0
    filters = state.filters
    contracts = Contract.objects.visible_to(user).read().order_by()
    columns = (
        "pk",
        "title",
        "file_name",
        "matter_id",
        "matter__name",
        "governing_law",
        "kind",
        "contract_type",
        "renewal",
        "expires_on",
        "agreement_date",
        "effective_date",
    )
    rows = contracts.values_list("current", *columns)
    for current, pk, title, file_name, matter, matter_name, law, kind, about, renewal, ends, *written in rows:
        texts["contract"][str(pk)] = title or file_name
        texts["matter"][str(matter)] = matter_name
        superseded += not current
        if not (current or state.all_versions or state.values("contract")) or not _admits(state, "contract", str(pk)):
            continue
        values = {"matter": str(matter), "type": about or UNSTATED, "law": jurisdiction(law) or UNSTATED, "kind": kind}
        values["renewal"] = renewal or UNSTATED
        barred_by = {name for name in SCOPE if not _admits(state, name, values[name])}
        day = contract_day(*written)
        undated += day is None and not barred_by
        endless += ends is None and not barred_by
        if not (filters.admits_day(day) and filters.admits_end(ends)):
            continue
        for name in SCOPE:
            if barred_by <= {name}:
                counts[name][values[name]] += 1
    return Scope(counts, texts, superseded, endless, undated)


def scope_facets(scope: Scope, state: PageState) -> list[Facet]:
    return [_facet(name, scope.counts[name], state, "", scope.texts[name]) for name in SCOPE]


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside the hits themselves: decisions by rank, parties by contract."""

    reviews: Mapping[int, Review]
    parties: Mapping[int, tuple[str, ...]]


# What a clause has to say under each facet.
VALUES_OF: dict[str, Callable[[HitView, Beside], tuple[str, ...]]] = {
    "verdict": lambda hit, beside: (hit.label,),
    "bearer": lambda hit, beside: (hit.bearer or UNSTATED,),
    "to": lambda hit, beside: (hit.counterparty or UNSTATED,),
    "duty": lambda hit, beside: (hit.modality or UNSTATED,),
    "party": lambda hit, beside: beside.parties.get(hit.contract_id or 0, (UNSTATED,)),
    "decision": lambda hit, beside: (beside.reviews[hit.rank].decision if hit.rank in beside.reviews else UNSTATED,),
}
TEXTS: dict[str, dict[str, str]] = {
    "verdict": {label: described.text for label, described in LABELS.items()},
    "duty": DUTIES,
    "decision": dict(Review.Decision.choices),
}


def result_facets(hits: Sequence[HitView], beside: Beside, state: PageState, path: str) -> list[Facet]:
    """Each counts the clauses that the other facets leave."""
    facets = []
    for name in FACETS:
        left = narrow(hits, beside, state, without=name)
        counts = Counter(value for hit in left for value in VALUES_OF[name](hit, beside))
        chosen = any(one.name == name for one in state.choices)
        if NOT_STATED.get(name) == UNKNOWN and set(counts) <= {UNSTATED} and not chosen:
            continue  # nothing to choose between
        facets.append(_facet(name, counts, state, path, TEXTS.get(name, {})))
    return facets


def narrow(hits: Iterable[HitView], beside: Beside, state: PageState, without: str = "") -> list[HitView]:
    """The clauses that the facets leave; ``without`` one of them."""
    names = [name for name in FACETS if name != without]
    return [
        hit
        for hit in hits
        if all(_admits(state, name, *VALUES_OF[name](hit, beside)) for name in names) and _heading_admits(state, hit)
    ]


def _admits(state: PageState, name: str, *values: str) -> bool:
    wanted, unwanted = state.values(name), state.values(name, excluded=True)
    return (not wanted or not set(wanted).isdisjoint(values)) and set(unwanted).isdisjoint(values)


def _heading_admits(state: PageState, hit: HitView) -> bool:
    heading = _words(" ".join(hit.heading_path))
    wanted, unwanted = _words(state.typed("heading")), _words(state.typed("heading", excluded=True))
    return wanted <= heading and not (unwanted and unwanted <= heading)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def chips(state: PageState, scope: Scope, path: str) -> list[Chip]:
    texts: Mapping[str, Mapping[str, str]] = {**scope.texts, **TEXTS}
    return [
        Chip(
            f"{NAMES[one.name]}: {'not ' * one.excluded}{_text(one.name, one.value, texts.get(one.name, {}))}",
            # Only a filter of the answer itself can be taken off a stored answer; the others ask again.
            state.toggled(one).url(path if one.name in (*FACETS, *WORDS) else ""),
        )
        for one in state.choices
    ]


def _facet(name: str, counts: Counter[str], state: PageState, path: str, texts: Mapping[str, str]) -> Facet:
    chosen = [one.value for one in state.choices if one.name == name]
    ordered = sorted(counts, key=lambda value: (value == UNSTATED, _place(name, value), -counts[value]))
    values = list(dict.fromkeys([*chosen, *ordered]))
    shown = [_value(name, value, counts[value], state, path, texts) for value in values]
    first = max(FIRST_PARTIES if name == "party" else FIRST_VALUES, len(chosen))
    return Facet(name, NAMES[name], tuple(shown[:first]), tuple(shown[first:]), bool(chosen) or name in OPEN)


def _place(name: str, value: str) -> int:
    """Values that have an order of their own keep it; the others come by number, what is not said last."""
    own = list(TEXTS.get(name, ()))
    return own.index(value) if value in own else 0


def _value(name: str, value: str, count: int, state: PageState, path: str, texts: Mapping[str, str]) -> Value:
    include, exclude = Choice(name, value), Choice(name, value, excluded=True)
    return Value(
        id=f"{name}-{value}".replace(" ", "_"),
        text=_text(name, value, texts),
        count=count,
        included=include in state.choices,
        excluded=exclude in state.choices,
        include_url=state.toggled(include).url(path),
        exclude_url=state.toggled(exclude).url(path),
    )


def _text(name: str, value: str, texts: Mapping[str, str]) -> str:
    if value == UNSTATED and name in NOT_STATED:
        return NOT_STATED[name]
    return texts.get(value, value[:1].upper() + value[1:])  # "each party"
