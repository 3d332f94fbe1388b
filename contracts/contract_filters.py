"""Which contracts a list shows: by matter and state, by what document systems call them, by their bytes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from contracts.matter_serializers import MatterFilter
from contracts.models import LONGEST_IDENTIFIER, LONGEST_SOURCE, Contract
from contracts.text.renewal import CHOICES as RENEWAL_CHOICES
from contracts.text.renewal import RENEWALS

LOOKUPS = {
    "matter": "matter",
    "state": "state",
    "sha256": "sha256",
    "source": "external_ids__source",
    "external_id": "external_ids__identifier",
    "renewal": "renewal",
    "ends_from": "expires_on__gte",
    "ends_until": "expires_on__lte",
}
PARAMETERS = [
    OpenApiParameter("matter", str, description="Name or id of a matter."),
    OpenApiParameter("state", str, enum=Contract.State.values),
    OpenApiParameter("versions", str, enum=["current", "all"], default="all"),
    OpenApiParameter("sha256", str, description="Of the file's bytes, in hexadecimal."),
    OpenApiParameter("source", str, description="A document system, as in external_ids."),
    OpenApiParameter("external_id", str, description="What a document system calls it."),
    OpenApiParameter("renewal", str, enum=[*RENEWALS], description="How it is renewed."),
    OpenApiParameter("ends_from", date, description="Its term ends on that day or later, as expires_on tells."),
    OpenApiParameter("ends_until", date, description="Its term ends on that day or earlier."),
    OpenApiParameter(
        "changed_since",
        {"type": "string", "format": "date-time"},
        description="Received, read, corrected, named or put elsewhere at that moment or later. Let what you ask for "
        "overlap by a minute: a change is seen once it is complete. What was deleted is in no list.",
    ),
]


class ContractFilters(MatterFilter):
    versions = serializers.ChoiceField(choices=["current", "all"], default="all")
    state = serializers.ChoiceField(choices=Contract.State.choices, required=False)
    sha256 = serializers.RegexField("^[0-9a-f]{64}$", required=False)
    source = serializers.CharField(required=False, max_length=LONGEST_SOURCE)
    external_id = serializers.CharField(required=False, max_length=LONGEST_IDENTIFIER)
    renewal = serializers.ChoiceField(choices=RENEWAL_CHOICES, required=False)
    ends_from = serializers.DateField(required=False)
    ends_until = serializers.DateField(required=False)
    changed_since = serializers.DateTimeField(required=False)


def narrow_contracts(contracts: QuerySet[Contract], request: Any) -> QuerySet[Contract]:
    asked = ContractFilters(data=request.query_params, context={"request": request})
    asked.is_valid(raise_exception=True)
    wanted = dict(asked.validated_data)
    current = {"current": True} if wanted.pop("versions") == "current" else {}
    since = wanted.pop("changed_since", None)
    found = Contract.objects.filter(**current, **{LOOKUPS[name]: value for name, value in wanted.items()})
    if since is not None:
        found = found.filter(Q(changed_at__gte=since) | Q(external_ids__received_at__gte=since))
    return contracts.filter(pk__in=found.order_by().values("pk"))  # one row for each, however many names it has
