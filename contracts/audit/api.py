"""Who did what, for administrators: events of the matters that they are members of, and those of no single matter."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import generics, serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.audit.models import AuditEvent, may_read_audit
from contracts.rest.models import Scope
from contracts.rest.strict import CursorPages, StrictView

EXAMPLE = OpenApiExample(
    "A file was sent",
    {
        "id": 8123,
        "at": "2026-11-21T16:20:04Z",
        "user": 12,
        "username": "lena",
        "token": "5a3c6a0e-6c58-4f0b-9a55-7d1c4b8f6e21",
        "acted_by": "dms",
        "action": "uploaded",
        "kind": "contract",
        "thing": "17",
        "matter": 3,
        "change": "",
    },
    response_only=True,
)


class AuditEventSerializer(serializers.ModelSerializer[AuditEvent]):
    user = serializers.IntegerField(allow_null=True, help_text="Null for a command on the server.")
    token = serializers.UUIDField(allow_null=True, help_text="Id of the token in use, if any.")
    acted_by = serializers.CharField(help_text="The trusted client that acted for the user; else empty.")
    kind = serializers.CharField(help_text="Of the thing: contract, clause, search, ...")
    thing = serializers.CharField(help_text="Its id.")
    matter = serializers.IntegerField(allow_null=True, help_text="Null where it is about none, or many.")

    change = serializers.CharField(help_text="Of a decision: what it was and became, as in “unsure > relevant”.")

    class Meta:
        model = AuditEvent
        fields = ["id", "at", "user", "username", "token", "acted_by", "action", "kind", "thing", "matter", "change"]


class AuditFilters(serializers.Serializer[Any]):
    action = serializers.ChoiceField(choices=AuditEvent.Action.choices, required=False)
    username = serializers.CharField(required=False)
    matter = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    since = serializers.DateTimeField(required=False, source="at__gte")
    until = serializers.DateTimeField(required=False, source="at__lt")


class AuditList(StrictView, generics.ListAPIView[AuditEvent]):
    queryset = AuditEvent.objects.none()
    serializer_class = AuditEventSerializer
    pagination_class = CursorPages
    parameters = ("action", "username", "matter", "since", "until")
    scopes = {"GET": Scope.ADMIN}

    @extend_schema(
        tags=["audit"],
        operation_id="audit_events_list",
        summary="Who searched, opened, sent, exported or deleted what, latest first; for administrators",
        parameters=[
            OpenApiParameter("action", str, enum=AuditEvent.Action.values),
            OpenApiParameter("username", str),
            OpenApiParameter("matter", int, description="Id of a matter."),
            OpenApiParameter("since", {"type": "string", "format": "date-time"}),
            OpenApiParameter("until", {"type": "string", "format": "date-time"}, description="Without that moment."),
        ],
        responses=OpenApiResponse(AuditEventSerializer(many=True), examples=[EXAMPLE]),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        if not may_read_audit(request.user):
            raise PermissionDenied(
                "Only administrators with the permission “Can view audit event” read this. A superuser can give it.",
                code="administrators_only",
            )
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[AuditEvent]:
        asked = AuditFilters(data=self.request.query_params)
        asked.is_valid(raise_exception=True)
        return AuditEvent.objects.visible_to(self.request.user).filter(**asked.validated_data)
