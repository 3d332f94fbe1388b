"""The administrator's console: what became of every file received, and what is being read now."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from contracts.audit.record import record
from contracts.cancel import cancel_reading
from contracts.estimate import WAITING, duration_of_reading, extent_of
from contracts.mass_actions import fields_again
from contracts.models import Contract, Duplicate
from contracts.receive import read_again
from contracts.worker_signs import worker_missing

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
    return {
        "counts": counts,
        "in_hand": rows,
        "more": counts["waiting"] - len(rows),
        "worker_missing": worker_missing(),
    }


def live_fragment(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """What the console asks for every few seconds while files wait; without scripts its link reloads the page."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    return TemplateResponse(request, "admin/contracts/contract/_live.html", live_context(request))


def retry_one(request: HttpRequest, model_admin: ModelAdmin, contract_id: int) -> HttpResponse:
    _may_change(request, model_admin)
    contract = get_object_or_404(Contract.objects.visible_to(request.user), pk=contract_id)
    _read_again(request, contract)
    messages.success(request, f"{contract} is queued to be read again.")
    return redirect("admin:contracts_contract_changelist")


def cancel_one(request: HttpRequest, model_admin: ModelAdmin, contract_id: int) -> HttpResponse:
    _may_change(request, model_admin)
    contract = get_object_or_404(Contract.objects.visible_to(request.user), pk=contract_id)
    if cancel_reading(contract, request):
        messages.success(request, f"The reading of {contract} is cancelled.")
    else:
        messages.warning(request, f"{contract} is read already; nothing was cancelled.")
    return redirect("admin:contracts_contract_changelist")


def cancel_many(request: HttpRequest, contracts: QuerySet[Contract]) -> None:
    """The list's action; of those chosen, what waits or is being read."""
    cancelled = sum([cancel_reading(contract, request) for contract in contracts.filter(state__in=WAITING)])
    messages.success(request, f"{cancelled} reading{' is' if cancelled == 1 else 's are'} cancelled.")


def retry_failed(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """Every failed file that the administrator may see."""
    _may_change(request, model_admin)
    failed = Contract.objects.visible_to(request.user).filter(state=Contract.State.FAILED)
    return read_many(request, model_admin, failed, "Read all failed files again?", [])


def read_selected(
    request: HttpRequest, model_admin: ModelAdmin, contracts: QuerySet[Contract], *, anew: bool = False
) -> HttpResponse:
    """The list's actions."""
    fields = fields_again(request, "embed_files_again" if anew else "read_files_again")
    title = "Read again and embed anew?" if anew else "Read again?"
    return read_many(request, model_admin, contracts, title, fields, anew=anew)


def read_many(
    request: HttpRequest,
    model_admin: ModelAdmin,
    contracts: QuerySet[Contract],
    title: str,
    fields: list[tuple[str, str]],
    *,
    anew: bool = False,
) -> HttpResponse:
    """First what it touches and how long that takes; once that is confirmed, every one is queued.

    ``fields`` ask for the same again. ``anew``: no passage keeps its vector.
    """
    if "confirmed" not in request.POST:
        extent = extent_of(contracts)
        context = model_admin.admin_site.each_context(request) | {
            "title": title,
            "opts": model_admin.opts,
            "extent": extent,
            "duration": duration_of_reading(contracts, Contract.objects.visible_to(request.user)),
            "anew": anew,
            "fields": fields,
            "button": f"Queue {extent.contracts} to be read",
        }
        return TemplateResponse(request, "admin/contracts/contract/estimate.html", context)
    chosen = list(contracts)
    if anew:
        Contract.objects.filter(pk__in=[contract.pk for contract in chosen]).update(encoder_sha256="")
    for contract in chosen:
        _read_again(request, contract)
    messages.success(request, f"{len(chosen)} file{' is' if len(chosen) == 1 else 's are'} queued to be read again.")
    return redirect("admin:contracts_contract_changelist")


def _read_again(request: HttpRequest, contract: Contract) -> None:
    with transaction.atomic():
        read_again(contract)
        record(request, "read_again", "contract", contract.pk, contract.matter_id)


def _may_change(request: HttpRequest, model_admin: ModelAdmin) -> None:
    if request.method != "POST" or not model_admin.has_change_permission(request):
        raise PermissionDenied
