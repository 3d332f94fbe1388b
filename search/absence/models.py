"""Checks that no clause of some contracts makes a statement, and what of them is read."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from contracts.models import Contract, Passage

if TYPE_CHECKING:
    from search.models import Search


class AbsenceCheck(models.Model):
    """ "No clause in these contracts says ...": every passage of the scope is read, none is left out by an index."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        READING = "reading", "Reading"
        DONE = "done", "Done"
        FAILED = "failed", "Stopped"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    statement = models.TextField()
    filters = models.JSONField(default=dict)  # as asked
    contracts = models.JSONField()  # ids in the scope when it was asked; contracts that came later are not in it
    unread = models.PositiveIntegerField()  # contracts of the scope that were not READY, so have nothing to read
    passages = models.PositiveIntegerField()  # in the scope
    nearest_of_each = models.PositiveSmallIntegerField(default=0)  # related clauses kept of each contract; 0: of all
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    error = models.TextField(blank=True)
    verifier_name = models.CharField(max_length=80)
    verifier_sha256 = models.CharField(max_length=64)
    seconds = models.FloatField(default=0)  # of reading, over all turns
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    # The answer; of a check that went on, the one before, until it is done again.
    search = models.OneToOneField("search.Search", null=True, on_delete=models.SET_NULL, related_name="absence_check")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.statement[:80]

    @property
    def answer(self) -> Search | None:
        """Of what is read now: None while it is not done, also where ``search`` is the answer before."""
        return self.search if self.state == self.State.DONE else None

    @property
    def passages_read(self) -> int:
        read: int = self.parts.aggregate(read=models.Sum("passages", default=0))["read"]
        return read + self.begun.count()


# States of a check that has not ended; between two turns it is reading, too.
RUNNING = (AbsenceCheck.State.WAITING, AbsenceCheck.State.READING)


class AbsencePart(models.Model):
    """One contract of a check, read to its end. What is here is not read again when a check goes on."""

    check_of = models.ForeignKey(AbsenceCheck, on_delete=models.CASCADE, related_name="parts")
    contract = models.ForeignKey(Contract, null=True, on_delete=models.SET_NULL, related_name="+")  # None once purged
    passages = models.PositiveIntegerField()
    verified = models.PositiveIntegerField()
    # All verdicts but "related only", of which the nearest, as so_far.kept_verdict makes them
    kept = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_of", "contract"], name="one_part_per_contract")]

    def __str__(self) -> str:
        return f"contract {self.contract_id} of {self.check_of_id}"


class ReadPassage(models.Model):
    """A passage of a contract that a check has begun to read and not ended; gone when the contract's part is there."""

    check_of = models.ForeignKey(AbsenceCheck, on_delete=models.CASCADE, related_name="begun")
    # It may be gone, read anew into another, when this is written.
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, db_constraint=False, related_name="+")
    verdict = models.JSONField(null=True)  # as verification.stored_verdict makes it; None: not read in time

    class Meta:
        constraints = [models.UniqueConstraint(fields=["check_of", "passage"], name="one_verdict_per_passage")]

    def __str__(self) -> str:
        return f"passage {self.passage_id} of {self.check_of_id}"
