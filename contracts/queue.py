"""The queue of files to read. Everything else stays unaware that it is procrastinate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import JobDeferrer

from contracts.models import Contract

INGEST_TASK = "ingest_contract"  # named, not imported: who indexes is no business of this package


def enqueue(contract_id: int) -> None:
    """Queue one reading. Within a transaction the job appears when it commits, and never if it rolls back."""
    _job(contract_id).defer(contract_id=contract_id)


async def enqueue_async(contract_id: int) -> None:
    await _job(contract_id).defer_async(contract_id=contract_id)


def _job(contract_id: int) -> JobDeferrer:
    # The lock keeps two workers from reading the same contract at once.
    return app.configure_task(INGEST_TASK, lock=f"contract-{contract_id}")


def waiting_without_job() -> list[int]:
    """Contracts that nobody will read: their job was lost, for example with a queue that was not restored."""
    live = ProcrastinateJob.objects.filter(task_name=INGEST_TASK, status__in=["todo", "doing"])
    waiting = Contract.objects.filter(state__in=[Contract.State.RECEIVED, Contract.State.READING])
    # The jobs first: a job that ends between the two queries has by then changed its contract's state.
    with_job = set(live.values_list("args__contract_id", flat=True))
    return [pk for pk in waiting.order_by("pk").values_list("pk", flat=True) if pk not in with_job]


def run_worker(*, wait: bool = True, after_job: Callable[[], None] | None = None) -> None:
    """Work off the queue in this process: until SIGTERM or Ctrl-C, or with ``wait=False`` until it is empty."""

    def release_connection(call: Callable[[], Any], context: Any, worker: Any) -> Any:
        # Jobs run in threads of the worker; Django would keep one connection open for each of them.
        try:
            return call()
        finally:
            if after_job is not None:
                after_job()
            connections.close_all()

    connector = app.connector
    assert isinstance(connector, DjangoConnector)  # procrastinate.contrib.django gives no other
    with app.replace_connector(connector.get_worker_connector()):
        app.run_worker(
            wait=wait,
            listen_notify=wait,
            install_signal_handlers=wait,
            delete_jobs="successful",
            task_middleware=[release_connection],
        )
