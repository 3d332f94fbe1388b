"""Who is told when an endpoint was disabled for its failures: whoever made it, and settings.ADMINS."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import EmailMessage

from contracts.queue import BACKGROUND, SENDING, defer
from contracts.webhooks.models import Attempt, Delivery, Endpoint

MAIL_TASK = "mail_webhook_disabled"
TEXT = """\
Proviso has disabled this webhook, because its messages were not taken:

  {url}
  webhook {id}, made by {user}

Last delivery:  {last_success}
Last error:     {error}
Waiting:        {waiting}

{reason}

What to do: see that the address answers with 2xx within 15 seconds. Then enable the webhook again, in the
administration under Webhooks, or with PATCH /api/v1/webhooks/{id} and {{"enabled": true}}. What waits is
sent then; what was given up can be sent again from its log of deliveries.
"""
logger = logging.getLogger(__name__)


def enqueue_mail(endpoint: Endpoint) -> None:
    """In the transaction that disables it, so that there is one mail when it commits, and none when it does not."""
    defer(MAIL_TASK, queue=SENDING, priority=BACKGROUND, endpoint_id=str(endpoint.pk))


def mail_disabled(endpoint_id: str) -> None:
    """Nothing, when it was enabled again or deleted meanwhile."""
    endpoint = Endpoint.objects.filter(pk=endpoint_id, enabled=False).select_related("user").first()
    if endpoint is None:
        return
    to = list(dict.fromkeys(filter(None, [endpoint.user.email, *(address for _, address in settings.ADMINS)])))
    if not to:
        logger.warning("Webhook %s is disabled; its user has no e-mail address, and ADMINS is empty.", endpoint.pk)
        return
    EmailMessage(f"Proviso: the webhook to {endpoint.url} is disabled", _text(endpoint), to=to).send()


def _text(endpoint: Endpoint) -> str:
    failed = Attempt.objects.filter(delivery__endpoint=endpoint).exclude(error="").order_by("at").last()
    delivered = endpoint.last_success_at
    return TEXT.format(
        url=endpoint.url,
        id=endpoint.pk,
        user=endpoint.user.get_username(),
        last_success=f"{delivered:%d %B %Y, %H:%M} UTC" if delivered else f"none since {endpoint.created_at:%d %B %Y}",
        error=f"{failed.error} ({failed.at:%d %B %Y, %H:%M} UTC)" if failed else "not on record any more",
        waiting=endpoint.deliveries.filter(state=Delivery.State.WAITING).count(),
        reason=endpoint.disabled_reason,
    )
