"""Questions that nobody is working on: their process ended without a word, or their job was lost with a queue."""

from __future__ import annotations

from datetime import datetime, timedelta

from contracts.queue import with_live_job
from search.absence.models import RUNNING
from search.absence.turns import ABSENCE_TASK, enqueue_absence
from search.later import RUNNING as RUNNING_JOBS
from search.later import SEARCH_TASK, enqueue_search
from search.models import AbsenceCheck, SearchJob

LOST_AFTER = timedelta(minutes=10)  # longer than what is read within a request takes


def take_up_lost_questions(now: datetime) -> None:
    """Checks, also those of playbooks, and searches that run without a job for too long get one.

    The job goes on where the reading stopped, and says why when it cannot.
    """
    begun = {"created_at__lt": now - LOST_AFTER}
    # The jobs first: one that ends between the two queries has by then changed the state.
    with_job = with_live_job(ABSENCE_TASK, "check_id")
    for check in AbsenceCheck.objects.filter(state__in=RUNNING, **begun):
        if str(check.pk) not in with_job:
            enqueue_absence(check)
    with_job = with_live_job(SEARCH_TASK, "job_id")
    for job in SearchJob.objects.filter(state__in=RUNNING_JOBS, **begun):
        if str(job.pk) not in with_job:
            enqueue_search(job)
