"""Lists: clauses that a lawyer puts together, in an order and with notes."""

from __future__ import annotations

from django.conf import settings
from django.db import models

LONGEST_NAME = 120
LONGEST_NOTE = 2000


class ClauseList(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="clause_lists")
    name = models.CharField(max_length=LONGEST_NAME)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_list_per_name")]

    def __str__(self) -> str:
        return self.name


class ListedClause(models.Model):
    """A hit keeps text, citation and verdict as they were when it was found."""

    list = models.ForeignKey(ClauseList, on_delete=models.CASCADE, related_name="clauses")
    hit = models.ForeignKey("search.Hit", on_delete=models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()  # from 1; gaps where clauses were taken out
    note = models.TextField(blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["list", "place"]
        constraints = [models.UniqueConstraint(fields=["list", "hit"], name="one_place_per_hit_and_list")]

    def __str__(self) -> str:
        return f"{self.place}. of {self.list_id}"
