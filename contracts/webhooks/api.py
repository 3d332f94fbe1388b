"""One's own webhooks over REST: where to, what was sent, and how it went."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import generics, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.audit.record import record
from contracts.models import Matter, restriction_of
from contracts.rest.conditional import ETAG, IF_MATCH, IF_NONE_MATCH, check_match, etag_header, unless_known
from contracts.rest.idempotency import IDEMPOTENCY_KEY, Made, answer_made, once
from contracts.rest.models import Scope
from contracts.rest.strict import CursorPages, StrictView
from contracts.webhooks import examples
from contracts.webhooks.models import Delivery, Endpoint, Event
from contracts.webhooks.publish import send, send_again
from contracts.webhooks.serializers import (
    ChangedEndpointSerializer,
    DeliverySerializer,
    EndpointSecretSerializer,
    EndpointSerializer,
    NewEndpointSerializer,
)
from contracts.webhooks.signature import new_secret

MOST = 50  # of one user
BOTH_SIGN = timedelta(hours=24)
LOCATION = OpenApiParameter("Location", str, OpenApiParameter.HEADER, response=[201], description="The webhook.")


class LatestFirst(CursorPages):
    ordering = ("-created_at", "pk")


def own_endpoints(request: Request) -> QuerySet[Endpoint]:
    """A restricted token sees those that are restricted to its matters, or to fewer."""
    own = Endpoint.objects.filter(user=cast(User, request.user)).prefetch_related("matters")
    only = restriction_of(request.user)
    if only is None:
        return own
    wider = Endpoint.objects.filter(matters__in=Matter.objects.exclude(pk__in=only))
    return own.filter(restricted=True).exclude(pk__in=wider.values("pk"))


class EndpointList(StrictView, generics.ListAPIView[Endpoint]):
    queryset = Endpoint.objects.none()
    serializer_class = EndpointSerializer
    pagination_class = LatestFirst
    scopes = {"GET": Scope.WEBHOOKS, "POST": Scope.WEBHOOKS}

    def get_queryset(self) -> QuerySet[Endpoint]:
        return own_endpoints(self.request)

    @extend_schema(
        tags=["webhooks"],
        operation_id="webhooks_list",
        summary="Your webhooks, without their secrets",
        responses=OpenApiResponse(EndpointSerializer(many=True), examples=[examples.ENDPOINT]),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["webhooks"],
        operation_id="webhooks_create",
        summary="Be told of events at an address of yours",
        parameters=[IDEMPOTENCY_KEY, LOCATION, ETAG],
        request=NewEndpointSerializer,
        responses={
            201: OpenApiResponse(
                EndpointSecretSerializer,
                "Made. Keep its secret: it is not shown again, not even to the same request sent again.",
                [examples.MADE],
            )
        },
        examples=[examples.NEW],
    )
    def post(self, request: Request) -> Response:
        asked = NewEndpointSerializer(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        matters = sorted(matter.pk for matter in wanted.get("matters", ()))
        payload = [wanted["url"], sorted(wanted["events"]), matters]
        made = once(request, payload, lambda: _make(request, wanted, matters))
        endpoint = get_object_or_404(own_endpoints(request), pk=made.pk)
        shown = EndpointSecretSerializer(endpoint).data | ({"secret": None} if made.again else {})
        return answer_made(request, made, "api-webhook", shown, _etag(endpoint))


def _make(request: Request, wanted: dict[str, Any], matters: list[int]) -> Made:
    user = cast(User, request.user)
    if Endpoint.objects.filter(user=user).count() >= MOST:
        raise ValidationError({"url": f"You have {MOST} webhooks already. Delete one first."}, code="too_many")
    only = restriction_of(user)
    with transaction.atomic():
        endpoint = Endpoint.objects.create(
            user=user,
            url=wanted["url"],
            events=sorted(wanted["events"]),
            restricted=bool(matters) or only is not None,
        )
        endpoint.matters.set(matters or sorted(only or ()))
        record(request, "webhook.made", "webhook", endpoint.pk)
    return Made(str(endpoint.pk), status.HTTP_201_CREATED)


class EndpointDetail(StrictView):
    scopes = dict.fromkeys(("GET", "PATCH", "DELETE"), Scope.WEBHOOKS)

    @extend_schema(
        tags=["webhooks"],
        operation_id="webhooks_retrieve",
        summary="One of your webhooks",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={
            200: OpenApiResponse(EndpointSerializer, examples=[examples.ENDPOINT]),
            304: OpenApiResponse(description="It is still as you have it."),
        },
    )
    def get(self, request: Request, pk: UUID) -> HttpResponseBase:
        endpoint = get_object_or_404(own_endpoints(request), pk=pk)
        return unless_known(request, Response(EndpointSerializer(endpoint).data))

    @extend_schema(
        tags=["webhooks"],
        operation_id="webhooks_change",
        summary="Change where it goes or what it tells of, or enable it again",
        parameters=[IF_MATCH, ETAG],
        request=ChangedEndpointSerializer,
        responses={200: OpenApiResponse(EndpointSerializer, examples=[examples.ENDPOINT])},
        examples=[examples.CHANGE],
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        asked = ChangedEndpointSerializer(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        with transaction.atomic():
            endpoint = _lock(request, pk)
            if "events" in wanted:
                wanted["events"] = sorted(wanted["events"])
            for name, value in wanted.items():
                setattr(endpoint, name, value)
            if endpoint.enabled:
                endpoint.disabled_reason = ""
            endpoint.save()
            record(request, "webhook.changed", "webhook", pk)
        return Response(EndpointSerializer(endpoint).data, headers=_etag(endpoint))

    @extend_schema(
        tags=["webhooks"],
        operation_id="webhooks_destroy",
        summary="Delete one of your webhooks, with its deliveries",
        parameters=[IF_MATCH],
        responses={204: OpenApiResponse(description="Deleted; nothing is sent there from now on.")},
    )
    def delete(self, request: Request, pk: UUID) -> Response:
        with transaction.atomic():
            endpoint = _lock(request, pk)
            endpoint.delete()
            record(request, "webhook.deleted", "webhook", pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _lock(request: Request, pk: UUID) -> Endpoint:
    """For a change, after a look at If-Match: of two that began with the same ETag the second is refused."""
    endpoint = get_object_or_404(own_endpoints(request).select_for_update(of=("self",)), pk=pk)
    check_match(request, EndpointSerializer(endpoint).data, required=True)
    return endpoint


def _etag(endpoint: Endpoint) -> dict[str, str]:
    """Without the secret, as a GET shows it."""
    return etag_header(EndpointSerializer(endpoint).data)


class EndpointSecret(StrictView):
    scopes = {"POST": Scope.WEBHOOKS}

    @extend_schema(
        tags=["webhooks"],
        operation_id="webhooks_new_secret",
        summary="Change the secret; for 24 hours both the old one and the new one sign",
        parameters=[ETAG],
        request=None,
        responses={200: OpenApiResponse(EndpointSecretSerializer, "Its new secret.", [examples.MADE])},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        with transaction.atomic():
            endpoint = get_object_or_404(own_endpoints(request).select_for_update(of=("self",)), pk=pk)
            endpoint.old_secret, endpoint.old_secret_until = endpoint.secret, timezone.now() + BOTH_SIGN
            endpoint.secret = new_secret()
            endpoint.save(update_fields=["secret", "old_secret", "old_secret_until"])
            record(request, "webhook.secret", "webhook", pk)
        return Response(EndpointSecretSerializer(endpoint).data, headers=_etag(endpoint))


class EndpointTest(StrictView):
    scopes = {"POST": Scope.WEBHOOKS}

    @extend_schema(
        tags=["webhooks"],
        operation_id="webhooks_test",
        summary="Send a message of type webhook.test",
        request=None,
        responses={202: OpenApiResponse(DeliverySerializer, "Queued.", [examples.QUEUED])},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        endpoint = get_object_or_404(own_endpoints(request), pk=pk)
        _refuse_disabled(endpoint)
        sent = send(endpoint, Event.TEST, {"webhook": str(endpoint.pk)}, own_matters(endpoint), endpoint.user_id)
        return Response(DeliverySerializer(sent).data, status.HTTP_202_ACCEPTED)


def own_matters(endpoint: Endpoint) -> list[int]:
    return [matter.pk for matter in endpoint.matters.all()]


def _refuse_disabled(endpoint: Endpoint) -> None:
    if not endpoint.enabled:
        raise ValidationError({"enabled": "This webhook is disabled. PATCH enabled to true first."}, code="disabled")


@extend_schema_view(
    get=extend_schema(
        tags=["webhooks"],
        operation_id="webhooks_deliveries",
        summary="What was sent to a webhook in the last 30 days, with every attempt",
        responses=OpenApiResponse(DeliverySerializer(many=True), examples=[examples.DELIVERY]),
    )
)
class DeliveryList(StrictView, generics.ListAPIView[Delivery]):
    queryset = Delivery.objects.none()
    serializer_class = DeliverySerializer
    pagination_class = LatestFirst
    scopes = {"GET": Scope.WEBHOOKS}

    def get_queryset(self) -> QuerySet[Delivery]:
        endpoint = get_object_or_404(own_endpoints(self.request), pk=self.kwargs["pk"])
        return endpoint.deliveries.prefetch_related("attempts")


class DeliveryResend(StrictView):
    scopes = {"POST": Scope.WEBHOOKS}

    @extend_schema(
        tags=["webhooks"],
        operation_id="webhooks_resend",
        summary="Send a message again, under its own id",
        request=None,
        responses={202: OpenApiResponse(DeliverySerializer, "Queued.", [examples.QUEUED])},
    )
    def post(self, request: Request, pk: UUID, delivery: UUID) -> Response:
        endpoint = get_object_or_404(own_endpoints(request), pk=pk)
        _refuse_disabled(endpoint)
        with transaction.atomic():
            sent = get_object_or_404(endpoint.deliveries.select_for_update(), pk=delivery)
            send_again(sent)
            record(request, "webhook.resent", "delivery", delivery)
        return Response(DeliverySerializer(sent).data, status.HTTP_202_ACCEPTED)
