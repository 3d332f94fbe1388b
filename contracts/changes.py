"""What a program changes of a contract that is here: what it belongs to, and its facts. Both as in the inspector."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from contracts.corrections import NotCorrectable, correct_fact
from contracts.families import NotRelated, find_contract, relate, unrelate
from contracts.given_facts import FactsSerializer
from contracts.models import Contract
from contracts.storage import storable
from contracts.text.corrections import FACTS


@extend_schema_field({"oneOf": [{"type": "integer"}, {"type": "string"}]})
class RelativeField(serializers.Field):
    """Another contract of the matter of the one in ``context``."""

    default_error_messages = {"form": "Write a contract's id, its external id as source/id, or its file name."}

    def to_internal_value(self, data: Any) -> Contract:
        if isinstance(data, bool) or not isinstance(data, int | str):
            self.fail("form")
        named = storable(data) if isinstance(data, str) else data
        try:
            return find_contract(self.context["contract"].matter, named)
        except NotRelated as error:
            raise ValidationError(str(error), code="unknown") from error

    def to_representation(self, value: Contract) -> int:
        return value.pk


class ChangedContractSerializer(FactsSerializer):
    """Facts are kept as corrections, with which the contract is read again. What is not sent stays as it is."""

    parent = RelativeField(
        required=False,
        allow_null=True,
        help_text="What it belongs to: an id, an external id as source/id, or a file name. Null takes it out of its "
        "family, with what hangs on it.",
    )
    relation = serializers.ChoiceField(
        choices=Contract.Relation.choices,
        required=False,
        allow_blank=True,
        help_text="To its parent; empty without one. Not sent: as it was.",
    )


def change_contract(contract: Contract, wanted: Mapping[str, Any], by: User) -> None:
    """``wanted``: some of the fields above. What is so already changes nothing. Raises ValidationError."""
    if "parent" in wanted or "relation" in wanted:
        _change_family(contract, wanted, by)
        contract.refresh_from_db(fields=["relation", "kind"])
    for field in FACTS:
        value = " ".join(wanted.get(field, getattr(contract, field)).split())
        if value != getattr(contract, field):
            _correct(contract, by, field, value)


def _correct(contract: Contract, by: User, field: str, value: str) -> None:
    try:
        correct_fact(contract, by, field, value)
    except NotCorrectable as error:
        raise ValidationError({field: str(error)}, code="not_correctable") from error


def _change_family(contract: Contract, wanted: Mapping[str, Any], by: User) -> None:
    parent = wanted.get("parent", contract.parent)
    relation = wanted.get("relation", contract.relation if parent else "")
    if (parent is None) != (relation == ""):
        told = "A contract has both a parent and a relation to it, or neither. Send both, or only parent as null."
        raise ValidationError({"relation": told}, code="incomplete")
    if parent is None:
        unrelate(contract, by)
        return
    try:
        relate(contract, parent, relation, by)
    except NotRelated as error:
        raise ValidationError({"parent": str(error)}, code="not_related") from error
