"""Events become messages: one row and one job for each endpoint that may know, in the transaction of the event."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from contracts.queue import BACKGROUND, SENDING, defer
from contracts.webhooks.models import Delivery, Endpoint, Event

SEND_TASK = "send_webhook"


def publish(event: Event, data: dict[str, Any], matters: Collection[int], owner: int | None = None) -> None:
    """``matters``: what it is about. ``owner``: the user who asked, when nobody else is to know."""
    endpoints = Endpoint.objects.filter(enabled=True, events__contains=[event]).select_related("user")
    if owner is not None:
        endpoints = endpoints.filter(user=owner)
    else:  # few of many; may_receive decides
        endpoints = endpoints.filter(user__matters__in=matters).distinct()
    for endpoint in endpoints:
        if endpoint.may_receive(set(matters), owner):
            send(endpoint, event, data, matters, owner)


def send(
    endpoint: Endpoint, event: Event, data: dict[str, Any], matters: Collection[int] = (), owner: int | None = None
) -> Delivery:
    with transaction.atomic():
        delivery = Delivery.objects.create(
            endpoint=endpoint, event=event, data=data, matters=sorted(matters), owner=owner
        )
        enqueue(delivery)
    return delivery


def send_again(delivery: Delivery) -> None:
    """From the first attempt on, under its own id."""
    with transaction.atomic():
        delivery.state, delivery.tries, delivery.due_at = Delivery.State.WAITING, 0, timezone.now()
        delivery.save(update_fields=["state", "tries", "due_at"])
        enqueue(delivery)


def enqueue(delivery: Delivery) -> None:
    defer(SEND_TASK, queue=SENDING, priority=BACKGROUND, at=delivery.due_at, delivery_id=str(delivery.pk))
