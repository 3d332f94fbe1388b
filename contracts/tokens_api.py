"""One's own tokens: made, listed and revoked, by whoever signs in with a password."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.audit.record import record
from contracts.matter_serializers import VisibleMatterField
from contracts.rest.models import ApiToken, Scope
from contracts.rest.strict import CursorPages, StrictSerializer, StrictView

LONGEST_DAYS = 366
FOR_ADMINISTRATORS: set[str] = {Scope.ADMIN, Scope.MATTERS}
# An administrator alone decides which system is trusted to act for others: contracts/rest/admin.py.
FOR_ONESELF = [scope for scope in Scope.choices if scope[0] != Scope.ACT_FOR]
MOST_MATTERS = 100
VALUE: dict[str, Any] = {
    "id": "5a3c6a0e-6c58-4f0b-9a55-7d1c4b8f6e21",
    "name": "DMS",
    "begins": "prv_8d31a07c95e",
    "scopes": ["read", "upload"],
    "matters": [3],
    "created_at": "2026-11-21T16:20:00Z",
    "expires_at": "2027-02-19T16:20:00Z",
}
NEW = OpenApiExample(
    "For a document system",
    {"name": "DMS", "scopes": ["read", "upload"], "matters": ["Project Oak"], "days": 90},
    request_only=True,
)
ONE = OpenApiExample("A token", VALUE, response_only=True)
MADE = OpenApiExample("Made", VALUE | {"token": VALUE["begins"] + "4b7e6f10a2c8d9" * 4}, response_only=True)


class NewTokenSerializer(StrictSerializer):
    name = serializers.CharField(max_length=80, help_text="What uses it, so that it can be told from others.")
    scopes = serializers.MultipleChoiceField(choices=FOR_ONESELF, allow_empty=False)
    matters = serializers.ListField(
        child=VisibleMatterField(),
        required=False,
        allow_empty=False,
        max_length=MOST_MATTERS,
        help_text="Names or ids of the only matters it opens. Without it: all that are yours.",
    )
    days = serializers.IntegerField(default=90, min_value=1, max_value=LONGEST_DAYS, help_text="Until it expires.")

    def validate_scopes(self, scopes: set[str]) -> set[str]:
        kept = sorted(FOR_ADMINISTRATORS.intersection(scopes))
        if kept and not self.context["request"].user.is_staff:
            raise serializers.ValidationError(f"Only an administrator's token can have the scope “{kept[0]}”.")
        return scopes


class TokenSerializer(serializers.ModelSerializer[ApiToken]):
    id = serializers.UUIDField(source="public_id")
    begins = serializers.CharField(source="token_key", help_text="How the token begins, to tell it from others.")
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices))
    matters = serializers.SerializerMethodField(help_text="The ids of the only matters it opens; null when all yours.")
    created_at = serializers.DateTimeField(source="created")
    expires_at = serializers.DateTimeField(source="expiry", allow_null=True)

    class Meta:
        model = ApiToken
        fields = ["id", "name", "begins", "scopes", "matters", "created_at", "expires_at"]

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField(), allow_null=True))
    def get_matters(self, token: ApiToken) -> list[int] | None:
        return [matter.pk for matter in token.matters.all()] if token.restricted else None


class MadeTokenSerializer(TokenSerializer):
    token = serializers.CharField(help_text="Shown only now; only its hash is kept.")

    class Meta(TokenSerializer.Meta):
        fields = [*TokenSerializer.Meta.fields, "token"]


class LatestFirst(CursorPages):
    ordering = ("-created", "public_id")


class TokenList(StrictView, generics.ListAPIView[ApiToken]):
    queryset = ApiToken.objects.none()
    serializer_class = TokenSerializer
    pagination_class = LatestFirst
    scopes = {}  # a token makes no tokens: a restricted one could make itself a wider one

    def get_queryset(self) -> QuerySet[ApiToken]:
        return own_tokens(self.request)

    @extend_schema(
        tags=["tokens"],
        operation_id="tokens_list",
        summary="Your tokens, without their secrets",
        responses=OpenApiResponse(TokenSerializer(many=True), examples=[ONE]),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["tokens"],
        operation_id="tokens_create",
        summary="Make a token for yourself",
        request=NewTokenSerializer,
        responses={201: OpenApiResponse(MadeTokenSerializer, "Made. Keep its secret: it is not shown again.", [MADE])},
        examples=[NEW],
    )
    def post(self, request: Request) -> Response:
        asked = NewTokenSerializer(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        with transaction.atomic():
            made, secret = ApiToken.objects.create(
                user=cast(User, request.user),
                expiry=timedelta(days=wanted["days"]),
                name=wanted["name"],
                scopes=sorted(wanted["scopes"]),
                restricted="matters" in wanted,
            )
            made.matters.set(wanted.get("matters", ()))
            record(request, "token.made", "token", made.public_id)
        made.token = secret
        return Response(MadeTokenSerializer(made).data, status.HTTP_201_CREATED)


@extend_schema_view(
    delete=extend_schema(
        tags=["tokens"],
        operation_id="tokens_destroy",
        summary="Revoke one of your tokens",
        responses={204: OpenApiResponse(description="Revoked; it opens nothing from now on.")},
    )
)
class TokenDetail(StrictView, generics.DestroyAPIView[ApiToken]):
    queryset = ApiToken.objects.none()
    lookup_field = "public_id"
    scopes = {}

    def get_queryset(self) -> QuerySet[ApiToken]:
        return own_tokens(self.request)

    def perform_destroy(self, instance: ApiToken) -> None:
        with transaction.atomic():
            record(self.request, "token.revoked", "token", instance.public_id)
            instance.delete()


def own_tokens(request: Request) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(user=cast(User, request.user)).prefetch_related("matters")
