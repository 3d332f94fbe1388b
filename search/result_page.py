"""A stored search laid out for the page: sections in the order of the mode, narrowed by facets, each clause counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib.auth.models import User

from contracts.amendments import Amended
from contracts.models import Contract
from search.amended_hits import Amendments, amended, amendments_on
from search.facets import Beside, Facet, narrow, result_facets
from search.models import Hit, Review, Search
from search.modes import DEFAULT_MODE, MODES, Section
from search.page_state import FACETS, PageState
from search.party_names import party_names
from search.present import HitView, SearchView, present_search
from search.query import MAX_LIMIT
from search.read_state import usual_limit
from search.recall_path import RecallPath
from search.reviewing import decisions_of, decisions_on
from search.sorting import in_order


@dataclass(frozen=True, slots=True)
class Card:
    hit: HitView
    contract: Contract | None  # None when it was deleted since
    review: Review | None
    twins: tuple[Card, ...]  # other clauses of the same words and verdict, to be selected and decided on as well
    items: tuple[Card, ...] = ()  # flagged ones and conditions of the same list (search/provisions.py)
    amended: tuple[Amended, ...] = ()  # where an amendment of its contract says that it changes the clause

    @property
    def twin_contracts(self) -> int:
        return len({twin.hit.contract_id for twin in self.twins} - {self.hit.contract_id})

    @property
    def hits(self) -> tuple[HitView, ...]:
        return (self.hit, *(twin.hit for twin in self.twins))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known beside hits of the contracts that they stand in, by the contract's key."""

    contracts: Mapping[int, Contract]  # that are there, and open to the user
    amendments: Amendments


@dataclass(frozen=True, slots=True)
class PageSection:
    key: str
    title: str
    note: str
    clauses: int  # with those behind "same text"
    cards: tuple[Card, ...]  # empty when hidden by the user's setting, or when all stand under others
    hidden: bool  # by the user's setting
    folded: int  # of the clauses, those under clauses of other sections


@dataclass(frozen=True, slots=True)
class Further:
    """What this search has not read, and the way to it."""

    read: int  # passages; in Words mode, clauses shown
    of: int
    more: int  # read next; 0 when one search reads no more
    url: str
    likely: bool  # what was read last still surely said it


@dataclass(frozen=True, slots=True)
class ResultPage:
    view: SearchView
    sections: tuple[PageSection, ...]  # empty ones left out
    facets: list[Facet]
    found: int  # clauses of the answer
    shown: int  # left by the facets and the setting
    filtered: int  # left out by the facets
    hidden: int  # flagged, and hidden by the user's setting
    further: Further | None  # None when nothing is left to read
    unsaid: bool  # clauses were read for what they say, and none says it
    without: tuple[tuple[str, int], ...]  # where nothing passes: a facet in use, and how many clauses pass without it


def lay_out_search(
    search: Search, user: User, state: PageState, path: str, *, contract: int | None = None
) -> ResultPage:
    """Of one ``contract``, where it is given. A number of queries that does not grow with the number of hits."""
    visible = search.visible_hits().select_related("search")
    hits = list(visible if contract is None else visible.filter(contract=contract))
    beside = Beside(decisions_on(user, search.query, hits), facet_parties(hits, user, state))
    return _lay_out(search, hits, beside, _known(user, hits), state, path)


def lay_out_searches(searches: Sequence[Search], user: User, state: PageState) -> dict[UUID, ResultPage]:
    """Many answers to show together, each by its id. A number of queries that does not grow with theirs either."""
    visible = Hit.objects.visible_to(user).filter(search__in=searches).select_related("search")
    hits_of: dict[UUID, list[Hit]] = {search.pk: [] for search in searches}
    for hit in visible.order_by("search", "rank"):
        hits_of[hit.search_id].append(hit)
    every = [hit for hits in hits_of.values() for hit in hits]
    reviews = decisions_of(user, every)
    known, parties = _known(user, every), facet_parties(every, user, state)
    pages = {}
    for search in searches:
        hits = hits_of[search.pk]
        decided = {hit.rank: reviews[hit.pk] for hit in hits if hit.pk in reviews}
        pages[search.pk] = _lay_out(search, hits, Beside(decided, parties), known, state, "")
    return pages


def _lay_out(
    search: Search,
    hits: Sequence[Hit],
    beside: Beside,
    known: _Known,
    state: PageState,
    path: str,
) -> ResultPage:
    view = present_search(search, hits)
    found = [hit for group in view.groups for hit in group.hits]
    kept = narrow(found, beside, state)
    sections = tuple(_sections(kept, hits, beside.reviews, known, state))
    hidden = sum(section.clauses for section in sections if section.hidden)
    return ResultPage(
        view=view,
        sections=sections,
        facets=result_facets(found, beside, state, path),
        found=len(found),
        shown=len(kept) - hidden,
        filtered=len(found) - len(kept),
        hidden=hidden,
        further=_further(search, hits, state),
        unsaid=_is_unsaid(view, state),
        without=() if kept else tuple(_without(found, beside, state)),
    )


def _sections(
    kept: Sequence[HitView],
    hits: Sequence[Hit],
    reviews: Mapping[int, Review],
    known: _Known,
    state: PageState,
) -> Iterable[PageSection]:
    mode = MODES[state.mode]
    # Where flagged clauses are not what is looked for; what the user hides stands nowhere.
    folds = bool(mode.hideable) and not state.hide_flagged
    items = _items(kept) if folds else {}
    folded = {hit.rank for under in items.values() for hit in under}
    for section in mode.sections:
        clauses = in_order(_ordered(section, kept, hits), state.sort, hits, known.contracts)
        standing = [hit for hit in clauses if hit.rank not in folded]
        hidden = state.hide_flagged and section.key in mode.hideable
        cards = () if hidden else tuple(_cards(standing, known, reviews, items))
        if clauses:
            elsewhere = len(clauses) - len(standing)
            yield PageSection(section.key, section.title, section.note, len(clauses), cards, hidden, elsewhere)


def _items(hits: Sequence[HitView]) -> dict[int, list[HitView]]:
    """By the rank of the clause that they stand under, which is not left out by a filter."""
    there = {hit.rank for hit in hits}
    items: dict[int, list[HitView]] = {}
    for hit in hits:
        if hit.under in there:
            items.setdefault(hit.under, []).append(hit)
    return items


def _is_unsaid(view: SearchView, state: PageState) -> bool:
    asked = state.mode == DEFAULT_MODE and view.recall_path != RecallPath.EVERY
    return asked and view.verified > 0 and not view.says_it


def _further(search: Search, hits: Sequence[Hit], state: PageState) -> Further | None:
    if search.recall_path == RecallPath.EVERY:
        return None
    usual = usual_limit(state.mode)
    asked = state.limit or usual
    words = search.recall_path == RecallPath.WORDS  # there what is recalled is all that was found
    read, of = (len(hits), search.recalled) if words else (search.recalled, search.eligible)
    if read >= of:
        return None
    limit = min(max(asked, read) + usual, MAX_LIMIT)
    more = max(min(limit, of) - read, 0)
    return Further(read, of, more, replace(state, limit=limit).url(), search.more_likely)


def facet_parties(hits: Iterable[Hit | HitView], user: User, state: PageState) -> Mapping[int, tuple[str, ...]]:
    """As the facet shows them: a chosen one as it stands in the address."""
    chosen = (*state.values("party"), *state.values("party", excluded=True))
    return party_names({hit.contract_id for hit in hits if hit.contract_id}, user, chosen)


def _without(found: Sequence[HitView], beside: Beside, state: PageState) -> Iterable[tuple[str, int]]:
    for name in dict.fromkeys(one.name for one in state.choices if one.name in FACETS):
        yield FACETS[name], len(narrow(found, beside, state, without=name))


def _known(user: User, hits: Iterable[Hit]) -> _Known:
    shown = list(hits)
    contracts = {hit.contract_id for hit in shown if hit.contract_id}
    there = Contract.objects.visible_to(user).defer("text").in_bulk(contracts)
    return _Known(there, amendments_on(shown, user))


def _ordered(section: Section, hits: Sequence[HitView], stored: Sequence[Hit]) -> list[HitView]:
    clauses = [hit for hit in hits if section.holds(hit)]
    if section.by:
        probabilities = {hit.rank: hit.probabilities for hit in stored}
        clauses.sort(key=lambda hit: -sum(probabilities[hit.rank].get(label, 0.0) for label in section.by))
    return clauses


def _cards(
    clauses: Sequence[HitView],
    known: _Known,
    reviews: Mapping[int, Review],
    items: Mapping[int, Sequence[HitView]],
) -> Iterable[Card]:
    """One card for clauses of the same words and verdict, in the place of the first."""
    alike: dict[tuple[str, str], Card] = {}
    for hit in clauses:
        if hit.contract_id and hit.contract_id not in known.contracts:
            continue  # deleted, or walled off, between two queries
        listed = tuple(_card(one, known, reviews) for one in items.get(hit.rank, ()))
        card = replace(_card(hit, known, reviews), items=listed)
        words = (" ".join(hit.quote.casefold().split()), hit.label)
        first = alike.get(words)
        alike[words] = replace(first, twins=(*first.twins, card)) if first else card
    return alike.values()


def _card(hit: HitView, known: _Known, reviews: Mapping[int, Review]) -> Card:
    contract = known.contracts.get(hit.contract_id) if hit.contract_id else None
    changes = amended(hit, known.amendments) if contract else ()
    return Card(hit, contract, reviews.get(hit.rank), (), amended=changes)
