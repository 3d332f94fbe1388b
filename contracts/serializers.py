"""The forms of contracts and clauses in the API."""

from __future__ import annotations

from typing import Any, cast

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from contracts.given_facts import SOURCES, FactsSerializer, sources_of
from contracts.models import Amount, Clause, Contract, ExternalId, Matter, NamedParent, Obligation, Party
from contracts.storage import storable
from contracts.text.contract_types import CHOICES
from contracts.text.renewal import CHOICES as RENEWAL_CHOICES
from contracts.text.roles import ROLE_CLASSES


class MatterSerializer(serializers.ModelSerializer):
    class Meta:
        model = Matter
        fields = ["id", "name", "client"]


def is_id(written: str) -> bool:
    """Python refuses to make a number of thousands of digits; no id has more than 19."""
    return written.isdecimal() and len(written) < 20


@extend_schema_field(str)
class VisibleMatterField(serializers.Field):
    """A matter by its name or id, among those the user may see."""

    default_error_messages = {"unknown": "You have no matter of this name or id. GET /api/v1/matters lists yours."}

    def to_internal_value(self, data: Any) -> Matter:
        matters = Matter.objects.visible_to(self.context["request"].user)
        if not isinstance(data, str | int) or storable(str(data)) != str(data):
            self.fail("unknown")
        found = matters.filter(name=data).first()
        if found is None and is_id(str(data)):
            found = matters.filter(pk=int(data)).first()
        if found is None:
            self.fail("unknown")
        return cast(Matter, found)

    def to_representation(self, value: Matter) -> str:
        return value.name


class MatterFilter(serializers.Serializer):
    matter = VisibleMatterField(required=False)


class UploadSerializer(FactsSerializer):
    """Of the facts, what is not sent or is empty is read from the file."""

    matter = VisibleMatterField(help_text="Name or id of a matter you are a member of.")
    # An empty file is received as well: its reading fails with the reason, like any other unreadable file.
    file = serializers.FileField(allow_empty_file=True, help_text="DOCX, PDF, HTML, RTF, TXT or e-mails (EML, MSG).")


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


class SpansSerializer(serializers.Serializer):
    """Offsets into the reading, [start, end]; null where nobody is named."""

    modal = serializers.ListField(child=serializers.IntegerField())
    action = serializers.ListField(child=serializers.IntegerField())
    bearer = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    counterparty = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    conditions = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    exceptions = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))


class AmountSerializer(serializers.ModelSerializer):
    number = serializers.CharField(source="clause.number", help_text="Of its clause.")
    currency = serializers.CharField(help_text="By ISO 4217; the sign alone ($) where nothing says whose it is.")

    class Meta:
        model = Amount
        fields = ["clause", "number", "currency", "amount", "written", "start", "end"]


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
