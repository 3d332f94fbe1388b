"""Questions that a worker answers: large ones, and those whose asker does not wait."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from rest_framework.request import Request

from contracts.audit.record import record
from contracts.away import DATABASE_AWAY
from contracts.models import restriction_of
from contracts.queue import ASKED, INTERACTIVE, defer
from contracts.webhooks.models import Event
from contracts.webhooks.publish import publish
from search.encode import EncoderUnavailable
from search.failures import internal_error
from search.filters import Filters
from search.models import SearchJob
from search.modes import WORDS_MODE
from search.query import QueryError, check_limit, read_query
from search.search import search_clauses
from search.words.search import search_words
from verifier.types import VerifierUnavailable

SEARCH_TASK = "answer_search"
LARGE = 100  # passages to read; more would hold a connection for longer than clients wait
STATE = SearchJob.State
RUNNING = (STATE.WAITING, STATE.RUNNING)

logger = logging.getLogger(__name__)


def is_large(asked: dict[str, Any]) -> bool:
    return (asked.get("limit") or 0) > LARGE


def ask_later(query: str, user: User, filters: Filters, limit: int | None, mode: str) -> SearchJob:
    """Raises QueryError for what can be known now; what is known only while it is answered fails the job."""
    query = read_query(query)
    if limit is not None:
        check_limit(limit)
    only = restriction_of(user)
    with transaction.atomic():
        job = SearchJob.objects.create(
            user=user,
            only_matters=None if only is None else sorted(only),
            token=getattr(user, "token_id", None),
            acted_by=getattr(user, "acted_by", ""),
            query=query,
            mode=mode,
            filters=filters.stored(),
            limit=limit,
        )
        enqueue_search(job)
    return job


def enqueue_search(job: SearchJob) -> None:
    """The lock keeps two workers from answering the same question."""
    defer(SEARCH_TASK, queue=ASKED, priority=INTERACTIVE, lock=f"search-{job.pk}", job_id=str(job.pk))


def answer_later(job_id: str) -> None:
    """Ends DONE, or FAILED with a reason. One whose worker was killed may be answered again.

    Raises only while the database is away.
    """
    job = SearchJob.objects.select_related("user").filter(pk=job_id, state__in=RUNNING).first()
    if job is None:
        return  # cancelled, or deleted with its user
    if not SearchJob.objects.filter(pk=job_id, state__in=RUNNING).update(state=STATE.RUNNING):
        return
    user = _asker(job)
    ask = search_words if job.mode == WORDS_MODE else search_clauses
    try:
        job.search = ask(job.query, user, Filters.restored(job.filters), job.limit)
    except DATABASE_AWAY:
        raise
    except (QueryError, VerifierUnavailable, EncoderUnavailable) as error:
        end_job(job, STATE.FAILED, str(error))
    except Exception as error:  # noqa: BLE001  the job boundary: whoever waits for the answer must be told
        end_job(job, STATE.FAILED, internal_error(logger, f"search job {job_id}", error))
    else:
        if not end_job(job, STATE.DONE):
            job.search.delete()  # cancelled meanwhile, or answered by another worker: nobody is shown this answer


def _asker(job: SearchJob) -> User:
    """As the request knew the user: narrowed by the token in use, which goes on record."""
    user: User = job.user
    user.token_id, user.acted_by = job.token, job.acted_by  # type: ignore[attr-defined]
    if job.only_matters is not None:
        user.only_matters = frozenset(job.only_matters)  # type: ignore[attr-defined]  # read by visible_to
    return user


def end_job(job: SearchJob, state: SearchJob.State, error: str = "") -> bool:
    """False when it has ended meanwhile, or was deleted with its user."""
    ended = {"state": state, "error": error, "search": job.search, "finished_at": timezone.now()}
    with transaction.atomic():
        if not SearchJob.objects.filter(pk=job.pk, state__in=RUNNING).update(**ended):
            return False
        event = Event.JOB_DONE if state == STATE.DONE else Event.JOB_FAILED
        data = {"job": str(job.pk)} | ({"search": str(job.search_id)} if job.search_id else {})
        publish(event, data, job.filters.get("matters", ()), job.user_id)
    return True


def stop_search_job(job_id: str, error: str) -> None:
    for job in SearchJob.objects.filter(pk=job_id):  # none when its user was deleted meanwhile
        end_job(job, STATE.FAILED, error)


def cancel_job(job: SearchJob, by: Request) -> bool:
    """False when it has ended. An answer that is being made is thrown away when it is there."""
    with transaction.atomic():
        running = SearchJob.objects.filter(pk=job.pk, state__in=RUNNING)
        cancelled = bool(running.update(state=STATE.CANCELLED, finished_at=timezone.now()))
        if cancelled:
            record(by, "cancelled", "search_job", job.pk)
    return cancelled
