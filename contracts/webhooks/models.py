"""Who is told of what, and the outbox: every message with its attempts, written with the event it tells of."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from contracts.models import Matter
from contracts.webhooks.signature import new_secret


class Event(models.TextChoices):
    CONTRACT_READY = "contract.ready", "A contract was read and can be searched"
    CONTRACT_FAILED = "contract.failed", "A contract could not be read"
    CONTRACT_DELETED = "contract.deleted", "A contract was moved to the trash"
    INGEST_DONE = "ingest.done", "Every file of a committed ingest has its outcome"
    ABSENCE_DONE = "absence_check.done", "An absence check has read all"
    ABSENCE_FAILED = "absence_check.failed", "An absence check stopped"
    PLAYBOOK_DONE = "playbook_check.done", "A playbook check has read all"
    PLAYBOOK_FAILED = "playbook_check.failed", "A playbook check stopped before all was read"
    SAVED_NEW = "saved_search.new", "A contract came in that has clauses a saved search looks for"
    JOB_DONE = "job.done", "A search that was asked for later has its answer"
    JOB_FAILED = "job.failed", "A search that was asked for later could not be answered"
    TEST = "webhook.test", "Sent on request, to try an endpoint"


class Endpoint(models.Model):
    """An address of a user's system. It is told what its user may see, or less; never more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=500)
    events = ArrayField(models.CharField(max_length=30, choices=Event))
    # As with tokens: when its only matter is deleted, it must not be told of all others.
    restricted = models.BooleanField(default=False)
    matters = models.ManyToManyField(Matter, blank=True, related_name="+")
    secret = models.CharField(max_length=80, default=new_secret)
    old_secret = models.CharField(max_length=80, blank=True)  # signs too, until then
    old_secret_until = models.DateTimeField(null=True)
    enabled = models.BooleanField(default=True)
    disabled_reason = models.TextField(blank=True)
    last_success_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.url

    @property
    def secrets(self) -> list[str]:
        """All that sign now, the newest first."""
        rotating = self.old_secret_until is not None and self.old_secret_until > timezone.now()
        return [self.secret, self.old_secret] if rotating else [self.secret]

    def may_receive(self, matters: set[int], owner: int | None) -> bool:
        """Of a contract: when its user may see the matters. Of what ``owner`` asked: when that is its user."""
        user: User = self.user
        if owner is not None and (user.pk != owner or not user.is_active):
            return False
        if owner is not None and not self.restricted:
            return True
        visible = Matter.objects.visible_to(user).filter(pk__in=matters)
        if self.restricted:
            visible = visible.filter(pk__in=self.matters.all())
        return bool(matters) and visible.count() == len(matters)


class Delivery(models.Model):
    """One message to one endpoint. Its id is the same at every attempt, by which a receiver knows a repetition."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DELIVERED = "delivered", "Delivered"
        FAILED = "failed", "Given up"
        DROPPED = "dropped", "Not sent: its user may no longer see it"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=30, choices=Event)
    data = models.JSONField()  # ids only: the receiver fetches with its own rights
    matters = ArrayField(models.BigIntegerField())  # what it is about; looked at again before each attempt
    owner = models.BigIntegerField(null=True)  # the user who asked, where it is not about a contract
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)  # since it was sent first, or last on request
    due_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "deliveries"
        indexes = [models.Index(fields=["due_at"], name="waiting_deliveries", condition=models.Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.event} {self.pk}"

    @property
    def message(self) -> dict[str, Any]:
        return {"type": self.event, "timestamp": self.created_at.isoformat(), "data": self.data}


class Attempt(models.Model):
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField(auto_now_add=True)
    seconds = models.FloatField()
    status = models.PositiveSmallIntegerField(null=True)  # None when there was no answer
    error = models.TextField(blank=True)  # why it does not count as delivered

    class Meta:
        ordering = ["delivery", "at"]

    def __str__(self) -> str:
        return self.error or str(self.status)
