"""How the passages of an answer were chosen; ``Search.recall_path`` and ``Recall.path`` hold it."""

from __future__ import annotations

from django.db import models


class RecallPath(models.TextChoices):
    EXACT = "exact", "every passage compared"
    HNSW = "hnsw", "index recall"
    WORDS = "words", "every word searched"
    EVERY = "every", "every passage read"  # of an absence check


BY_MEANING = (RecallPath.EXACT, RecallPath.HNSW)  # the nearest to the question, by their vectors
