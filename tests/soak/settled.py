"""After the load: whether all that was asked for has come to its end."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.models import Contract
from contracts.webhooks.models import Delivery
from search.models import AbsenceCheck, SearchJob


def unsettled() -> Iterator[str]:
    waiting = Contract.objects.filter(state__in=[Contract.State.RECEIVED, Contract.State.READING])
    yield from (f"contract {pk} is {state}" for pk, state in waiting.values_list("pk", "state"))
    failed = Contract.objects.filter(state=Contract.State.FAILED).exclude(file_name__startswith="broken-")
    yield from (f"{name} failed: {error}" for name, error in failed.values_list("file_name", "error_message"))
    for kind, ended in ((SearchJob, SearchJob.State.DONE), (AbsenceCheck, AbsenceCheck.State.DONE)):
        for state, number in kind.objects.exclude(state=ended).values_list("state").annotate(number=Count("pk")):
            yield f"{number} of {kind._meta.verbose_name_plural} are {state}"
    for task, number in ProcrastinateJob.objects.filter(status="failed").values_list("task_name").annotate(Count("pk")):
        yield f"{number} jobs {task} failed"
    undelivered = Delivery.objects.exclude(state=Delivery.State.DELIVERED)
    yield from (f"a message is {state}" for state in undelivered.values_list("state", flat=True).distinct())
