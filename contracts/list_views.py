"""The list of contracts, page by page, and what is being read: only that is asked for again."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from contracts.estimate import WAITING
from contracts.list_filter import ListFilter
from contracts.models import Contract
from contracts.proposals import to_decide, with_proposals
from contracts.worker_signs import worker_missing

ON_A_PAGE = 50
IN_HAND = 20
NOT_SHOWN = ("text", "original_text", "ocr_quality", "warnings")
SETTLED = "contracts-settled"  # the event on which the page asks for its table again


@require_GET
@login_required
def contract_list(request: HttpRequest) -> HttpResponse:
    visible, narrowed = _visible(request), ListFilter(request.GET)
    proposals = to_decide(visible)
    only_proposals = "proposals" in request.GET
    shown = proposals if only_proposals else narrowed.narrow(visible)
    rows = shown.select_related("matter").prefetch_related(with_proposals()).defer(*NOT_SHOWN)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "filter": narrowed, "only_proposals": only_proposals}
    if "HX-Request" in request.headers:
        return render(request, "contracts/_table.html", context)
    return render(request, "contracts/list.html", context | {"proposals": proposals.count(), **_progress(visible)})


@require_GET
@login_required
def contract_progress(request: HttpRequest) -> HttpResponse:
    """``settled``: how many were ready or failed when the page asked last."""
    context = _progress(_visible(request))
    response = render(request, "contracts/_progress.html", context)
    if request.GET.get("settled") != str(context["settled"]):
        response["HX-Trigger"] = SETTLED
    return response


def _visible(request: HttpRequest) -> QuerySet[Contract]:
    return Contract.objects.visible_to(request.user)


def _progress(visible: QuerySet[Contract]) -> dict[str, Any]:
    states = dict(visible.order_by().values_list("state").annotate(number=Count("pk")))
    waiting = sum(states.get(state, 0) for state in WAITING)
    total = sum(states.values())
    # Those being read first ("reading" before "received"), then those that wait longest.
    of_waiting = visible.filter(state__in=WAITING).select_related("matter").defer(*NOT_SHOWN)
    return {
        "total": total,
        "counts": [(label, states.get(value, 0)) for value, label in Contract.State.choices],
        "waiting": waiting,
        "settled": total - waiting,
        "in_hand": of_waiting.order_by("state", "received_at", "pk")[:IN_HAND] if waiting else (),
        "more": max(waiting - IN_HAND, 0),
        "worker_missing": worker_missing() if waiting else "",
    }
