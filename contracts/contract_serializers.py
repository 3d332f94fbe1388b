"""The forms of contracts in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from contracts.given_facts import SOURCES, FactsSerializer, sources_of
from contracts.matter_serializers import MatterSerializer, VisibleMatterField
from contracts.models import Contract, ExternalId, NamedParent, Party
from contracts.text.contract_types import CHOICES
from contracts.text.renewal import CHOICES as RENEWAL_CHOICES
from contracts.text.roles import ROLE_CLASSES


class UploadSerializer(FactsSerializer):
    """Of the facts, what is not sent or is empty is read from the file."""

    matter = VisibleMatterField(help_text="Name or id of a matter you are a member of.")
    # An empty file is received as well: its reading fails with the reason, like any other unreadable file.
    file = serializers.FileField(
        allow_empty_file=True, help_text="DOCX, PDF, HTML, RTF, TXT, Markdown or e-mails (EML, MSG)."
    )


class ReadingErrorSerializer(serializers.Serializer):
    code = serializers.CharField(source="error_code")
    message = serializers.CharField(source="error_message")
    remedy = serializers.CharField(source="error_remedy")


class PartySerializer(serializers.ModelSerializer):
    aliases = serializers.ListField(child=serializers.CharField())
    role = serializers.ChoiceField(
        choices=list(ROLE_CLASSES),
        allow_blank=True,
        help_text="The class of its role; empty where that is not certain.",
    )
    affiliates = serializers.BooleanField(help_text="The contract says that the party is itself and its affiliates.")

    class Meta:
        model = Party
        fields = ["name", "term", "aliases", "role", "affiliates"]


class ExternalIdSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="identifier")

    class Meta:
        model = ExternalId
        fields = ["source", "id"]


class RelativeSerializer(serializers.ModelSerializer):
    title = serializers.CharField(source="__str__")

    class Meta:
        model = Contract
        fields = ["id", "title", "kind", "relation"]


class ProposedParentSerializer(serializers.ModelSerializer):
    id = serializers.IntegerField(source="proposed_id")
    title = serializers.CharField(source="proposed.__str__")
    relation = serializers.ChoiceField(choices=Contract.Relation.choices)
    named = serializers.CharField(source="__str__", help_text="The words of the contract that name it.")

    class Meta:
        model = NamedParent
        fields = ["id", "title", "relation", "named"]


class FactPlaceSerializer(serializers.Serializer):
    start = serializers.IntegerField(help_text="Of its words in the contract's text.")
    end = serializers.IntegerField()
    computed_from = serializers.CharField(help_text="What a day was counted from; empty for what is written.")


class ContractSerializer(serializers.ModelSerializer):
    matter = MatterSerializer()
    external_ids = ExternalIdSerializer(many=True, help_text="What document systems call it, as its latest version.")
    supersedes = serializers.PrimaryKeyRelatedField(
        read_only=True, allow_null=True, help_text="The version before this one."
    )
    current = serializers.BooleanField(help_text="Searches read it. False once a later version can be read.")
    parent = RelativeSerializer(allow_null=True, help_text="What it amends, restates or belongs to.")
    relation = serializers.ChoiceField(
        choices=Contract.Relation.choices, allow_blank=True, help_text="To its parent; empty without one."
    )
    proposed_parent = serializers.SerializerMethodField(
        help_text="What its own words name as its parent, for a person to decide: PATCH parent and relation to accept."
    )
    children = RelativeSerializer(many=True, help_text="What amends it or belongs to it.")
    stage = serializers.SerializerMethodField(help_text="Of the reading in hand; null when it is not being read.")
    progress = serializers.SerializerMethodField(help_text="Of the reading in hand, in per cent.")
    contract_type = serializers.ChoiceField(
        choices=CHOICES,
        allow_blank=True,
        help_text="What it is about, by its title or preamble; empty where neither says.",
    )
    fact_sources = serializers.SerializerMethodField(
        help_text="Of each fact that it has: read from the file, given with it, corrected or confirmed since."
    )
    expiry_date = serializers.CharField(
        help_text="The end of its term: a day, or the words that bound it (“until terminated”)."
    )
    expires_on = serializers.DateField(allow_null=True, help_text="The day in expiry_date, if it is one.")
    renewal = serializers.ChoiceField(
        choices=RENEWAL_CHOICES, allow_blank=True, help_text="How it is renewed; empty where it does not say."
    )
    renewal_term = serializers.CharField(help_text="The length of a renewal, as written.")
    renewal_notice = serializers.CharField(
        help_text="How long before the end a party must say that it does not want a renewal, or that it wants one."
    )
    jurisdiction = serializers.CharField(
        help_text="governing_law by the one name that filters use: England and Wales, also where it says English."
    )
    fact_places = serializers.SerializerMethodField(help_text="By fact that was read, where it stands.")
    error = serializers.SerializerMethodField()
    warnings = serializers.ListField(child=serializers.CharField())
    parties = PartySerializer(many=True)
    passage_count = serializers.IntegerField()

    class Meta:
        model = Contract
        fields = [
            "id",
            "matter",
            "external_ids",
            "version",
            "supersedes",
            "current",
            "parent",
            "relation",
            "proposed_parent",
            "children",
            "file_name",
            "sha256",
            "size",
            "state",
            "stage",
            "progress",
            "error",
            "warnings",
            "received_at",
            "read_at",
            "title",
            "kind",
            "contract_type",
            "parties",
            "agreement_date",
            "effective_date",
            "expiry_date",
            "expires_on",
            "renewal",
            "renewal_term",
            "renewal_notice",
            "governing_law",
            "jurisdiction",
            "fact_sources",
            "fact_places",
            "format",
            "page_count",
            "passage_count",
        ]

    @extend_schema_field(ProposedParentSerializer(allow_null=True))
    def get_proposed_parent(self, contract: Contract) -> dict[str, Any] | None:
        named = getattr(contract, "named_parent", None)  # few contracts have one
        return ProposedParentSerializer(named).data if named is not None and named.is_open else None

    @extend_schema_field(serializers.ChoiceField(choices=Contract.Stage.choices, allow_null=True))
    def get_stage(self, contract: Contract) -> str | None:
        return contract.stage or None if contract.state == Contract.State.READING else None

    def get_progress(self, contract: Contract) -> int | None:
        return contract.progress if contract.state == Contract.State.READING else None

    @extend_schema_field(serializers.DictField(child=serializers.ChoiceField(choices=SOURCES)))
    def get_fact_sources(self, contract: Contract) -> dict[str, str]:
        return sources_of(contract, vars(contract)["fact_corrections"])  # prefetched by visible_contracts

    @extend_schema_field(serializers.DictField(child=FactPlaceSerializer()))
    def get_fact_places(self, contract: Contract) -> dict[str, Any]:
        places = contract.fact_places.items()
        return {field: dict(zip(FactPlaceSerializer().fields, place, strict=True)) for field, place in places}

    @extend_schema_field(ReadingErrorSerializer(allow_null=True))
    def get_error(self, contract: Contract) -> dict[str, Any] | None:
        return ReadingErrorSerializer(contract).data if contract.state == Contract.State.FAILED else None


class ReceivedSerializer(ContractSerializer):
    duplicate = serializers.BooleanField()

    class Meta(ContractSerializer.Meta):
        fields = [*ContractSerializer.Meta.fields, "duplicate"]
