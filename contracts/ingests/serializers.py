"""The forms of bulk loads in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from contracts.given_facts import FactsSerializer, facts_in
from contracts.ingests.models import LONGEST_KEY, Ingest, IngestItem, Outcome
from contracts.ingests.parts import Announced
from contracts.matter_serializers import MatterSerializer, VisibleMatterField
from contracts.models import LONGEST_IDENTIFIER, LONGEST_SOURCE, Contract
from contracts.rest.strict import StrictSerializer

MOST_ITEMS = 10_000
DELETED = {
    "code": "deleted",
    "message": "The contract was deleted since.",
    "remedy": "Send the file again, if it should be here.",
}


class PrintableField(serializers.CharField):
    def to_internal_value(self, data: Any) -> str:
        value: str = super().to_internal_value(data)
        if not value.isprintable():
            raise serializers.ValidationError("Use printable characters only.", code="unprintable")
        return value


class AnnouncedIdSerializer(StrictSerializer):
    source = PrintableField(max_length=LONGEST_SOURCE, help_text="Your name of the document system.")
    id = PrintableField(max_length=LONGEST_IDENTIFIER, help_text="What that system calls it.")


class AnnouncedSerializer(StrictSerializer):
    key = PrintableField(max_length=LONGEST_KEY, help_text="Your name of this file, once in this ingest.")
    file_name = PrintableField(max_length=255)
    sha256 = serializers.RegexField(
        "^[0-9a-f]{64}$", required=False, help_text="Of its bytes: a file that is here already need not be sent."
    )
    external_id = AnnouncedIdSerializer(
        required=False, allow_null=True, help_text="Makes it a version of that document."
    )
    facts = FactsSerializer(required=False, help_text="What you know of it; the rest is read from the file.")

    def announced(self, item: dict[str, Any]) -> Announced:
        named = item.get("external_id") or {}
        return Announced(
            item["key"],
            item["file_name"],
            item.get("sha256", ""),
            named.get("source", ""),
            named.get("id", ""),
            facts_in(item.get("facts") or {}),
        )


class NewIngestSerializer(StrictSerializer):
    matter = VisibleMatterField(help_text="Name or id of a matter you are a member of.")
    items = serializers.ListField(child=AnnouncedSerializer(), allow_empty=False, max_length=MOST_ITEMS)

    def validate_items(self, items: list[dict[str, Any]]) -> list[Announced]:
        seen: dict[str, int] = {}
        for place, item in enumerate(items):
            first = seen.setdefault(item["key"], place)
            if first != place:
                raise serializers.ValidationError(
                    {str(place): {"key": f"Item {first} has this key too. Give each its own."}}, code="unique"
                )
        return [AnnouncedSerializer().announced(item) for item in items]


class CountsSerializer(serializers.Serializer[Any]):
    """items = ready + duplicate + failed + waiting, always."""

    items = serializers.IntegerField()
    ready = serializers.IntegerField()
    duplicate = serializers.IntegerField()
    failed = serializers.IntegerField()
    waiting = serializers.IntegerField(help_text="To be sent, or to be read.")
    unsent = serializers.IntegerField(help_text="Of those waiting: to be sent.")


class IngestSerializer(serializers.ModelSerializer[Ingest]):
    matter = MatterSerializer()
    state = serializers.SerializerMethodField(help_text="done: committed, and every item has its outcome.")
    counts = serializers.SerializerMethodField()

    class Meta:
        model = Ingest
        fields = ["id", "matter", "state", "counts", "created_at", "committed_at", "done_at"]

    @extend_schema_field(serializers.ChoiceField(choices=["open", "committed", "done"]))
    def get_state(self, ingest: Ingest) -> str:
        if ingest.done_at:
            return "done"
        return "committed" if ingest.committed_at else "open"

    @extend_schema_field(CountsSerializer)
    def get_counts(self, ingest: Ingest) -> dict[str, int]:
        return dict(self.context["counts"][ingest.pk])


class ItemErrorSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()
    remedy = serializers.CharField()


class ItemSerializer(serializers.ModelSerializer[IngestItem]):
    external_id = serializers.SerializerMethodField()
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    sent = serializers.SerializerMethodField()
    contract = serializers.IntegerField(source="contract_id", allow_null=True)
    error = serializers.SerializerMethodField()

    class Meta:
        model = IngestItem
        fields = ["key", "file_name", "sha256", "external_id", "outcome", "sent", "contract", "error"]

    def get_sent(self, item: IngestItem) -> bool:
        return item.sent_at is not None

    @extend_schema_field(AnnouncedIdSerializer(allow_null=True))
    def get_external_id(self, item: IngestItem) -> dict[str, str] | None:
        return {"source": item.source, "id": item.identifier} if item.identifier else None

    @extend_schema_field(ItemErrorSerializer(allow_null=True))
    def get_error(self, item: IngestItem) -> dict[str, str] | None:
        """Of the sending, or else of the reading."""
        of: IngestItem | Contract | None = item if item.error_code else item.contract
        if of is None or (isinstance(of, Contract) and of.deleted_at is not None):
            return dict(DELETED) if item.sent_at else None
        if not of.error_code:
            return None
        return {"code": of.error_code, "message": of.error_message, "remedy": of.error_remedy}
