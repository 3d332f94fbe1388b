"""The page that compares a clause: with another of its answer, of a list or another answer, or with one's own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from contracts.ids import is_id, read_ids
from search.citation import cite_hit
from search.compare import compare_wordings
from search.encode import EncoderUnavailable
from search.history.entries import asked_by
from search.hit_views import own_hit, ways_of
from search.lists.views import own_list
from search.models import Hit, ListedClause, Search
from search.open_hits import hits_to_open
from search.present import present_hit
from search.readings import record_reading
from search.verification import contract_parties
from search.wordings import LONGEST, Wording, own_wording, wording_of
from verifier.types import VerifierUnavailable

OFFERED_LISTED, OFFERED_ANSWERS = 200, 20
OFFERED_FOUND = 500  # of one answer: what a search reads at most; a check may find more


@dataclass(frozen=True, slots=True)
class Offer:
    """Clauses to compare with, of one answer or one list."""

    title: str
    clauses: list[tuple[str, str]]  # key of a hit, and how it is cited


def key_of(hit: Hit) -> str:
    return f"{hit.search_id}.{hit.rank}"


@require_http_methods(["GET", "POST"])
@login_required
def compare(request: HttpRequest, search_id: UUID, rank: int) -> HttpResponse:
    """``with``: the key of another hit of one's own, or its rank in this answer. POST has one's own words: no log does.

    ``from``: another answer of one's own, the clauses of which are offered. ``whole``: all sentences of the clauses.
    """
    hit = own_hit(request, search_id, rank)
    record_reading(request, "search", search_id)
    asked, own = request.GET.get("with", ""), request.POST.get("own", "").replace("\r\n", "\n").strip()
    whole = "whole" in (request.POST if own else request.GET)
    chosen = _second(request, hit, asked) if not own else None
    context: dict[str, Any] = {
        "hit": present_hit(hit),
        "search": hit.search,
        **ways_of(request, hit),
        "own": own[:LONGEST],
        "longest": LONGEST,
        "whole": whole,
        "chosen": key_of(chosen) if chosen else "",
        "gone": bool(asked) and not own and chosen is None,
        **_offers(request, hit),
    }
    if chosen and chosen.search_id != hit.search_id:
        record_reading(request, "search", chosen.search_id)
        context["second_query"] = chosen.search.query
    if own or chosen:
        try:
            first = wording_of(hit, whole=whole)
            second = _own(hit, own) if own or chosen is None else wording_of(chosen, whole=whole)
            context |= {"first": first, "second": second, "comparison": compare_wordings(first, second)}
        except (EncoderUnavailable, VerifierUnavailable) as error:
            context["unavailable"] = error
    return render(request, "search/compare.html", context, status=503 if "unavailable" in context else 200)


def _own(hit: Hit, typed: str) -> Wording:
    assert hit.contract is not None  # hits to open have theirs
    return own_wording(typed, contract_parties(hit.contract))


@require_POST
@login_required
def compare_ticked(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """Of an answer, the two that are ticked."""
    search = get_object_or_404(Search, pk=search_id, user=cast(User, request.user))
    ranks = read_ids(request.POST.getlist("hit"))
    hits = list(hits_to_open(search).filter(rank__in=ranks).order_by("rank"))
    return _compare_two(request, hits, reverse("search-result", args=[search.pk]))


@require_POST
@login_required
def compare_listed(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a list, the two that are ticked; they may have been found by different searches."""
    one = own_list(request, pk)
    ticked = read_ids(request.POST.getlist("clause"))
    listed = one.clauses.filter(pk__in=ticked).values_list("hit", flat=True)
    found = openable_hits(cast(User, request.user)).in_bulk(list(listed))
    hits = [found[pk] for pk in listed if pk in found]
    return _compare_two(request, hits, reverse("list", args=[pk]))


def openable_hits(user: User) -> QuerySet[Hit]:
    """Clauses of all one's answers that can be opened now."""
    there = Hit.objects.visible_to(user).filter(search__user=user, contract__deleted_at=None, contract__isnull=False)
    return there.select_related("contract", "search").defer("contract__text", "contract__original_text")


def _compare_two(request: HttpRequest, hits: list[Hit], back: str) -> HttpResponse:
    if len(hits) != 2:
        return render(request, "search/compare_refused.html", {"number": len(hits), "back": back}, status=422)
    first, second = hits
    return redirect(reverse("hit-compare", args=[first.search_id, first.rank]) + f"?with={key_of(second)}")


def _second(request: HttpRequest, hit: Hit, key: str) -> Hit | None:
    """None where it is not there, or not the user's to see."""
    search, _, rank = key.rpartition(".")
    if not is_id(rank):
        return None
    try:
        search_id = UUID(search) if search else hit.search_id
    except ValueError:
        return None
    others = openable_hits(cast(User, request.user)).exclude(pk=hit.pk)
    return others.filter(search=search_id, rank=int(rank)).first()


def _offers(request: HttpRequest, hit: Hit) -> dict[str, Any]:
    user = cast(User, request.user)
    offers = [_of_answer("This answer", hits_to_open(hit.search).exclude(pk=hit.pk))]
    answers = asked_by(user).exclude(pk=hit.search_id).only("pk", "query", "created_at")
    try:
        other = answers.filter(pk=UUID(request.GET.get("from", ""))).first()
    except ValueError:
        other = None
    if other:
        offers.insert(0, _of_answer(f"Answer to “{other}”", openable_hits(user).filter(search=other).order_by("rank")))
    offers += _listed(user, hit)
    return {
        "offers": [offer for offer in offers if offer.clauses],
        "answers": answers[:OFFERED_ANSWERS],
        "other": other,
    }


def _of_answer(title: str, hits: QuerySet[Hit]) -> Offer:
    offered = _keyed(hits[: OFFERED_FOUND + 1])
    more = len(offered) > OFFERED_FOUND
    return Offer(f"{title}, its first {OFFERED_FOUND} clauses" if more else title, offered[:OFFERED_FOUND])


def _listed(user: User, hit: Hit) -> Iterable[Offer]:
    entries = ListedClause.objects.filter(list__user=user).exclude(hit=hit.pk).order_by("list__name", "place")
    rows = list(entries.values_list("list__name", "hit")[:OFFERED_LISTED])
    found = openable_hits(user).in_bulk([pk for _, pk in rows])
    for name, group in groupby(rows, key=itemgetter(0)):
        yield Offer(f"List “{name}”", _keyed(found[pk] for _, pk in group if pk in found))


def _keyed(hits: Iterable[Hit]) -> list[tuple[str, str]]:
    return [(key_of(hit), f"{hit.rank}. {cite_hit(hit)}") for hit in hits]
