"""Saved searches: the list with what is new, the page of what is new, and what is done to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contracts.ids import read_ids
from contracts.models import Contract
from search.models import AlertMail, Arrival, SavedSearch
from search.page_state import PageState
from search.present import HitView
from search.query import QueryError
from search.read_state import read_state
from search.readings import record_reading
from search.result_page import lay_out_searches
from search.saved.alerts import choose_alerts, why_no_mail
from search.saved.arrivals import ALERTING, hits_of_news
from search.saved.saving import mark_seen, not_searched_yet, rename, save_search, state_of, unseen_arrivals, with_news

CONTRACTS_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class News:
    contract: Contract
    search_id: UUID
    hits: tuple[HitView, ...]  # close calls last
    close_calls: int

    @property
    def sure(self) -> int:
        return len(self.hits) - self.close_calls


@require_http_methods(["GET", "POST"])
@login_required
def saved_searches(request: HttpRequest) -> HttpResponse:
    """POST saves the search of an address under a name."""
    user = cast(User, request.user)
    context = {"saved_searches": with_news(user)}
    if request.method == "GET":
        return render(request, "search/saved/list.html", context)
    try:
        state = read_state(QueryDict(request.POST.get("address", "")))
        with transaction.atomic():
            saved = save_search(user, request.POST.get("name", ""), state)
            choose_alerts(saved, request.POST.get("alerts") or SavedSearch.Alerts.NONE)
    except QueryError as error:
        return render(request, "search/saved/list.html", context | {"problem": error}, status=422)
    messages.success(request, f"“{saved}” is saved. Contracts that come in from now on are searched for it.")
    if state != state.of_arrivals():
        messages.info(request, "The filter by your decision was left out: on clauses that come in you made none yet.")
    return redirect("saved-searches")


@require_GET
@login_required
def saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    """What came in since the last look."""
    user, saved = cast(User, request.user), own_saved(request, pk)
    context = {
        "saved": saved,
        "waiting": not_searched_yet(saved, user),
        "no_mail": why_no_mail(saved),
        "last_mail": AlertMail.objects.filter(arrivals__saved=saved).first(),
    }
    try:
        state = state_of(saved)
    except QueryError as error:
        return render(request, "search/saved/page.html", context | {"problem": error})
    unseen = unseen_arrivals(saved, user)
    found = unseen.filter(Q(clauses__gt=0) | Q(close_calls__gt=0))
    page = Paginator(found, CONTRACTS_A_PAGE).get_page(request.GET.get("page"))
    arrivals = list(page)
    news = list(_news(arrivals, user, state))
    if news:
        record_reading(request, "saved_search", saved.pk)
    count = unseen.count()
    context |= {
        "state": state,
        "page": page,
        "news": news,
        "count": count,
        "silent": count - page.paginator.count,
        "withheld": len(arrivals) - len(news),
        "shown": [arrival.pk for arrival in arrivals],
    }
    return render(request, "search/saved/page.html", context)


def _news(arrivals: Sequence[Arrival], user: User, state: PageState) -> Iterable[News]:
    """In a number of queries that does not grow with the arrivals."""
    pages = lay_out_searches([arrival.search for arrival in arrivals], user, state)
    contracts = Contract.objects.visible_to(user).defer("text", "original_text")
    titles = contracts.in_bulk([arrival.contract_id for arrival in arrivals])
    for arrival in arrivals:
        sure, close_calls = hits_of_news(pages[arrival.search_id], ALERTING[state.mode])
        if (sure or close_calls) and arrival.contract_id in titles:
            yield News(titles[arrival.contract_id], arrival.search_id, (*sure, *close_calls), len(close_calls))


@require_POST
@login_required
def rename_saved(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        rename(own_saved(request, pk), request.POST.get("name", ""))
    except QueryError as error:
        messages.error(request, str(error))
    return redirect("saved-search", pk)


@require_POST
@login_required
def alert_saved(request: HttpRequest, pk: int) -> HttpResponse:
    saved = own_saved(request, pk)
    try:
        choose_alerts(saved, request.POST.get("alerts", ""))
    except QueryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"E-mail for this search: {saved.get_alerts_display()}.")
    return redirect("saved-search", pk)


@require_POST
@login_required
def delete_saved(request: HttpRequest, pk: int) -> HttpResponse:
    saved = own_saved(request, pk)
    saved.delete()
    messages.success(request, f"“{saved}” is deleted.")
    return redirect("saved-searches")


@require_POST
@login_required
def see_saved(request: HttpRequest, pk: int) -> HttpResponse:
    """Those of the page, where it names them; else all."""
    saved, user = own_saved(request, pk), cast(User, request.user)
    if "arrival" not in request.POST:
        mark_seen(saved, user)
        return redirect("saved-searches")
    named = request.POST.getlist("arrival")
    mark_seen(saved, user, read_ids(named))
    return redirect("saved-search", pk)


def own_saved(request: HttpRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch, pk=pk, user=request.user.pk)
