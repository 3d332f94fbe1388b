"""Questions that a worker answers: large ones, and those whose asker does not wait."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from contracts.models import restriction_of
from contracts.queue import ASKED, INTERACTIVE, defer
from contracts.webhooks.models import Event
from contracts.webhooks.publish import publish
from search.encode import EncoderUnavailable
from search.filters import Filters
from search.models import SearchJob
from search.modes import WORDS_MODE
from search.search import QueryError, check_limit, read_query, search_clauses
from search.words.search import search_words
from verifier.types import VerifierUnavailable

SEARCH_TASK = "answer_search"
LARGE = 100  # passages to read; more would hold a connection for longer than clients wait
STATE = SearchJob.State


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
            query=query,
            mode=mode,
            filters=filters.stored(),
            limit=limit,
        )
        defer(SEARCH_TASK, queue=ASKED, priority=INTERACTIVE, job_id=str(job.pk))
    return job


def answer_later(job_id: str) -> None:
    """Ends DONE, or FAILED with a reason. One whose worker was killed may be answered again."""
    job = SearchJob.objects.select_related("user").filter(pk=job_id, state__in=[STATE.WAITING, STATE.RUNNING]).first()
    if job is None:
        return  # cancelled, or deleted with its user
    if not SearchJob.objects.filter(pk=job_id, state__in=[STATE.WAITING, STATE.RUNNING]).update(state=STATE.RUNNING):
        return
    user = job.user
    if job.only_matters is not None:
        user.only_matters = frozenset(job.only_matters)  # type: ignore[attr-defined]  # read by visible_to
    ask = search_words if job.mode == WORDS_MODE else search_clauses
    try:
        job.search = ask(job.query, user, Filters.restored(job.filters), job.limit)
    except (QueryError, VerifierUnavailable, EncoderUnavailable) as error:
        end_job(job, STATE.FAILED, str(error))
    else:
        end_job(job, STATE.DONE)


def end_job(job: SearchJob, state: SearchJob.State, error: str = "") -> None:
    job.state, job.error, job.finished_at = state, error, timezone.now()
    with transaction.atomic():
        job.save(update_fields=["state", "error", "search", "finished_at"])
        event = Event.JOB_DONE if state == STATE.DONE else Event.JOB_FAILED
        data = {"job": str(job.pk)} | ({"search": str(job.search_id)} if job.search_id else {})
        publish(event, data, job.filters.get("matters", ()), job.user_id)


def stop_search_job(job_id: str) -> None:
    for job in SearchJob.objects.filter(pk=job_id):  # none when its user was deleted meanwhile
        end_job(job, STATE.FAILED, "The worker was killed each time it answered this. Add memory, or ask for less.")


def cancel_job(job: SearchJob) -> bool:
    """False when it is too late: it is being answered, or has ended."""
    waiting = SearchJob.objects.filter(pk=job.pk, state=STATE.WAITING)
    return bool(waiting.update(state=STATE.CANCELLED, finished_at=timezone.now()))
