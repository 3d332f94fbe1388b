"""One attempt at a time for each endpoint, and ever fewer while it fails: a dead receiver holds up no other.

A message whose turn it is not is left without a job. The attempt in flight queues the oldest of them when it ends; what
that misses is queued as overdue (contracts/webhooks/jobs.py). Messages that failed before keep their own times.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.webhooks.models import Attempt, Delivery, Endpoint
from contracts.webhooks.publish import SEND_TASK, enqueue

LOCKS = 8_171  # of the database's advisory locks: those of endpoints
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=5)
LOOKED_AT = 50  # messages


@contextmanager
def turn_of(endpoint: Endpoint) -> Iterator[bool]:
    """False while another attempt is in flight. A killed worker's turn ends with its connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [LOCKS, str(endpoint.pk)])
        [mine] = cursor.fetchone() or [False]
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", [LOCKS, str(endpoint.pk)])


def paused_until(endpoint: Endpoint) -> datetime | None:
    """From its last attempt on, when that failed: twice as long with each failure since the last success."""
    attempts = Attempt.objects.filter(delivery__endpoint=endpoint)
    last = attempts.order_by("-at").first()
    if last is None or not last.error:
        return None
    success = attempts.filter(error="").order_by("-at").first()
    failures = (attempts.filter(at__gt=success.at) if success else attempts).count()
    return last.at + min(FIRST_PAUSE * 2 ** min(failures - 1, 10), LONGEST_PAUSE)


def queue_next(endpoint: Endpoint) -> None:
    """The oldest of the messages that were left without a job, once the pause is over."""
    now = timezone.now()
    at = max(now, paused_until(endpoint) or now)
    oldest = endpoint.deliveries.filter(state=Delivery.State.WAITING, due_at__lte=at).order_by("created_at")
    waiting = list(oldest[:LOOKED_AT])
    jobs = ProcrastinateJob.objects.filter(task_name=SEND_TASK, status="todo")
    with_job = set(
        jobs.filter(args__delivery_id__in=[str(one.pk) for one in waiting]).values_list("args__delivery_id", flat=True)
    )
    for delivery in waiting:
        if str(delivery.pk) not in with_job:
            delivery.due_at = at
            delivery.save(update_fields=["due_at"])
            enqueue(delivery)
            return
