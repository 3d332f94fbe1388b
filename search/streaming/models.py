"""A question whose candidates are still being verified. Gone when its answer is stored."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class OpenSearch(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    query = models.TextField()
    filters = models.JSONField(default=dict)
    eligible = models.PositiveIntegerField()
    recall_path = models.CharField(max_length=10)  # a RecallPath
    recalled = models.JSONField()  # [[passage, similarity], ...], as they are read; similarity 0 where words found it
    further = models.JSONField(default=list)  # [[passage, similarity, nearness], ...], of which some are read next
    limit = models.PositiveIntegerField(null=True)  # as asked for; null: read on while it is said
    beside = models.JSONField(null=True)  # not recalled, but beside near misses; null until all recalled are read
    words = models.JSONField(null=True)  # in Words mode, what was found: search.words.search.Found
    verdicts = models.JSONField(default=dict)  # by passage, as text; null where it could not be read
    seconds = models.JSONField(default=dict)
    verifier_sha256 = models.CharField(max_length=64)
    opened_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name_plural = "open searches"

    def __str__(self) -> str:
        return self.query[:80]
