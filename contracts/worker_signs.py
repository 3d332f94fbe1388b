"""Whether anybody works off the queue: workers leave a sign of life every ten seconds, and sign off when they end."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

MISSED_SECONDS = 60
REMEDY = "What waits is not read. Start one: python manage.py worker"


def worker_missing() -> str:
    """What is wrong and what to do; "" while a worker runs."""
    last = ProcrastinateWorker.objects.order_by("-last_heartbeat").values_list("last_heartbeat", flat=True).first()
    if last is None:
        return f"No worker runs. {REMEDY}"
    silent = round((timezone.now() - last).total_seconds())
    return f"No worker has been seen for {silent} seconds. {REMEDY}" if silent > MISSED_SECONDS else ""
