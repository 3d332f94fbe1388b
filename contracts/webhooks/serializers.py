"""The forms of webhooks and their deliveries in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from contracts.matter_serializers import VisibleMatterField
from contracts.rest.strict import StrictSerializer
from contracts.webhooks.address import CHARACTERS, RefusedAddress, resolve_target
from contracts.webhooks.models import Attempt, Delivery, Endpoint, Event

MOST_MATTERS = 100
TOLD = [(event.value, event.label) for event in Event if event != Event.TEST]


class UrlField(serializers.CharField):
    def to_internal_value(self, data: Any) -> str:
        url: str = super().to_internal_value(data)
        try:
            resolve_target(url)
        except RefusedAddress as error:
            raise serializers.ValidationError(str(error), code="refused_address") from error
        return url


class ChangedEndpointSerializer(StrictSerializer):
    url = UrlField(max_length=CHARACTERS, required=False, help_text="https, and not inside a private network.")
    events = serializers.MultipleChoiceField(choices=TOLD, allow_empty=False, required=False)
    enabled = serializers.BooleanField(required=False, help_text="True starts sending again after it was disabled.")


class NewEndpointSerializer(ChangedEndpointSerializer):
    url = UrlField(max_length=CHARACTERS, help_text="https, and not inside a private network.")
    events = serializers.MultipleChoiceField(choices=TOLD, allow_empty=False)
    enabled = None
    matters = serializers.ListField(
        child=VisibleMatterField(),
        required=False,
        allow_empty=False,
        max_length=MOST_MATTERS,
        help_text="Names or ids of the only matters to tell of. Without it: all that are yours, or your token's.",
    )


class EndpointSerializer(serializers.ModelSerializer[Endpoint]):
    events = serializers.ListField(child=serializers.ChoiceField(choices=TOLD))
    matters = serializers.SerializerMethodField(help_text="The ids of the only matters told of; null when all yours.")
    old_secret_until = serializers.DateTimeField(allow_null=True, help_text="Until then both secrets sign.")

    class Meta:
        model = Endpoint
        fields = [
            "id", "url", "events", "matters", "enabled", "disabled_reason", "old_secret_until", "created_at",
        ]  # fmt: skip  # nothing that each delivery changes: its ETag would never be that of the last GET

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField(), allow_null=True))
    def get_matters(self, endpoint: Endpoint) -> list[int] | None:
        return sorted(matter.pk for matter in endpoint.matters.all()) if endpoint.restricted else None


class EndpointSecretSerializer(EndpointSerializer):
    secret = serializers.CharField(
        allow_null=True,
        help_text="whsec_...: verify signatures with it. Shown only now: null when the request came before with this "
        "Idempotency-Key. If its answer was lost, take a new one with POST /webhooks/{id}/secret.",
    )

    class Meta(EndpointSerializer.Meta):
        fields = [*EndpointSerializer.Meta.fields, "secret"]


class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    status = serializers.IntegerField(allow_null=True, help_text="Of the answer; null when there was none.")

    class Meta:
        model = Attempt
        fields = ["at", "seconds", "status", "error"]


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    id = serializers.UUIDField(help_text="webhook-id; the same at every attempt.")
    data = serializers.DictField(help_text="Ids only: fetch what they name.")
    next_attempt_at = serializers.SerializerMethodField(help_text="Null when there will be none.")
    attempts = AttemptSerializer(many=True)

    class Meta:
        model = Delivery
        fields = ["id", "event", "data", "state", "created_at", "next_attempt_at", "attempts"]

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_next_attempt_at(self, delivery: Delivery) -> str | None:
        if delivery.state != Delivery.State.WAITING:
            return None
        shown: str = serializers.DateTimeField().to_representation(delivery.due_at)
        return shown
