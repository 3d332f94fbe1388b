"""The forms of clauses in the API, and of the amounts and obligations that stand in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from contracts.given_facts import said_by
from contracts.matter_serializers import MatterSerializer
from contracts.models import Amount, Clause, Correction, Obligation


class ClauseSerializer(serializers.ModelSerializer):
    heading_path = serializers.ListField(child=serializers.CharField())
    text = serializers.SerializerMethodField()

    class Meta:
        model = Clause
        fields = ["id", "parent", "number", "heading", "heading_path", "level", "kind", "start", "end", "page", "text"]

    def get_text(self, clause: Clause) -> str:
        """The clause's own words, without its children."""
        text: str = self.context["text"]
        return text[clause.start : clause.end]


class ClauseDetailSerializer(ClauseSerializer):
    """A clause by itself, with where it comes from."""

    contract_title = serializers.CharField(source="contract.__str__")
    matter = MatterSerializer(source="contract.matter")

    class Meta(ClauseSerializer.Meta):
        fields = ["contract", "contract_title", "matter", *ClauseSerializer.Meta.fields]

    def get_text(self, clause: Clause) -> str:
        return clause.contract.text[clause.start : clause.end]


class AmountSerializer(serializers.ModelSerializer):
    number = serializers.CharField(source="clause.number", help_text="Of its clause.")
    currency = serializers.CharField(help_text="By ISO 4217; the sign alone ($) where nothing says whose it is.")

    source = serializers.SerializerMethodField(help_text="Read from the file, corrected or confirmed since.")

    class Meta:
        model = Amount
        fields = ["clause", "number", "currency", "amount", "written", "start", "end", "source"]

    @extend_schema_field(serializers.ChoiceField(choices=("read", "corrected", "confirmed")))
    def get_source(self, amount: Amount) -> str:
        said: Mapping[int, Correction] = self.context["corrections"]
        return said_by(said[amount.start]) if amount.start in said else "read"


class SpansSerializer(serializers.Serializer):
    """Offsets into the reading, [start, end]; null where nobody is named."""

    modal = serializers.ListField(child=serializers.IntegerField())
    action = serializers.ListField(child=serializers.IntegerField())
    bearer = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    counterparty = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    conditions = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    exceptions = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))


class ObligationSerializer(serializers.ModelSerializer):
    number = serializers.CharField(source="clause.number")
    modality = serializers.ChoiceField(choices=Obligation.Modality.choices)
    bearer = serializers.CharField(source="bearer_text", help_text="Empty where the words do not say.")
    bearer_name = serializers.CharField(source="bearer.name", default=None, allow_null=True)
    bearer_affiliates = serializers.BooleanField(
        source="binds_affiliates", help_text="The clause, or the contract, puts the bearer's affiliates on its side."
    )
    counterparty = serializers.CharField(source="counterparty_text")
    counterparty_name = serializers.CharField(source="counterparty.name", default=None, allow_null=True)
    counterparty_affiliates = serializers.BooleanField(
        source="owed_to_affiliates", help_text="As bearer_affiliates, of the counterparty."
    )
    reading = serializers.CharField(source="passage.reading", help_text="The passage under its lead-in.")
    left_out = serializers.ListField(
        source="passage.left_out",
        child=serializers.IntegerField(),
        allow_null=True,
        help_text="Offsets into reading before which words of the contract are left out, such as other items of the "
        "list: quote with an ellipsis there. Null where it was read before these were kept.",
    )
    action = serializers.CharField(source="span.action")
    spans = serializers.SerializerMethodField()

    class Meta:
        model = Obligation
        fields = [
            "id",
            "clause",
            "number",
            "modality",
            "mutual",
            "bearer",
            "bearer_name",
            "bearer_affiliates",
            "counterparty",
            "counterparty_name",
            "counterparty_affiliates",
            "action",
            "reading",
            "left_out",
            "spans",
        ]

    @extend_schema_field(SpansSerializer)
    def get_spans(self, obligation: Obligation) -> dict[str, Any]:
        found = obligation.span
        named = found.bearer_start is not None
        owed = found.counterparty_start is not None
        return {
            "modal": [found.start, found.end],
            "action": [found.action_start, found.action_end],
            "bearer": [found.bearer_start, found.bearer_end] if named else None,
            "counterparty": [found.counterparty_start, found.counterparty_end] if owed else None,
            "conditions": found.conditions,
            "exceptions": found.exceptions,
        }
