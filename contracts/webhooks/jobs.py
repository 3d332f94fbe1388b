"""The jobs of the outbox. procrastinate finds this module by its name (PROCRASTINATE_AUTODISCOVER_MODULE_NAME)."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Status

from contracts.queue import INTERACTIVE, SENDING, in_thread
from contracts.webhooks.deliver import deliver
from contracts.webhooks.models import Delivery
from contracts.webhooks.publish import SEND_TASK, enqueue

KEPT = timedelta(days=30)
OVERDUE = timedelta(minutes=1)


@app.task(name=SEND_TASK, queue=SENDING)
def send_webhook(delivery_id: str) -> None:
    deliver(delivery_id)


TAKE_UP_TASK = "take_up_lost_webhooks"


@app.periodic(cron="* * * * *")
@app.task(name=TAKE_UP_TASK, queueing_lock=TAKE_UP_TASK, priority=INTERACTIVE)
async def take_up_lost_webhooks(timestamp: int) -> None:
    """Messages in the hands of killed workers, or whose job was lost, are sent; old ones are forgotten."""
    for task in (SEND_TASK, TAKE_UP_TASK):
        for job in await app.job_manager.get_stalled_jobs(task_name=task):
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
    await in_thread(enqueue_overdue)


def enqueue_overdue() -> None:
    now = timezone.now()
    live = ProcrastinateJob.objects.filter(task_name=SEND_TASK, status__in=["todo", "doing"])
    with_job = set(live.values_list("args__delivery_id", flat=True))
    overdue = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lt=now - OVERDUE, endpoint__enabled=True)
    for delivery in overdue:
        if str(delivery.pk) not in with_job:
            enqueue(delivery)
    Delivery.objects.exclude(state=Delivery.State.WAITING).filter(created_at__lt=now - KEPT).delete()
