"""What a program says of a contract's facts, beside the file or later. Kept as corrections, apart from what is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from contracts.corrections import LONGEST, NotCorrectable, read_choice
from contracts.models import Contract, Correction
from contracts.rest.strict import StrictSerializer
from contracts.text.contract_types import CONTRACT_TYPES
from contracts.text.corrections import FACTS
from contracts.text.renewal import RENEWALS

SOURCES = ("read", "given", "corrected", "confirmed")
SAID = {
    "title": "What it is called.",
    "kind": "One of main, amendment, exhibit, mail, or its name. A relation to a parent says it already.",
    "contract_type": f"One of {', '.join(CONTRACT_TYPES)}, or its name.",
    "agreement_date": "Its date, such as 2024-05-01.",
    "effective_date": "From when it has effect, such as 2024-05-01.",
    "expiry_date": "When its term ends, such as 2027-04-30.",
    "renewal": f"One of {', '.join(RENEWALS)}.",
    "renewal_term": "How long it is renewed for, such as one year.",
    "renewal_notice": "How long before its end notice is to be given, such as 60 days.",
    "governing_law": "The place whose law governs it, such as England and Wales.",
}
OF_BODY = [
    OpenApiParameter(field, str, description="Only where the body is the file; a form has its own field.")
    for field in FACTS
]


class FactsSerializer(StrictSerializer):
    """Of a contract. What is not sent, or is empty, is read from the file."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        facts = {
            field: serializers.CharField(
                required=False, allow_blank=True, max_length=LONGEST[field], help_text=SAID.get(field, "")
            )
            for field in FACTS
        }
        return super().get_fields() | facts

    def validate_kind(self, value: str) -> str:
        return self._choice("kind", value)

    def validate_contract_type(self, value: str) -> str:
        return self._choice("contract_type", value)

    def validate_renewal(self, value: str) -> str:
        return self._choice("renewal", value)

    def _choice(self, field: str, value: str) -> str:
        try:
            return read_choice(field, value)
        except NotCorrectable as error:
            raise serializers.ValidationError(str(error), code="invalid_choice") from error


def facts_in(valid: Mapping[str, Any]) -> dict[str, str]:
    """Those that a sender has filled in."""
    return {field: valid[field] for field in FACTS if valid.get(field)}


def sources_of(contract: Contract, corrections: Iterable[Correction]) -> dict[str, str]:
    """Where each fact that the contract has comes from. ``corrections``: of facts, active, in their order."""
    sources = {field: "read" for field in FACTS if contract.read_at and getattr(contract, field)}
    return sources | {one.field: said_by(one) for one in corrections}


def said_by(correction: Correction) -> str:
    if correction.given:
        return "given"
    return "confirmed" if correction.confirms else "corrected"
