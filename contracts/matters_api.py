"""Matters over REST: those that one may see, and, for administrators, making them and saying who may see them."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Manager, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import generics, serializers, status
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.audit.record import record
from contracts.matter_access import Kind, add_to, take_from
from contracts.matter_serializers import MatterSerializer
from contracts.models import Matter, restriction_of
from contracts.rest.idempotency import IDEMPOTENCY_KEY, Made, answer_made, once
from contracts.rest.models import ApiToken, Scope
from contracts.rest.strict import CursorPages, StrictSerializer, StrictView

VALUE = {"id": 3, "name": "Project Oak", "client": "Harbour Retail plc"}
ONE = OpenApiExample("A matter", VALUE, response_only=True)
NEW = OpenApiExample("A matter", {name: VALUE[name] for name in ("name", "client")}, request_only=True)
SEEN = OpenApiExample("To a member", VALUE | {"members": None, "walled": None}, response_only=True)
MANAGED = OpenApiExample("A matter", VALUE | {"members": ["lena", "sam"], "walled": ["max"]}, response_only=True)
LOCATION = OpenApiParameter("Location", str, OpenApiParameter.HEADER, response=[201], description="The matter.")
NAMES = serializers.ListField(child=serializers.CharField(), allow_null=True)


class ChangedMatterSerializer(StrictSerializer):
    name = serializers.CharField(max_length=200, help_text="No other matter's.")
    client = serializers.CharField(max_length=200, required=False, allow_blank=True)


class ManagedMatterSerializer(MatterSerializer):
    members = serializers.SerializerMethodField(help_text="User names; null but for administrators.")
    walled = serializers.SerializerMethodField(
        help_text="User names; a wall denies, whatever else allows. Null but for administrators."
    )

    class Meta(MatterSerializer.Meta):
        fields = [*MatterSerializer.Meta.fields, "members", "walled"]

    @extend_schema_field(NAMES)
    def get_members(self, matter: Matter) -> list[str] | None:
        return _names(matter.members) if self.context["manages"] else None

    @extend_schema_field(NAMES)
    def get_walled(self, matter: Matter) -> list[str] | None:
        return _names(matter.walled) if self.context["manages"] else None


def _names(people: Manager[User]) -> list[str]:
    return list(people.order_by("username").values_list("username", flat=True))


class MatterList(StrictView, generics.ListAPIView[Matter]):
    serializer_class = MatterSerializer
    pagination_class = CursorPages  # not by name: one that is renamed meanwhile would be lost between two pages
    queryset = Matter.objects.none()  # tells the schema the model
    scopes = {"GET": Scope.READ, "POST": Scope.MATTERS}

    def get_queryset(self) -> QuerySet[Matter]:
        return Matter.objects.visible_to(self.request.user)

    @extend_schema(
        tags=["matters"],
        operation_id="matters_list",
        summary="The matters whose contracts you may see, latest first",
        responses=OpenApiResponse(MatterSerializer(many=True), examples=[ONE]),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["matters"],
        operation_id="matters_create",
        summary="Make a matter, which nobody can see yet; for administrators",
        parameters=[IDEMPOTENCY_KEY, LOCATION],
        request=ChangedMatterSerializer,
        responses={201: OpenApiResponse(ManagedMatterSerializer, examples=[MANAGED])},
        examples=[NEW],
    )
    def post(self, request: Request) -> Response:
        _check_administrator(request, "add_matter")
        if restriction_of(request.user) is not None:
            raise PermissionDenied("This token opens some matters only, so it makes no others.", code="restricted")
        asked = ChangedMatterSerializer(data=request.data)
        asked.is_valid(raise_exception=True)

        def work() -> Made:
            matter = Matter(**asked.validated_data)
            with transaction.atomic():
                _save(matter)
                record(request, "matter.made", "matter", matter.pk, matter.pk)
            return Made(str(matter.pk), status.HTTP_201_CREATED)

        made = once(request, asked.validated_data, work)
        return answer_made(request, made, "api-matter", _shown(get_object_or_404(Matter, pk=made.pk)))


class MatterDetail(StrictView):
    scopes = {"GET": (Scope.MATTERS, Scope.READ), "PATCH": Scope.MATTERS}

    @extend_schema(
        tags=["matters"],
        operation_id="matters_retrieve",
        summary="A matter whose contracts you may see; with the scope matters any, and who may see its contracts",
        responses=OpenApiResponse(ManagedMatterSerializer, examples=[MANAGED, SEEN]),
    )
    def get(self, request: Request, pk: int) -> Response:
        if isinstance(request.auth, ApiToken):
            manages = Scope.MATTERS in request.auth.scopes
        else:
            manages = _is_administrator(request, "change_matter")
        if manages:
            return Response(_shown(_managed(request, pk)))
        seen = get_object_or_404(Matter.objects.visible_to(request.user), pk=pk)
        return Response(_shown(seen, manages=False))

    @extend_schema(
        tags=["matters"],
        operation_id="matters_change",
        summary="Rename a matter or its client; for administrators",
        request=ChangedMatterSerializer,
        responses=OpenApiResponse(ManagedMatterSerializer, examples=[MANAGED]),
        examples=[NEW],
    )
    def patch(self, request: Request, pk: int) -> Response:
        matter = _managed(request, pk)
        asked = ChangedMatterSerializer(matter, data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        changed = [name for name, value in asked.validated_data.items() if getattr(matter, name) != value]
        with transaction.atomic():
            for name in changed:
                setattr(matter, name, asked.validated_data[name])
            if changed:
                _save(matter)
                record(request, "matter.renamed", "matter", matter.pk, matter.pk)
        return Response(_shown(matter))


class MatterPerson(StrictView):
    kind: Kind
    scopes = dict.fromkeys(("PUT", "DELETE"), Scope.MATTERS)

    def put(self, request: Request, pk: int, username: str) -> Response:
        matter = _managed(request, pk)
        add_to(matter, self.kind, get_object_or_404(User, username=username, is_active=True), request)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def delete(self, request: Request, pk: int, username: str) -> Response:
        matter = _managed(request, pk)
        take_from(matter, self.kind, get_object_or_404(User, username=username), request)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _described(name: str, added: str, removed: str) -> Any:
    """Again, either changes nothing."""
    return extend_schema_view(
        put=extend_schema(
            tags=["matters"],
            operation_id=f"matters_{name}_add",
            summary=f"{added}; for administrators, never of themselves",
            request=None,
            responses={204: OpenApiResponse(description="So it is.")},
        ),
        delete=extend_schema(
            tags=["matters"],
            operation_id=f"matters_{name}_remove",
            summary=f"{removed}; for administrators",
            responses={204: OpenApiResponse(description="So it is.")},
        ),
    )


@_described("member", "Make a user a member of a matter", "Take a user out of a matter")
class MatterMember(MatterPerson):
    kind = "member"


@_described("wall", "Wall a user off from a matter", "Take a wall away")
class MatterWall(MatterPerson):
    kind = "wall"


def _is_administrator(request: Request, permission: str) -> bool:
    user = cast(User, request.user)
    return user.is_staff and user.has_perm(f"contracts.{permission}")


def _check_administrator(request: Request, permission: str) -> None:
    """Before anything is looked up, so that nobody else learns which matters there are."""
    if not _is_administrator(request, permission):
        raise PermissionDenied(
            f"Only administrators with the permission “Can {permission.replace('_', ' ')}” do this. A superuser can "
            "give it.",
            code="administrators_only",
        )


def _managed(request: Request, pk: Any) -> Matter:
    """Any matter, as in the administration: its name and people are no contract. But a token's restriction holds."""
    _check_administrator(request, "change_matter")
    only = restriction_of(request.user)
    matters = Matter.objects.all() if only is None else Matter.objects.filter(pk__in=only)
    return get_object_or_404(matters, pk=pk)


def _save(matter: Matter) -> None:
    try:
        with transaction.atomic():
            matter.save()
    except IntegrityError as error:
        raise ValidationError({"name": "There is a matter of this name. Choose another."}, code="unique") from error


def _shown(matter: Matter, *, manages: bool = True) -> dict[str, Any]:
    shown: dict[str, Any] = ManagedMatterSerializer(matter, context={"manages": manages}).data
    return shown
