"""What the API keeps for itself: tokens, rates, and which requests were answered under an Idempotency-Key."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from knox.models import AbstractAuthToken


class Scope(models.TextChoices):
    READ = "read", "read: matters, contracts and clauses"
    SEARCH = "search", "search: ask, verify, read the answers"
    UPLOAD = "upload", "upload: send files, say what they belong to"
    DELETE = "delete", "delete: move contracts to the trash"
    WEBHOOKS = "webhooks", "webhooks: be told of events"
    ADMIN = "admin", "admin: read who did what; for administrators only"
    MATTERS = "matters", "matters: make matters, say who may see them; for administrators only"
    ACT_FOR = "act_for", "act_for: act for other users; only for a service account of a system you trust"


class ApiToken(AbstractAuthToken):
    """Only its hash is kept. It opens what its user may see, or less; never more."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80, help_text="What uses it, so that it can be told from others.")
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope))
    # Not told from ``matters`` being empty: when its only matter is deleted, a token must not open all others.
    restricted = models.BooleanField(default=False, help_text="Opens only the matters chosen below.")
    matters = models.ManyToManyField("contracts.Matter", blank=True, related_name="+")

    class Meta:
        ordering = ["-created"]
        verbose_name = "API token"

    def __str__(self) -> str:
        return f"{self.name} ({self.token_key}…)"


class Rate(models.Model):
    """How much of a rate is used, as the time at which all of it is free again; see contracts/rest/throttles.py."""

    key = models.CharField(primary_key=True, max_length=80)
    free_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class IdempotentRequest(models.Model):
    """An answer is kept as the thing it made, not as words: who may not see it now is not told of it."""

    owner = models.CharField(max_length=50)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)  # sha256 of what was asked
    status = models.PositiveSmallIntegerField()
    made = models.CharField(max_length=40)  # primary key of what the request made or found
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_answer_per_idempotency_key")]

    def __str__(self) -> str:
        return self.key
