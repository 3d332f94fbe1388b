"""The admin's inspector: one contract as it was read, and the forms that correct it. Every form works by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
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
from contracts.amount_corrections import add_amount, amount_rows, confirm_amount, correct_amount, remove_amount
from contracts.audit.record import record
from contracts.fact_rows import fact_rows
from contracts.families import NotRelated, family_of, find_contract, relate, unrelate
from contracts.ids import is_id
from contracts.inspector import (
    bearer_choices,
    counterparty_choices,
    cuts,
    inspect_clauses,
    level_choices,
    people_of,
)
from contracts.models import Amount, Clause, Contract, Obligation
from contracts.outline import outline
from contracts.proposals import accept_proposal, proposal_of, refuse_proposal
from contracts.queue import INTERACTIVE
from contracts.receive import read_again
from contracts.views import defined_terms

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
        "levels": level_choices(clauses, chosen) if chosen else [],
        "facts": fact_rows(contract, clauses),
        "parties": parties,
        "amounts": amount_rows(contract),
        "terms": defined_terms(contract, clauses),
        "family": family_of(contract, visible),
        "proposal": proposal_of(contract),
        "relations": Contract.Relation.choices,
        "modalities": Obligation.Modality.choices,
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
    wanted = _changes({"name": party.name, "term": party.term, "role": ""}, data)
    return [corrections.correct_party(party, user, field, value) for field, value in wanted.items()]


def _correct_alias(contract: Contract, user: User, data: QueryDict, *, mend: bool = True) -> object:
    party = get_object_or_404(contract.parties, pk=_number(data, "party"))
    return corrections.correct_alias(party, user, data.get("old", ""), data.get("alias", "") if mend else "")


def _correct_clause(contract: Contract, user: User, data: QueryDict) -> object:
    clause = _clause(contract, data)
    now = {"number": clause.number, "heading": clause.heading, "level": str(clause.level)}
    wanted = _changes(now, data)
    if "level" in wanted and wanted["level"] not in dict(level_choices(list(contract.clauses.all()), clause)):
        raise corrections.NotCorrectable("Choose one of the levels offered.")
    return [corrections.correct_clause(clause, user, field, value) for field, value in wanted.items()]


def _correct_statement(contract: Contract, user: User, data: QueryDict) -> object:
    obligation = _obligation(contract, data)
    now = {
        "bearer": obligation.bearer_text,
        "counterparty": obligation.counterparty_text,
        "modality": obligation.modality,
    }
    wanted = _changes(now, data)
    people = people_of(contract.parties.all())
    if wanted.get("bearer", "") not in dict(bearer_choices(people, "")):
        raise corrections.NotCorrectable("Choose one of the bearers offered.")
    owed = wanted.get("counterparty", "")
    if owed not in dict(counterparty_choices(people, "")):
        raise corrections.NotCorrectable("Choose one of the counterparties offered.")
    if owed and owed == (now | wanted)["bearer"]:
        raise corrections.NotCorrectable(f"{owed} cannot owe it to itself. Choose another counterparty, or nobody.")
    return [corrections.correct_statement(obligation, user, field, value) for field, value in wanted.items()]


def _changes(now: Mapping[str, str], data: QueryDict) -> dict[str, str]:
    """What a form has otherwise than it is."""
    wanted = {field: " ".join(data.get(field, old).split()) for field, old in now.items()}
    changed = {field: value for field, value in wanted.items() if value != " ".join(now[field].split())}
    if not changed:
        raise corrections.NotCorrectable("That is what is written already; nothing was changed.")
    return changed


def _relate(contract: Contract, user: User, data: QueryDict) -> None:
    named = data.get("parent", "").strip()
    if not named:
        raise NotRelated("Write what it belongs to: an external id as source/id, a file name or a contract's number.")
    relate(contract, find_contract(contract.matter, named), data.get("relation", ""), user)


def _read_again(contract: Contract, user: User, data: QueryDict) -> None:
    read_again(contract, INTERACTIVE)
    record(user, "read_again", "contract", contract.pk, contract.matter_id)


def _clause(contract: Contract, data: QueryDict) -> Clause:
    return get_object_or_404(contract.clauses, pk=_number(data, "clause"))


def _obligation(contract: Contract, data: QueryDict) -> Obligation:
    return get_object_or_404(contract.obligations.select_related("passage"), pk=_number(data, "obligation"))


def _amount(contract: Contract, data: QueryDict) -> Amount:
    return get_object_or_404(contract.amounts, pk=_number(data, "amount"))


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
    "alias": _correct_alias,
    "no_alias": partial(_correct_alias, mend=False),
    "clause": _correct_clause,
    "join": lambda contract, user, data: corrections.join_clause(_clause(contract, data), user),
    "split": lambda contract, user, data: corrections.split_clause(
        _clause(contract, data), user, _number(data, "place")
    ),
    "statement": _correct_statement,
    "no_statement": lambda contract, user, data: corrections.remove_statement(_obligation(contract, data), user),
    "amount": lambda contract, user, data: correct_amount(
        _amount(contract, data), user, data.get("currency", ""), data.get("value", "")
    ),
    "confirm_amount": lambda contract, user, data: confirm_amount(
        _amount(contract, data), user, data.get("currency", ""), data.get("value", "")
    ),
    "no_amount": lambda contract, user, data: remove_amount(_amount(contract, data), user),
    "add_amount": lambda contract, user, data: add_amount(
        _clause(contract, data), user, data.get("words", ""), data.get("currency", ""), data.get("value", "")
    ),
    "undo": lambda contract, user, data: corrections.undo(
        get_object_or_404(contract.corrections, pk=_number(data, "correction")), user
    ),
    "relate": _relate,
    "accept": lambda contract, user, data: accept_proposal(contract, data.get("parent", ""), user),
    "refuse": lambda contract, user, data: refuse_proposal(contract, data.get("parent", ""), user),
    "unrelate": lambda contract, user, data: unrelate(contract, user),
    "read_again": _read_again,
}
