"""A worker that outlives its database: it works off the queue, and when the connection is lost it begins anew.

Beginning anew is what makes nothing get lost. A job whose end could not be written would be "doing" for as long as its
worker lives; a worker that signs off, and signs on under another number, leaves it to be taken up (search/jobs.py).

A worker has one hand for files, one for what somebody waits for, one for checks that may take hours, and several for
what waits for other machines: none of these holds up another. The hands share the models, which are loaded once.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from django.conf import settings
from django.db import connections
from procrastinate.contrib.django import app, connector_params
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.signals import on_stop

from contracts.away import DATABASE_AWAY, lost_by_the_queue
from contracts.queue import ASKED, CHECKS, SENDING

logger = logging.getLogger(__name__)

HANDS = {"default": 1, ASKED: 1, CHECKS: 1, SENDING: 4}
REACH_SECONDS = 10.0  # for one attempt to reach the database
PAUSE_SECONDS = 2.0  # between two attempts
GIVE_BACK = """
UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL, abort_requested = false
WHERE id = ANY(%(jobs)s) AND status = 'doing'
"""


class WatchedConnector(PsycopgConnector):
    """Knows whether a statement was lost with its connection. The worker itself goes on after some of them."""

    def __init__(self) -> None:
        # It is Django that is asked, as it starts an embedded Postgres.
        super().__init__(kwargs=connector_params(), timeout=REACH_SECONDS)
        self.lost = asyncio.Event()

    async def execute_query_async(self, query: Any, **arguments: Any) -> None:
        async with self._watched():
            await super().execute_query_async(query, **arguments)

    async def execute_query_one_async(self, query: Any, **arguments: Any) -> dict[str, Any]:
        async with self._watched():
            return await super().execute_query_one_async(query, **arguments)

    async def execute_query_all_async(self, query: Any, **arguments: Any) -> list[dict[str, Any]]:
        async with self._watched():
            return await super().execute_query_all_async(query, **arguments)

    @asynccontextmanager
    async def _watched(self) -> AsyncIterator[None]:
        try:
            yield
        except Exception as error:
            if lost_by_the_queue(error):
                self.lost.set()
            raise


class InHand:
    """The jobs that run now, by their ids."""

    def __init__(self) -> None:
        self.jobs: set[int] = set()

    @contextmanager
    def holding(self, job: int) -> Iterator[None]:
        self.jobs.add(job)
        try:
            yield
        finally:
            self.jobs.discard(job)


def run_worker(*, wait: bool = True, after_job: Callable[[], None] | None = None) -> None:
    """Work off the queue in this process: until SIGTERM or Ctrl-C, or with ``wait=False`` until it is empty."""

    in_hand = InHand()

    def release_connection(call: Callable[[], Any], context: Any, worker: Any) -> Any:
        # Jobs run in threads of the worker; Django would keep one connection open for each of them.
        with in_hand.holding(context.job.id):
            try:
                return call()
            finally:
                if after_job is not None:
                    after_job()
                connections.close_all()

    options = {
        "wait": wait,
        "listen_notify": wait,
        "delete_jobs": "successful",
        "task_middleware": [release_connection],
        "install_signal_handlers": False,
    }
    asyncio.run(_until_stopped(options, in_hand) if wait else _until_empty(options))


async def _until_empty(options: dict[str, Any]) -> None:
    with app.replace_connector(WatchedConnector()):
        async with app.open_async():
            await app.run_worker_async(**options)


async def _until_stopped(options: dict[str, Any], in_hand: InHand) -> None:
    asked_to_stop = asyncio.Event()
    # Python's own number of threads, that of the processors and four, may be less than there are hands.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(2 * sum(HANDS.values())))
    with on_stop(asked_to_stop.set):
        while not asked_to_stop.is_set():
            try:
                await _until_lost(options, in_hand, asked_to_stop)
            except Exception as error:
                if not (isinstance(error, DATABASE_AWAY) or lost_by_the_queue(error)):
                    raise
            if not asked_to_stop.is_set():
                logger.warning("The database does not answer; the worker goes on once it does.")
                await _first_of(asked_to_stop.wait(), asyncio.sleep(PAUSE_SECONDS))


async def _until_lost(options: dict[str, Any], in_hand: InHand, asked_to_stop: asyncio.Event) -> None:
    """One worker, from signing on to signing off; the jobs in hand are finished first, or put back."""
    connector = WatchedConnector()
    with app.replace_connector(connector):
        async with app.open_async():
            workers = [
                asyncio.create_task(app.run_worker_async(**options, queues=[queue], concurrency=hands))
                for queue, hands in HANDS.items()
            ]
            await _first_of(asked_to_stop.wait(), connector.lost.wait(), *workers)
            for worker in workers:
                worker.cancel()  # which asks it to stop
            ending = asyncio.gather(*workers, return_exceptions=True)
            stopping = asyncio.create_task(_stop_in_time(connector, in_hand, asked_to_stop))
            ended = await ending
            stopping.cancel()
    for result in ended:
        if isinstance(result, Exception):
            raise result


async def _stop_in_time(connector: WatchedConnector, in_hand: InHand, asked_to_stop: asyncio.Event) -> None:
    """Python waits for its threads for ever, and a thread cannot be ended: so the process is."""
    await asked_to_stop.wait()
    await asyncio.sleep(settings.STOP_SECONDS)
    jobs = sorted(in_hand.jobs)
    logger.warning("Stopping: %d jobs go back into the queue, as they did not end in time.", len(jobs))
    try:
        # No attempt of theirs failed, so none is counted.
        await connector.execute_query_async(GIVE_BACK, jobs=jobs)
    except Exception as error:  # noqa: BLE001  they are taken up all the same, a minute later
        logger.warning("They will be taken up as lost jobs: %s", type(error).__name__)
    finally:
        logging.shutdown()
        sys.stdout.flush()
        os._exit(0)


async def _first_of(*awaited: Any) -> None:
    """Wait for the first; the others, unless they are tasks of the caller, are given up."""
    futures = [asyncio.ensure_future(one) for one in awaited]
    await asyncio.wait(futures, return_when=asyncio.FIRST_COMPLETED)
    for future, one in zip(futures, awaited, strict=True):
        if future is not one:
            future.cancel()
