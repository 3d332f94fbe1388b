"""The pages on which a member of a matter reads and brings contracts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contracts.amendments import amendments_of, changes_in
from contracts.amount_corrections import amount_rows
from contracts.arrivals import priority_of, receive_waiting
from contracts.audit.record import record
from contracts.fact_rows import fact_rows
from contracts.families import NotRelated, family_of
from contracts.marked_text import Term, TextMark
from contracts.models import Clause, Contract, Mail, Matter
from contracts.obligation_table import UNREVIEWED, sections_of
from contracts.original_file import original_file
from contracts.outline import clause_at, lay_out, outline
from contracts.proposals import accept_proposal, proposal_of, refuse_proposal
from contracts.redline import redline
from contracts.upload import UploadForm


@require_GET
@login_required
def contract_page(request: HttpRequest, contract_id: int) -> HttpResponse:
    context = contract_context(request, contract_id) | {"query": request.GET.get("q", "")}
    return render(request, "contracts/page.html", context)


def contract_context(request: HttpRequest, contract_id: int, marks: Sequence[TextMark] = ()) -> dict[str, Any]:
    """What the page of a contract shows; Http404 where the user may not see it."""
    visible = Contract.objects.visible_to(request.user)
    contract = get_object_or_404(visible.select_related("matter"), pk=contract_id)
    record(request, "opened", "contract", contract.pk, contract.matter_id)
    clauses = list(contract.clauses.all())
    terms = defined_terms(contract, clauses)
    amendments = amendments_of([contract.pk], cast(User, request.user)).get(contract.pk, ())
    return {
        "contract": contract,
        "clauses": lay_out(contract.text, clauses, terms, marks, changes_in(clauses, amendments)),
        "restated": [one for one in amendments if not one.section],
        "outline": outline(clauses, marks),
        "parties": contract.parties.all(),
        "terms": terms,
        "amounts": amount_rows(contract),
        "family": family_of(contract, visible),
        "proposal": proposal_of(contract),
        "facts": fact_rows(contract, clauses),
        "mail": Mail.objects.filter(contract=contract).first(),
        "attached": visible.filter(came_with=contract.pk).defer("text"),
        "came_with": Mail.objects.filter(attachments=contract, contract__in=visible).select_related("contract"),
    }


@require_POST
@login_required
def decide_family(request: HttpRequest, contract_id: int) -> HttpResponse:
    """A member accepts or refuses the parent that the contract's words name."""
    visible = Contract.objects.visible_to(request.user).defer("text", "original_text")
    contract = get_object_or_404(visible, pk=contract_id)
    decide = {"accept": accept_proposal, "refuse": refuse_proposal}.get(request.POST.get("decision", ""))
    if decide is None:
        raise Http404
    try:
        decide(contract, request.POST.get("parent", ""), request)
    except NotRelated as error:
        messages.error(request, str(error))
    return redirect("contract", contract_id)


@require_GET
@login_required
def contract_obligations(request: HttpRequest, contract_id: int) -> HttpResponse:
    visible = Contract.objects.visible_to(request.user).defer("text")
    contract = get_object_or_404(visible, pk=contract_id)
    record(request, "opened", "contract", contract.pk, contract.matter_id)
    context = {"contract": contract, "sections": sections_of(contract), "unreviewed": UNREVIEWED}
    return render(request, "contracts/obligations.html", context)


@require_GET
@login_required
def contract_original(request: HttpRequest, contract_id: int) -> HttpResponse:
    """Both readings of a file with tracked changes."""
    with_changes = Contract.objects.visible_to(request.user).exclude(original_text="")
    contract = get_object_or_404(with_changes, pk=contract_id)
    record(request, "opened", "contract", contract.pk, contract.matter_id)
    lines = redline(contract.original_text, contract.text)
    context = {"contract": contract, "lines": lines, "changed": sum(line.changed for line in lines)}
    return render(request, "contracts/original.html", context)


def defined_terms(contract: Contract, clauses: list[Clause]) -> list[Term]:
    return [
        Term(
            number,
            term.term,
            contract.text[term.definition_start : term.definition_end],
            clause_at(clauses, term.start),
        )
        for number, term in enumerate(contract.defined_terms.order_by("term"), start=1)
    ]


@require_GET
@login_required
def contract_file(request: HttpRequest, contract_id: int) -> FileResponse:
    contract = get_object_or_404(
        Contract.objects.visible_to(request.user).select_related("file").defer("text"), pk=contract_id
    )
    return original_file(request, contract, opens=contract.opens_at_pages and "download" not in request.GET)


@require_http_methods(["GET", "POST"])
@login_required
def upload(request: HttpRequest) -> HttpResponse:
    matters = Matter.objects.visible_to(request.user)[:2]
    only_matter = {"matter": matters[0]} if len(matters) == 1 else None
    form = UploadForm(request.user, request.POST or None, request.FILES or None, initial=only_matter)
    if request.method == "GET":
        return render(request, "contracts/upload.html", {"form": form})
    if not form.is_valid():
        return render(request, "contracts/upload.html", {"form": form}, status=422)
    refused = receive_files(request, form.cleaned_data["matter"], form.cleaned_data["files"])
    if refused:
        return render(request, "contracts/upload.html", {"form": form, "refused": refused}, status=422)
    return redirect("contract-list")


def receive_files(request: HttpRequest, matter: Matter, files: list[UploadedFile]) -> list[str]:
    """Each file for itself: what was taken becomes a message, what was refused is returned with its reason."""
    refused: list[str] = []
    received = related = 0
    for file in files:
        name = file.name or "unnamed"
        size, user = file.size or 0, cast(User, request.user)
        for arrival in receive_waiting(matter, name, size, file.read, user, priority=priority_of(len(files))):
            if arrival.outcome in ("refused", "unrelated"):
                refused.append(arrival.reason)
            elif arrival.outcome == "duplicate":
                told = f"{arrival.name} is already in {matter} as “{arrival.contract}”; it was not added again."
                messages.info(request, told)
            received += arrival.outcome == "received"
            related += arrival.outcome == "related"
    if received:
        messages.success(
            request, f"{received} file{'' if received == 1 else 's'} received in {matter}, now being read."
        )
    if related:
        messages.success(request, f"{related} relation{'' if related == 1 else 's'} between contracts kept.")
    return refused
