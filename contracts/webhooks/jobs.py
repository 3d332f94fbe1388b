"""The jobs of the outbox. procrastinate finds this module by its name (PROCRASTINATE_AUTODISCOVER_MODULE_NAME)."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Status
from procrastinate.retry import RetryStrategy

from contracts.queue import SENDING, in_thread
from contracts.webhooks.deliver import deliver
from contracts.webhooks.disabled_mail import MAIL_TASK, mail_disabled
from contracts.webhooks.models import Delivery
from contracts.webhooks.publish import SEND_TASK, enqueue

KEPT = timedelta(days=30)
OVERDUE = timedelta(minutes=1)
MAIL_TRIES, MAIL_WAIT = 6, 10  # while the mail server is away: for about a day (10 s, 100 s, ...)


@app.task(name=SEND_TASK, queue=SENDING)
def send_webhook(delivery_id: str) -> None:
    deliver(delivery_id)


@app.task(name=MAIL_TASK, queue=SENDING, retry=RetryStrategy(max_attempts=MAIL_TRIES, exponential_wait=MAIL_WAIT))
def mail_webhook_disabled(endpoint_id: str) -> None:
    mail_disabled(endpoint_id)


TAKE_UP_TASK = "take_up_lost_webhooks"


@app.periodic(cron="* * * * *")
@app.task(name=TAKE_UP_TASK, queue=SENDING, queueing_lock=TAKE_UP_TASK)
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
