"""Playbooks: statements that contracts are held against, and what was found when they were."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

LONGEST_NAME = 120
LONGEST_STATEMENT = 1000
LONGEST_GUIDANCE = 2000


class Playbook(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="playbooks")
    name = models.CharField(max_length=LONGEST_NAME)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_playbook_per_name")]

    def __str__(self) -> str:
        return self.name


class PositionFields(models.Model):
    place = models.PositiveSmallIntegerField()  # from 1
    topic = models.CharField(max_length=LONGEST_NAME)  # "Indemnity", heads its column
    guidance = models.TextField(blank=True)  # what to do where it is missing or contradicted

    class Meta:
        abstract = True


class Position(PositionFields):
    """What a contract should say."""

    playbook = models.ForeignKey(Playbook, on_delete=models.CASCADE, related_name="positions")
    statement = models.TextField()

    class Meta:
        ordering = ["playbook", "place"]
        constraints = [models.UniqueConstraint(fields=["playbook", "place"], name="one_position_per_place")]

    def __str__(self) -> str:
        return self.topic


class PlaybookCheck(models.Model):
    """A playbook, as it was then, held against contracts. Its state and progress are those of its readings."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    playbook = models.ForeignKey(Playbook, null=True, on_delete=models.SET_NULL, related_name="checks")
    name = models.CharField(max_length=LONGEST_NAME)
    filters = models.JSONField(default=dict)  # as asked
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class CheckedPosition(PositionFields):
    """One column of the check: a reading of every passage against the position's statement."""

    check_of = models.ForeignKey(PlaybookCheck, on_delete=models.CASCADE, related_name="positions")
    reading = models.OneToOneField("search.AbsenceCheck", on_delete=models.CASCADE, related_name="position")

    class Meta:
        ordering = ["check_of", "place"]
        constraints = [models.UniqueConstraint(fields=["check_of", "place"], name="one_checked_position_per_place")]

    def __str__(self) -> str:
        return self.topic
