"""One attempt at a message of the outbox, and what follows from it: delivered, tried again later, or given up."""

from __future__ import annotations

import json
import time
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from contracts.webhooks.disabled_mail import enqueue_mail
from contracts.webhooks.models import Attempt, Delivery, Endpoint, Event
from contracts.webhooks.publish import enqueue
from contracts.webhooks.send import NotDelivered, post
from contracts.webhooks.signature import sign
from contracts.webhooks.turns import paused_until, queue_next, turn_of

# After each failed attempt, as Standard Webhooks proposes: 5 s to 24 hours, about three days in all.
WAITS = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1800, 7200, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
)
SKEW = timedelta(seconds=10)  # by which the clocks of two machines may differ
LEASE = timedelta(minutes=2)  # longer than an attempt may take; then another worker takes it up
GONE = 410
USER_AGENT = "Proviso-Webhooks/1"


def deliver(delivery_id: str) -> None:
    """Does nothing when the message is not due, or in the hands of another worker, or its endpoint's turn is another's.

    Calling it again is always safe.
    """
    delivery = _claim(delivery_id)
    if delivery is None:
        return
    with turn_of(delivery.endpoint) as mine:
        now = timezone.now()
        # What failed before has its own time, and of a test somebody wants to know now.
        at_once = delivery.tries or delivery.event == Event.TEST
        until = None if at_once else paused_until(delivery.endpoint)
        if not mine or (until is not None and until > now):
            Delivery.objects.filter(pk=delivery.pk).update(due_at=until or now)
            return
        _attempt(delivery)
    queue_next(delivery.endpoint)


def _attempt(delivery: Delivery) -> None:
    endpoint = delivery.endpoint
    if not endpoint.may_receive(set(delivery.matters), delivery.owner):
        Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.DROPPED)
        return
    body = json.dumps(delivery.message, separators=(",", ":")).encode()
    timestamp = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "webhook-id": str(delivery.pk),
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(str(delivery.pk), timestamp, body, endpoint.secrets),
    }
    status, error, started = None, "", time.monotonic()
    try:
        status = post(endpoint.url, body, headers)
    except NotDelivered as reason:
        error = str(reason)
    if status is not None and not 200 <= status < 300:
        error = f"It answered {status}; only 2xx counts as delivered."
    attempt = Attempt(delivery=delivery, status=status, error=error, seconds=round(time.monotonic() - started, 3))
    with transaction.atomic():
        attempt.save()
        _settle(delivery, attempt)


def _claim(delivery_id: str) -> Delivery | None:
    """A lease by one conditional update: of two workers one gets it, and a killed one's ends by itself."""
    now = timezone.now()
    due = Delivery.objects.filter(pk=delivery_id, state=Delivery.State.WAITING, due_at__lte=now + SKEW)
    if not due.update(due_at=now + LEASE):
        return None
    return Delivery.objects.select_related("endpoint__user").filter(endpoint__enabled=True, pk=delivery_id).first()


def _settle(delivery: Delivery, attempt: Attempt) -> None:
    endpoint = delivery.endpoint
    if not attempt.error:
        Endpoint.objects.filter(pk=endpoint.pk).update(last_success_at=timezone.now())
        _close(delivery, Delivery.State.DELIVERED)
    elif attempt.status == GONE:
        _close(delivery, Delivery.State.FAILED)
        _disable(endpoint, "It answered 410: it is gone.")
    elif delivery.tries < len(WAITS):
        delivery.due_at = timezone.now() + WAITS[delivery.tries]
        delivery.tries += 1
        delivery.save(update_fields=["due_at", "tries"])
        enqueue(delivery)
    else:
        _close(delivery, Delivery.State.FAILED)
        endpoint.refresh_from_db()
        if endpoint.last_success_at is None or endpoint.last_success_at < delivery.created_at:
            _disable(endpoint, f"Nothing was delivered in {len(WAITS) + 1} attempts over three days. {attempt.error}")


def _close(delivery: Delivery, state: Delivery.State) -> None:
    delivery.state = state
    delivery.tries += 1
    delivery.save(update_fields=["state", "tries"])


def _disable(endpoint: Endpoint, reason: str) -> None:
    """Its waiting messages stay, and are sent once it is enabled again. Of two that disable it one sends the mail."""
    if Endpoint.objects.filter(pk=endpoint.pk, enabled=True).update(enabled=False, disabled_reason=reason):
        enqueue_mail(endpoint)
