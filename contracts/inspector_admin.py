"""The admin's inspector: one contract as it was read, and the forms that correct it. Every form works by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from contracts import corrections
from contracts.audit.record import record
from contracts.fact_rows import fact_rows
from contracts.families import NotRelated, family_of, find_contract, relate, unrelate
from contracts.ids import is_id
from contracts.inspector import bearer_choices, cuts, inspect_clauses
from contracts.models import Contract
from contracts.outline import outline
from contracts.proposals import accept_proposal, proposal_of, refuse_proposal
from contracts.queue import INTERACTIVE
from contracts.receive import read_again

Change = Callable[[Contract, User, QueryDict], object]


def inspect_contract(request: HttpRequest, model_admin: ModelAdmin, contract_id: int) -> HttpResponse:
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    visible = Contract.objects.visible_to(request.user)
    contract = get_object_or_404(visible.select_related("matter"), pk=contract_id)
    if request.method == "POST":
        return _change(request, contract)
    record(request, "opened", "contract", contract.pk, contract.matter_id)
    clauses, parties = list(contract.clauses.all()), list(contract.parties.all())
    chosen = next((clause for clause in clauses if str(clause.pk) == request.GET.get("clause")), None)
    context = model_admin.admin_site.each_context(request) | {
        "title": f"Inspect {contract}",
        "opts": model_admin.opts,
        "contract": contract,
        "outline": outline(clauses),
        "clauses": inspect_clauses(contract, clauses, parties),
        "chosen": chosen,
        "cuts": cuts(contract.text, chosen) if chosen else [],
        "facts": fact_rows(contract, clauses),
        "parties": parties,
        "amounts": contract.amounts.select_related("clause"),
        "family": family_of(contract, visible),
        "proposal": proposal_of(contract),
        "relations": Contract.Relation.choices,
        "bearers": bearer_choices(parties),
        "corrections": contract.corrections.select_related("made_by", "undone_by").order_by("-pk"),
    }
    return TemplateResponse(request, "admin/contracts/contract/inspect.html", context)


def _change(request: HttpRequest, contract: Contract) -> HttpResponse:
    change = CHANGES.get(request.POST.get("change", ""))
    if change is None:
        raise Http404
    try:
        with transaction.atomic():  # a form with several values is kept whole or not at all
            change(contract, cast(User, request.user), request.POST)
    except (corrections.NotCorrectable, NotRelated) as error:
        messages.error(request, str(error))
    else:
        contract.refresh_from_db(fields=["state"])
        waits = contract.state == Contract.State.RECEIVED
        again = " The contract is read again with it; look again in some seconds." if waits else ""
        messages.success(request, f"Kept.{again}")
    return redirect(reverse("admin:contracts_contract_inspect", args=[contract.pk]))


def _correct_party(contract: Contract, user: User, data: QueryDict) -> object:
    party = get_object_or_404(contract.parties, pk=_number(data, "party"))
    changed = [
        corrections.correct_party(party, user, field, value)
        for field, old in (("name", party.name), ("term", party.term), ("role", ""))
        if (value := data.get(field, old).strip()) != old
    ]
    if not changed:
        raise corrections.NotCorrectable("That is what is written already; nothing was changed.")
    return changed


def _correct_bearer(contract: Contract, user: User, data: QueryDict) -> object:
    obligation = get_object_or_404(contract.obligations.select_related("passage"), pk=_number(data, "obligation"))
    bearer = data.get("bearer", "")
    if bearer not in dict(bearer_choices(contract.parties.all())):
        raise corrections.NotCorrectable("Choose one of the bearers offered.")
    return corrections.correct_bearer(obligation, user, bearer)


def _relate(contract: Contract, user: User, data: QueryDict) -> None:
    named = data.get("parent", "").strip()
    if not named:
        raise NotRelated("Write what it belongs to: an external id as source/id, a file name or a contract's number.")
    relate(contract, find_contract(contract.matter, named), data.get("relation", ""), user)


def _read_again(contract: Contract, user: User, data: QueryDict) -> None:
    read_again(contract, INTERACTIVE)
    record(user, "read_again", "contract", contract.pk, contract.matter_id)


def _number(data: QueryDict, name: str) -> int:
    written = data.get(name, "")
    if not is_id(written):
        raise Http404
    return int(written)


CHANGES: dict[str, Change] = {
    "fact": lambda contract, user, data: corrections.correct_fact(
        contract, user, data.get("field", ""), data.get("value", "")
    ),
    "confirm": lambda contract, user, data: corrections.confirm_fact(
        contract, user, data.get("field", ""), data.get("value", "")
    ),
    "party": _correct_party,
    "add_party": lambda contract, user, data: corrections.add_party(contract, user, data.get("name", "")),
    "join": lambda contract, user, data: corrections.join_clause(
        get_object_or_404(contract.clauses, pk=_number(data, "clause")), user
    ),
    "split": lambda contract, user, data: corrections.split_clause(
        get_object_or_404(contract.clauses, pk=_number(data, "clause")), user, _number(data, "place")
    ),
    "bearer": _correct_bearer,
    "undo": lambda contract, user, data: corrections.undo(
        get_object_or_404(contract.corrections, pk=_number(data, "correction")), user
    ),
    "relate": _relate,
    "accept": lambda contract, user, data: accept_proposal(contract, data.get("parent", ""), user),
    "refuse": lambda contract, user, data: refuse_proposal(contract, data.get("parent", ""), user),
    "unrelate": lambda contract, user, data: unrelate(contract, user),
    "read_again": _read_again,
}
