"""Fewer of the hits of a stored answer, by what each says. Nothing is read again."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from contracts.models import Obligation
from search.labels import GROUPS, LABELS, of_group
from search.models import Hit
from search.party_names import contracts_with

LOOKUPS = {
    "label": "label__in",
    "bearer": "roles__bearer__in",
    "counterparty": "roles__counterparty__in",
    "modality": "roles__modality__in",
}


class HitFilters(serializers.Serializer[Any]):
    """Each may be given more than once: any of its values."""

    label = serializers.MultipleChoiceField(choices=list(LABELS), required=False)
    group = serializers.MultipleChoiceField(choices=[group.key for group in GROUPS], required=False)
    bearer = serializers.ListField(child=serializers.CharField(max_length=300), required=False)
    counterparty = serializers.ListField(child=serializers.CharField(max_length=300), required=False)
    modality = serializers.MultipleChoiceField(choices=Obligation.Modality.choices, required=False)
    party = serializers.ListField(child=serializers.CharField(max_length=300), required=False)
    not_party = serializers.ListField(child=serializers.CharField(max_length=300), required=False)


HIT_PARAMETERS = [
    OpenApiParameter("label", str, enum=list(LABELS), many=True),
    OpenApiParameter("group", str, enum=[group.key for group in GROUPS], many=True),
    OpenApiParameter("bearer", str, many=True, description="Who owes it, as the clause calls them: Supplier."),
    OpenApiParameter("counterparty", str, many=True, description="To whom."),
    OpenApiParameter("modality", str, enum=Obligation.Modality.values, many=True),
    OpenApiParameter(
        "party", str, many=True, description="A party of the contract, by its name: Acme Limited also finds ACME, LTD."
    ),
    OpenApiParameter("not_party", str, many=True, description="Without the contracts of this party."),
]


def narrow_hits(hits: QuerySet[Hit], parameters: QueryDict, user: User) -> QuerySet[Hit]:
    asked = HitFilters(data=parameters)
    asked.is_valid(raise_exception=True)
    wanted = asked.validated_data
    for name, lookup in LOOKUPS.items():
        if wanted.get(name):
            hits = hits.filter(**{lookup: list(wanted[name])})
    if wanted.get("group"):
        hits = hits.filter(reduce(or_, map(of_group, wanted["group"])))
    if wanted.get("party") or wanted.get("not_party"):
        contracts = list(hits.order_by().values_list("contract", flat=True).distinct())
        if wanted.get("party"):
            hits = hits.filter(contract__in=contracts_with(wanted["party"], contracts, user))
        if wanted.get("not_party"):
            hits = hits.exclude(contract__in=contracts_with(wanted["not_party"], contracts, user))
    return hits
