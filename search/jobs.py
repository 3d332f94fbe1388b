"""The jobs of the queue. procrastinate finds this module by its name (PROCRASTINATE_AUTODISCOVER_MODULE_NAME)."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from contracts.away import DATABASE_AWAY
from contracts.queue import INGEST_TASK, INTERACTIVE, SENDING, enqueue, in_thread, waiting_without_job
from search.absence.check import stop_absence_check, take_turn
from search.absence.turns import ABSENCE_TASK
from search.clause_codes import forget_other_weights
from search.encode import EncoderUnavailable
from search.indexing import index_contract, mark_failed
from search.later import SEARCH_TASK, answer_later, stop_search_job
from search.lost import take_up_lost_questions
from search.models import AbsenceCheck
from search.read_ahead import READ_AHEAD_TASK, enqueue_read_ahead, read_ahead
from search.saved.arrivals import ARRIVAL_TASK, enqueue_arrival, search_arrival
from search.saved.mailing import ALERT_TASK, enqueue_alerts, mail_alerts
from search.verification import load_verifier
from search.verified_pairs import forget_old_verdicts
from verifier.types import VerifierUnavailable

ATTEMPTS = 3
FAILED_JOB_DAYS = 7  # is a job counted that has failed
AWAY = f"The database did not answer in {ATTEMPTS} attempts. Check it, then"


@app.task(
    name=INGEST_TASK,
    pass_context=True,
    retry=RetryStrategy(max_attempts=ATTEMPTS - 1, exponential_wait=5, retry_exceptions=DATABASE_AWAY),
)
def ingest_contract(context: JobContext, contract_id: int) -> None:
    try:
        index_contract(contract_id)
        enqueue_arrival(contract_id)
        enqueue_read_ahead(contract_id)
    except DATABASE_AWAY:
        if context.job.attempts + 1 < ATTEMPTS:
            raise
        # Raises once more while the database stays away; take_up_lost_contracts then finds the contract.
        mark_failed(
            contract_id,
            "database",
            f"The database did not answer in {ATTEMPTS} attempts.",
            "Check the database, then read the file again.",
        )


@app.task(
    name=ABSENCE_TASK,
    pass_context=True,
    retry=RetryStrategy(max_attempts=ATTEMPTS - 1, exponential_wait=5, retry_exceptions=DATABASE_AWAY),
)
def check_absence(context: JobContext, check_id: str) -> None:
    try:
        check = AbsenceCheck.objects.filter(pk=check_id).first()
        if check is not None:  # else it was deleted meanwhile
            take_turn(check)
    except DATABASE_AWAY:
        if context.job.attempts + 1 < ATTEMPTS:
            raise
        # Raises once more while the database stays away; take_up_lost_contracts then finds the check.
        stop_absence_check(check_id, f"{AWAY} go on with the rest.")


@app.task(
    name=SEARCH_TASK,
    pass_context=True,
    retry=RetryStrategy(max_attempts=ATTEMPTS - 1, exponential_wait=5, retry_exceptions=DATABASE_AWAY),
)
def answer_search(context: JobContext, job_id: str) -> None:
    try:
        answer_later(job_id)
    except DATABASE_AWAY:
        if context.job.attempts + 1 < ATTEMPTS:
            raise
        stop_search_job(job_id, f"{AWAY} ask again.")


@app.task(
    name=ARRIVAL_TASK,
    retry=RetryStrategy(
        max_attempts=ATTEMPTS - 1,
        exponential_wait=30,
        retry_exceptions=(*DATABASE_AWAY, VerifierUnavailable, EncoderUnavailable),
    ),
)
def search_saved(contract_id: int) -> None:
    search_arrival(contract_id)


@app.task(
    name=READ_AHEAD_TASK,
    retry=RetryStrategy(max_attempts=ATTEMPTS - 1, exponential_wait=30, retry_exceptions=DATABASE_AWAY),
)
def read_clauses_ahead(contract_id: int) -> None:
    read_ahead(contract_id)


@app.task(name=ALERT_TASK, queue=SENDING)
def mail_saved(user_id: int) -> None:
    mail_alerts(user_id, timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="mail_what_is_new", queue=SENDING, queueing_lock="mail_what_is_new")
async def mail_what_is_new(timestamp: int) -> None:
    """A mail in the hands of a killed worker is not taken up: it may have gone out."""
    for job in await app.job_manager.get_stalled_jobs(task_name=ALERT_TASK):
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
    await in_thread(enqueue_alerts, timezone.now())


@app.periodic(cron="17 3 * * *")
@app.task(name="forget_old_verdicts", queueing_lock="forget_old_verdicts")
async def forget_verdicts(timestamp: int) -> None:
    await in_thread(forget_old_verdicts)


@app.periodic(cron="37 3 * * *")
@app.task(name="forget_other_weights", queueing_lock="forget_other_weights")
async def forget_codes(timestamp: int) -> None:
    verifier = await in_thread(load_verifier)
    await in_thread(forget_other_weights, verifier.sha256)


@app.periodic(cron="57 3 * * *")
@app.task(name="forget_failed_jobs", queue=SENDING, queueing_lock="forget_failed_jobs")
async def forget_failed_jobs(timestamp: int) -> None:
    """What became of a contract, check or question is said of it itself; its job only tells who watches the queue."""
    await app.job_manager.delete_old_jobs(FAILED_JOB_DAYS * 24, include_failed=True)


def give_up_reading(contract_id: int) -> None:
    mark_failed(
        contract_id,
        "worker_killed",
        f"The worker was killed {ATTEMPTS} times while it read this file.",
        "It may need more memory than the machine has: split the file, or add memory, then read it again.",
    )


def give_up_check(check_id: str) -> None:
    stop_absence_check(
        check_id, "The worker was killed each time it read for this check. Add memory or choose fewer contracts."
    )


def give_up_search(job_id: str) -> None:
    stop_search_job(job_id, "The worker was killed each time it answered this. Add memory, or ask for less.")


TAKE_UP_TASK = "take_up_lost_contracts"

# What is said of a job whose worker was killed each time, by the job's task; it gets what the task got.
GIVE_UP: dict[str, Callable[..., None] | None] = {
    INGEST_TASK: give_up_reading,
    ABSENCE_TASK: give_up_check,
    SEARCH_TASK: give_up_search,
    ARRIVAL_TASK: None,  # the contract is shown as not searched
    READ_AHEAD_TASK: None,  # a search reads what is missing
}


@app.periodic(cron="* * * * *")
@app.task(name=TAKE_UP_TASK, queue=SENDING, queueing_lock=TAKE_UP_TASK, pass_context=True, priority=INTERACTIVE)
async def take_up_lost_contracts(context: JobContext, timestamp: int) -> None:
    """Jobs of killed workers run again, a bounded number of times; what waits without a job gets one.

    Before what waits in the queue: a file that was being read when its worker was killed does not go to the end of it.
    """
    for job in await app.job_manager.get_stalled_jobs(task_name=TAKE_UP_TASK):
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)  # this job does its work
    for task, give_up in GIVE_UP.items():
        for job in await app.job_manager.get_stalled_jobs(task_name=task):
            if job.attempts + 1 < ATTEMPTS:
                await app.job_manager.retry_job(job)  # it goes on where it stopped
            else:
                if give_up is not None:
                    await in_thread(give_up, **job.task_kwargs)
                await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
    for contract_id in await in_thread(waiting_without_job):
        await in_thread(enqueue, contract_id)
    await in_thread(take_up_lost_questions, timezone.now())
