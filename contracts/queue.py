"""The queue of files to read and of what else is done later. Everything else stays unaware that it is procrastinate."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.db import OperationalError, connection, connections
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager

from contracts.away import lost_by_the_queue
from contracts.models import Contract

INGEST_TASK = "ingest_contract"  # named, not imported: who indexes is no business of this package
# Queues for which a worker has hands of their own, beside the one that reads files ("default"): for what somebody waits
# for, for checks that may take hours, and for what waits for other machines or must wait for nothing.
ASKED, CHECKS, SENDING = "asked", "checks", "sending"
# Priorities: somebody waits for it; it follows from what is done, before the next is begun; another system sent it by
# itself, perhaps one of thousands that it sends so; it is one of many that came together; nobody is held up by it.
INTERACTIVE, FOLLOWING, SENT, BULK, BACKGROUND = 10, 5, 1, 0, -10
P = ParamSpec("P")
R = TypeVar("R")


def defer(
    task: str,
    *,
    queue: str = "default",
    priority: int = 0,
    at: datetime | None = None,
    lock: str | None = None,
    **arguments: Any,
) -> None:
    """Queue a job within the transaction, also within that of another job: it appears when it commits, or never."""
    job = app.configure_task(task, queue=queue, priority=priority, schedule_at=at, lock=lock).job
    try:
        # A worker's own connector does not know of Django's transaction.
        JobDeferrer(JobManager(DjangoConnector()), job).defer(**arguments)
    except ConnectorException as error:
        if lost_by_the_queue(error):
            raise OperationalError(str(error.__cause__)) from error
        raise


def enqueue(contract_id: int, priority: int = BULK) -> None:
    """Queue one reading. Within a transaction the job appears when it commits, and never if it rolls back."""
    # The lock keeps two workers from reading the same contract at once.
    defer(INGEST_TASK, priority=priority, lock=f"contract-{contract_id}", contract_id=contract_id)


def progressed(task: str, **arguments: Any) -> None:
    """For a job that goes on where it stopped: only attempts without progress count against it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET attempts = 0 "
            "WHERE status = 'doing' AND task_name = %s AND args @> %s::jsonb AND attempts > 0",
            [task, json.dumps(arguments)],
        )


def bring_forward(task: str, priority: int, **arguments: Any) -> None:
    """Those that wait, before others of their queue that wait with less."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET priority = %s "
            "WHERE status = 'todo' AND task_name = %s AND args @> %s::jsonb AND priority < %s",
            [priority, task, json.dumps(arguments), priority],
        )


def bring_reading_forward(contract_id: int, priority: int) -> None:
    """Of a contract whose reading waits as one of many, once somebody waits for it."""
    if priority > BULK:  # none waits with less
        bring_forward(INGEST_TASK, priority, contract_id=contract_id)


def others_wait(queue: str, priority: int) -> bool:
    """Whether this queue has a job that could be begun now and is as urgent."""
    due = Q(scheduled_at=None) | Q(scheduled_at__lte=timezone.now())
    return ProcrastinateJob.objects.filter(due, queue_name=queue, status="todo", priority__gte=priority).exists()


def job_waits(task: str, **arguments: Any) -> bool:
    return ProcrastinateJob.objects.filter(task_name=task, status="todo", args__contains=arguments).exists()


def waiting_without_job() -> list[int]:
    """Contracts that nobody will read: their job was lost, for example with a queue that was not restored."""
    waiting = Contract.objects.filter(state__in=[Contract.State.RECEIVED, Contract.State.READING], deleted_at=None)
    # The jobs first: a job that ends between the two queries has by then changed its contract's state.
    with_job = with_live_job(INGEST_TASK, "contract_id")
    return [pk for pk in waiting.order_by("pk").values_list("pk", flat=True) if pk not in with_job]


def with_live_job(task: str, argument: str) -> set[Any]:
    """What that argument is in the jobs that wait or run."""
    live = ProcrastinateJob.objects.filter(task_name=task, status__in=["todo", "doing"])
    return set(live.values_list(f"args__{argument}", flat=True))


async def in_thread(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Django's database layer is synchronous; its connection is not left open in a thread that may never run again."""

    def call() -> R:
        try:
            return function(*args, **kwargs)
        finally:
            connections.close_all()

    return await sync_to_async(call, thread_sensitive=False)()
