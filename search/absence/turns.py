"""The row in which checks wait for a worker: each reads one contract, or 512 passages of a long one, then lets those go
first that wait as well.

A playbook check stands in it once, with the first of its positions that has not ended. Its other positions stand behind
everybody, for hands that are free.
"""

from __future__ import annotations

from contracts.queue import CHECKS, FOLLOWING, bring_forward, defer, job_waits, others_wait
from search.absence.models import RUNNING, AbsenceCheck
from search.models import CheckedPosition

ABSENCE_TASK = "check_absence"
IN_FRONT, BEHIND = FOLLOWING, FOLLOWING - 1


def enqueue_absence(check: AbsenceCheck) -> None:
    """At the end of the row; nothing where it stands there. The lock keeps two workers from reading for one check."""
    pk = str(check.pk)
    if not job_waits(ABSENCE_TASK, check_id=pk):
        # Somebody asked for it: not behind all files that a bulk load has brought, nor are these to wait for it.
        defer(ABSENCE_TASK, queue=CHECKS, priority=_priority(check), lock=f"absence-{pk}", check_id=pk)


def must_give_way(check: AbsenceCheck) -> bool:
    return others_wait(CHECKS, _priority(check))


def let_next_position_forward(check: AbsenceCheck) -> None:
    """When one has ended. Nothing where it is not of a playbook, or was the last."""
    playbook_check = CheckedPosition.objects.filter(reading=check).values("check_of")
    following = CheckedPosition.objects.filter(check_of__in=playbook_check, reading__state__in=RUNNING)
    for position in following.order_by("place")[:1]:
        bring_forward(ABSENCE_TASK, IN_FRONT, check_id=str(position.reading_id))


def _priority(check: AbsenceCheck) -> int:
    for position in CheckedPosition.objects.filter(reading=check):
        before = CheckedPosition.objects.filter(check_of=position.check_of_id, place__lt=position.place)
        return BEHIND if before.filter(reading__state__in=RUNNING).exists() else IN_FRONT
    return IN_FRONT
