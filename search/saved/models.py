"""Searches saved by name, and the contracts that came in since."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from contracts.models import Contract

LONGEST_NAME = 120


class SavedSearch(models.Model):
    class Alerts(models.TextChoices):
        NONE = "none", "No e-mail"
        AT_ONCE = "at_once", "At once"
        DAILY = "daily", "Every day"
        WEEKLY = "weekly", "Every week"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=LONGEST_NAME)
    query = models.TextField()
    address = models.TextField()  # "q=...&mode=...&matter=3": the page's state, see search/page_state.py
    filters = models.JSONField(default=dict)  # as Filters.stored()
    problem = models.TextField(blank=True)  # why new contracts could not be searched
    alerts = models.CharField(max_length=7, choices=Alerts, default=Alerts.NONE)
    alerts_since = models.DateTimeField(null=True)  # contracts searched before were for the page alone
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "saved searches"
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_saved_search_per_name")]

    def __str__(self) -> str:
        return self.name


class AlertMail(models.Model):
    """A mail about arrivals. They are bound to it before it goes out, and go into no other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)  # when a mail server took it
    problem = models.TextField(blank=True)  # why none did

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M} to user {self.user_id}"


class Arrival(models.Model):
    """A contract that came in after a search was saved, and what the search found in it."""

    saved = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="arrivals")
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="+")
    search = models.ForeignKey("search.Search", on_delete=models.CASCADE, related_name="+")
    clauses = models.PositiveIntegerField()  # that the saved search looks for; near misses do not count
    close_calls = models.PositiveIntegerField(default=0)  # not among these: clauses whose verdict is one, often wrong
    searched_at = models.DateTimeField(auto_now=True)
    seen_at = models.DateTimeField(null=True)
    mail = models.ForeignKey(AlertMail, null=True, on_delete=models.SET_NULL, related_name="arrivals")

    class Meta:
        ordering = ["-searched_at"]
        constraints = [models.UniqueConstraint(fields=["saved", "contract"], name="one_arrival_per_contract")]

    def __str__(self) -> str:
        return f"contract {self.contract_id} for {self.saved_id}"
