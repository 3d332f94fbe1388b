"""Many files sent as one load: a manifest says what comes, and every item of it has an outcome at any time."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When

from contracts.models import LONGEST_IDENTIFIER, LONGEST_SOURCE, Contract, Matter

LONGEST_KEY = 200


class Outcome(models.TextChoices):
    WAITING = "waiting", "Waiting to be sent, or to be read"
    READY = "ready", "Read; it can be searched"
    DUPLICATE = "duplicate", "The matter had these bytes already"
    FAILED = "failed", "Not received, or not readable; error says what to do"


class Ingest(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="ingests")
    created_at = models.DateTimeField(auto_now_add=True)
    committed_at = models.DateTimeField(null=True)  # from then on nothing more comes
    done_at = models.DateTimeField(null=True)  # committed, and nothing waits

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"ingest {self.pk}"


class IngestItem(models.Model):
    """One file of the manifest."""

    ingest = models.ForeignKey(Ingest, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=LONGEST_KEY)  # the client's name of it
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, blank=True)  # as promised, later as received
    source = models.CharField(max_length=LONGEST_SOURCE, blank=True)  # with identifier: as a version of a document
    identifier = models.CharField(max_length=LONGEST_IDENTIFIER, blank=True)
    facts = models.JSONField(default=dict, blank=True)  # given with it, by name
    sent_at = models.DateTimeField(null=True)
    contract = models.ForeignKey(Contract, null=True, on_delete=models.SET_NULL, related_name="ingest_items")
    duplicate = models.BooleanField(default=False)
    error_code = models.CharField(max_length=40, blank=True)  # why it was not received
    error_message = models.TextField(blank=True)
    error_remedy = models.TextField(blank=True)

    class Meta:
        ordering = ["ingest", "position"]
        constraints = [models.UniqueConstraint(fields=["ingest", "key"], name="one_item_per_key")]

    def __str__(self) -> str:
        return self.key


# Always told by the contract as it is now, so that it cannot differ from what is true.
OUTCOME = Case(
    When(~Q(error_code=""), then=Value(Outcome.FAILED)),
    When(sent_at=None, then=Value(Outcome.WAITING)),
    When(Q(contract=None) | Q(contract__deleted_at__isnull=False), then=Value(Outcome.FAILED)),
    When(contract__state=Contract.State.FAILED, then=Value(Outcome.FAILED)),
    When(duplicate=True, then=Value(Outcome.DUPLICATE)),
    When(contract__state=Contract.State.READY, then=Value(Outcome.READY)),
    default=Value(Outcome.WAITING),
)
