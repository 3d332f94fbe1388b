"""A worker that outlives its database: it works off the queue, and when the connection is lost it begins anew.

Beginning anew is what makes nothing get lost. A job whose end could not be written would be "doing" for as long as its
worker lives; a worker that signs off, and signs on under another number, leaves it to be taken up (search/jobs.py).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from django.db import connections
from procrastinate.contrib.django import app, connector_params
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.signals import on_stop

from contracts.away import DATABASE_AWAY, lost_by_the_queue
from contracts.queue import SENDING

logger = logging.getLogger(__name__)

HANDS_FOR_SENDING = 4
REACH_SECONDS = 10.0  # for one attempt to reach the database
PAUSE_SECONDS = 2.0  # between two attempts


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

    options = {
        "wait": wait,
        "listen_notify": wait,
        "delete_jobs": "successful",
        "task_middleware": [release_connection],
        "install_signal_handlers": False,
    }
    asyncio.run(_until_stopped(options) if wait else _until_empty(options))


async def _until_empty(options: dict[str, Any]) -> None:
    with app.replace_connector(WatchedConnector()):
        async with app.open_async():
            await app.run_worker_async(**options)


async def _until_stopped(options: dict[str, Any]) -> None:
    asked_to_stop = asyncio.Event()
    with on_stop(asked_to_stop.set):
        while not asked_to_stop.is_set():
            try:
                await _until_lost(options, asked_to_stop)
            except Exception as error:
                if not (isinstance(error, DATABASE_AWAY) or lost_by_the_queue(error)):
                    raise
            if not asked_to_stop.is_set():
                logger.warning("The database does not answer; the worker goes on once it does.")
                await _first_of(asked_to_stop.wait(), asyncio.sleep(PAUSE_SECONDS))


async def _until_lost(options: dict[str, Any], asked_to_stop: asyncio.Event) -> None:
    """One worker, from signing on to signing off; the file in hand is finished first."""
    connector = WatchedConnector()
    with app.replace_connector(connector):
        async with app.open_async():
            # A receiver that hangs must not hold up the reading of files.
            workers = [
                asyncio.create_task(app.run_worker_async(**options)),
                asyncio.create_task(app.run_worker_async(**options, queues=[SENDING], concurrency=HANDS_FOR_SENDING)),
            ]
            await _first_of(asked_to_stop.wait(), connector.lost.wait(), *workers)
            for worker in workers:
                worker.cancel()  # which asks it to stop
            ended = await asyncio.gather(*workers, return_exceptions=True)
    for result in ended:
        if isinstance(result, Exception):
            raise result


async def _first_of(*awaited: Any) -> None:
    """Wait for the first; the others, unless they are tasks of the caller, are given up."""
    futures = [asyncio.ensure_future(one) for one in awaited]
    await asyncio.wait(futures, return_when=asyncio.FIRST_COMPLETED)
    for future, one in zip(futures, awaited, strict=True):
        if future is not one:
            future.cancel()
