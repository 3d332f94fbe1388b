"""What became of every file that came: how each reading of it ended, what was refused, and all of them as one list."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class PastReading(models.Model):
    """How one reading of a contract ended; the contract itself tells of the latest only."""

    contract = models.ForeignKey("contracts.Contract", on_delete=models.CASCADE, related_name="past_readings")
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(default=timezone.now)
    error_code = models.CharField(max_length=40, blank=True)  # "": it could be read
    error_message = models.TextField(blank=True)
    error_remedy = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.error_code or "read"


class Refusal(models.Model):
    """A file of which nothing was kept. Those sent over the API are not here: their senders are answered at once."""

    matter = models.ForeignKey("contracts.Matter", on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=255)
    reason = models.TextField()  # with the remedy
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    received_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.file_name


class ReceivedFile(models.Model):
    """One arrival of a file: a contract, a duplicate of one, or a refusal. A view of these tables (migration 0013)."""

    class Outcome(models.TextChoices):
        READY = "ready", "Ready"
        DUPLICATE = "duplicate", "Duplicate"
        FAILED = "failed", "Failed"
        WAITING = "waiting", "Waiting"
        REFUSED = "refused", "Refused"
        TRASH = "trash", "In the trash"

    id = models.CharField(max_length=24, primary_key=True)
    contract = models.ForeignKey("contracts.Contract", null=True, on_delete=models.DO_NOTHING, related_name="+")
    matter = models.ForeignKey("contracts.Matter", on_delete=models.DO_NOTHING, related_name="+")
    file_name = models.CharField(max_length=255)
    came_in = models.CharField("came in", max_length=255)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.DO_NOTHING, related_name="+")
    received_at = models.DateTimeField("received")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.TextField()  # of a failure or refusal, with the remedy

    class Meta:
        managed = False
        db_table = "contracts_received_file"
        default_permissions = ()  # whoever may see contracts sees how they came
        ordering = ["-received_at", "pk"]
        verbose_name = "received file"

    def __str__(self) -> str:
        return self.file_name


Outcome = ReceivedFile.Outcome
RECEIVED = (Outcome.READY, Outcome.DUPLICATE, Outcome.FAILED, Outcome.WAITING)  # the sum at the top of the console
