"""The forms of matters in the API, and how a request names one."""

from __future__ import annotations

from typing import Any, cast

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from contracts.ids import is_id
from contracts.models import Matter
from contracts.storage import storable


class MatterSerializer(serializers.ModelSerializer):
    class Meta:
        model = Matter
        fields = ["id", "name", "client"]


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
