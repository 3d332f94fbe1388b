"""The administrator's console: what became of every file received, and what is being read now."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from contracts.audit.models import may_read_audit
from contracts.audit.record import record
from contracts.cancel import cancel_reading
from contracts.estimate import WAITING, duration_of_reading, extent_of
from contracts.history import history_of
from contracts.mass_actions import fields_again
from contracts.models import Contract, Matter, ReceivedFile
from contracts.outcomes import RECEIVED
from contracts.receive import read_again
from contracts.worker_signs import worker_missing

UNREAD = ("text", "original_text")
SHOWN = 20  # of the files that wait


def received_files(user: AbstractBaseUser | AnonymousUser) -> QuerySet[ReceivedFile]:
    """Of the matters that the administrator may see."""
    return ReceivedFile.objects.filter(matter__in=Matter.objects.visible_to(user))


def counts_by_outcome(request: HttpRequest) -> dict[str, int]:
    """received = ready + duplicate + failed + waiting, of the matters the administrator may see; and what is beside.

    One query, so that the sum is true at any moment.
    """
    found = dict(received_files(request.user).order_by().values_list("outcome").annotate(number=Count("pk")))
    counts = {str(outcome): found.get(outcome, 0) for outcome in ReceivedFile.Outcome.values}
    return {"received": sum(counts[outcome] for outcome in RECEIVED), **counts}


def live_context(request: HttpRequest) -> dict[str, object]:
    """Counts, and the files in hand: those being read first, then those that wait longest."""
    waiting = Contract.objects.visible_to(request.user).filter(state__in=WAITING).select_related("matter")
    in_hand = list(waiting.defer(*UNREAD).order_by("state", "received_at", "pk")[:SHOWN])
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


def contract_log(request: HttpRequest, model_admin: ModelAdmin, contract_id: int) -> HttpResponse:
    """What happened to one contract, in the trash too."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    found = Contract.objects.visible_to(request.user) | Contract.objects.trash_of(request.user)
    contract = get_object_or_404(found.select_related("matter", "received_by").defer(*UNREAD), pk=contract_id)
    with_audit = may_read_audit(request.user)
    context = model_admin.admin_site.each_context(request) | {
        "title": f"Log of {contract}",
        "opts": model_admin.opts,
        "contract": contract,
        "happenings": history_of(contract, with_audit=with_audit),
        "with_audit": with_audit,
    }
    return TemplateResponse(request, "admin/contracts/contract/log.html", context)


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
