"""How a contract is found, locked and shown over REST, whatever is done with it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.http.response import HttpResponseBase
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.contract_serializers import ContractSerializer
from contracts.models import Contract, Correction
from contracts.proposals import with_proposals
from contracts.rest.conditional import check_match, etag_header, unless_known
from contracts.text.corrections import FACTS

SOON = {"Retry-After": "2"}


def lock_contract(request: Request, pk: int) -> Contract:
    """For a change, after a look at If-Match."""
    locked = Contract.objects.visible_to(request.user).select_for_update(of=("self",), no_key=True)
    contract: Contract = generics.get_object_or_404(locked.defer("text", "original_text"), pk=pk)
    check_match(request, core_of(visible_contracts(request).get(pk=pk)))
    return contract


def core_of(contract: Contract) -> list[Any]:
    """Its bytes, and what clients say of it. That it is read meanwhile is no change that could be written over."""
    named = sorted((one.source, one.identifier) for one in contract.external_ids.all())
    said = [one.pk for one in vars(contract)["fact_corrections"]]
    return [contract.pk, contract.sha256, contract.version, named, contract.parent_id, contract.relation, said]


def shown(request: Request, contract: Contract) -> HttpResponseBase:
    waits = contract.state in (Contract.State.RECEIVED, Contract.State.READING)
    response = Response(ContractSerializer(contract).data, headers=SOON if waits else None)
    return unless_known(request, response, core_of(contract))


def etag_of_contract(contract: Contract) -> dict[str, str]:
    return etag_header(ContractSerializer(contract).data, core_of(contract))


def visible_contracts(request: Request) -> QuerySet[Contract]:
    said = Correction.objects.active().filter(field__in=FACTS)
    relatives = Contract.objects.visible_to(request.user).defer("text", "original_text").order_by("received_at", "pk")
    return (
        Contract.objects.visible_to(request.user)
        .select_related("matter")
        .prefetch_related(
            "parties",
            "external_ids",
            Prefetch("parent", relatives),
            Prefetch("children", relatives),
            Prefetch("corrections", said.order_by("pk"), to_attr="fact_corrections"),
            with_proposals(),
        )
        .annotate(passage_count=Count("passages"))
        .defer("text")
    )
