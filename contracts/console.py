"""The administrator's console: what became of every file received, and what is being read now."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from contracts.models import Contract, Duplicate
from contracts.receive import read_again

WAITING = (Contract.State.RECEIVED, Contract.State.READING)
SHOWN = 20  # of the files that wait


def counts_by_outcome(request: HttpRequest) -> dict[str, int]:
    """received = ready + duplicate + failed + waiting, of the matters the administrator may see."""
    visible = Contract.objects.visible_to(request.user)
    by_state = dict(visible.order_by().values_list("state").annotate(number=Count("pk")))
    counts = {
        "ready": by_state.get(Contract.State.READY, 0),
        "duplicate": Duplicate.objects.filter(contract__in=visible).count(),
        "failed": by_state.get(Contract.State.FAILED, 0),
        "waiting": sum(by_state.get(state, 0) for state in WAITING),
    }
    return {"received": sum(counts.values()), **counts}


def live_context(request: HttpRequest) -> dict[str, object]:
    """Counts, and the files in hand: those being read first, then those that wait longest."""
    waiting = Contract.objects.visible_to(request.user).filter(state__in=WAITING).select_related("matter")
    in_hand = list(waiting.defer("text", "original_text").order_by("state", "received_at", "pk")[:SHOWN])
    now = timezone.now()
    rows = [
        (contract, round((now - contract.started_at).total_seconds()) if contract.started_at and reading else None)
        for contract in in_hand
        for reading in [contract.state == Contract.State.READING]
    ]
    counts = counts_by_outcome(request)
    return {"counts": counts, "in_hand": rows, "more": counts["waiting"] - len(rows)}


def live_fragment(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """What the console asks for every few seconds while files wait; without scripts its link reloads the page."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    return TemplateResponse(request, "admin/contracts/contract/_live.html", live_context(request))


def retry_one(request: HttpRequest, model_admin: ModelAdmin, contract_id: int) -> HttpResponse:
    _may_change(request, model_admin)
    contract = get_object_or_404(Contract.objects.visible_to(request.user), pk=contract_id)
    read_again(contract)
    messages.success(request, f"{contract} is queued to be read again.")
    return redirect("admin:contracts_contract_changelist")


def retry_failed(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """Every failed file that the administrator may see."""
    _may_change(request, model_admin)
    failed = list(Contract.objects.visible_to(request.user).filter(state=Contract.State.FAILED))
    for contract in failed:
        read_again(contract)
    messages.success(request, f"{len(failed)} failed file{'' if len(failed) == 1 else 's'} queued to be read again.")
    return redirect("admin:contracts_contract_changelist")


def _may_change(request: HttpRequest, model_admin: ModelAdmin) -> None:
    if request.method != "POST" or not model_admin.has_change_permission(request):
        raise PermissionDenied
