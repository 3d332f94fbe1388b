"""Vectors that recall reads, and searches as they were answered."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from pgvector.django import HalfVectorField, HnswIndex

from contracts.models import Clause, Contract, Matter, Passage
from search.labels import Label, shown_label


class PassageVector(models.Model):
    """Derived from the passage's reading by the frozen encoder; can always be rebuilt."""

    passage = models.OneToOneField(Passage, on_delete=models.CASCADE, primary_key=True, related_name="vector")
    embedding = HalfVectorField(dimensions=384)

    class Meta:
        indexes = [
            HnswIndex(
                name="passage_embedding_hnsw",
                fields=["embedding"],
                m=16,
                ef_construction=64,
                opclasses=["halfvec_cosine_ops"],
            )
        ]

    def __str__(self) -> str:
        return f"vector of passage {self.pk}"


class Search(models.Model):
    """One answered question, immutable: what was asked, over how much, and by which model it was verified."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="searches")
    query = models.TextField()
    filters = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    eligible = models.PositiveIntegerField()  # passages the user may see, after filters
    recalled = models.PositiveIntegerField()  # passages brought by recall; in Words mode, clauses that have the words
    verified = models.PositiveIntegerField()  # of those, read by the verifier
    more_likely = models.BooleanField(default=False)  # the last that were read say it, and there are others
    beside = models.PositiveIntegerField(default=0)  # read besides, as a near miss stood beside them (search/beside.py)
    recall_path = models.CharField(max_length=10)  # a RecallPath
    understood = models.TextField(blank=True)  # a Words query in plain words
    verifier_name = models.CharField(max_length=80, blank=True)  # "" when nothing was verified
    verifier_sha256 = models.CharField(max_length=64, blank=True)
    seconds = models.JSONField(default=dict)  # by step
    unasked = models.BooleanField(default=False)  # a saved search, of a contract that came in

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "searches"

    def __str__(self) -> str:
        return self.query[:80]

    def visible_hits(self) -> HitQuerySet:
        """Those of matters that the user may see now; walls built since the search hide its hits too."""
        return self.hits.visible_to(self.user or AnonymousUser())


class HitQuerySet(models.QuerySet["Hit"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> HitQuerySet:
        """Of matters that the user may see now, each with what its contract is now; None when that is deleted.

        ``opens`` is its id, ``version`` its version, ``current`` that no other version of its document is searched.
        """
        told = {"opens": "contract", "version": "contract__version", "current": "contract__current"}
        there = {
            name: models.Case(models.When(contract__deleted_at=None, then=models.F(field)))
            for name, field in told.items()
        }
        return self.filter(matter__in=Matter.objects.visible_to(user)).annotate(**there)


class Hit(models.Model):
    """One clause of the answer, with the passage that decided. Text and citation are copied, so they never change.

    They stay when the contract is deleted; the matter then still says who may see them.
    """

    search = models.ForeignKey(Search, on_delete=models.CASCADE, related_name="hits")
    rank = models.PositiveIntegerField()
    matter = models.ForeignKey(Matter, null=True, on_delete=models.SET_NULL, related_name="+")
    contract = models.ForeignKey(Contract, null=True, on_delete=models.SET_NULL)
    clause = models.ForeignKey(Clause, null=True, on_delete=models.SET_NULL)
    contract_title = models.CharField(max_length=300)
    contract_date = models.CharField(max_length=60, blank=True)  # as written
    number = models.CharField(max_length=60, blank=True)
    heading_path = models.JSONField(default=list)
    page = models.PositiveIntegerField(null=True)
    text = models.TextField()  # the passage's reading
    # As the passage has them: where words are left out of text, and how many sentences and items the clause has.
    left_out = models.JSONField(null=True)
    of_clause = models.PositiveIntegerField(null=True)
    start = models.PositiveIntegerField()  # of the passage in the contract's text
    end = models.PositiveIntegerField()
    similarity = models.FloatField(null=True)  # None when words found it
    label = models.CharField(max_length=16)  # a verifier label, "not_verified" or "found"
    stable = models.BooleanField(null=True)  # follows when the question's parties are exchanged; None: unknown
    probabilities = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)  # [{"start", "end", "weight"}] into text
    roles = models.JSONField(
        default=dict
    )  # {"bearer", "counterparty", "modality", "mutual", "parties": [...], "marks": [...]}
    reason = models.TextField(blank=True)
    reason_code = models.CharField(max_length=20, blank=True)  # a ReasonCode; "" before there were such
    notices = models.JSONField(default=list)  # [{"code", "text"}] to be read beside the verdict
    under = models.PositiveIntegerField(
        null=True
    )  # of one flagged or a condition: the rank of what supports in its list

    objects = HitQuerySet.as_manager()

    class Meta:
        ordering = ["search", "rank"]
        constraints = [models.UniqueConstraint(fields=["search", "rank"], name="one_hit_per_rank")]

    def __str__(self) -> str:
        return f"{self.contract_title} {self.number}".strip()

    @property
    def shown(self) -> Label:
        """How it is named, marked and grouped."""
        return shown_label(self.label, [notice["code"] for notice in self.notices])

    @property
    def open_contract(self) -> int | None:
        """None when the contract is deleted, as ``visible_to`` says; a hit not stored yet was just read from it."""
        found: int | None = vars(self).get("opens", self.contract_id)
        return found


class SearchJob(models.Model):
    """A question that is answered later, by a worker."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Being answered"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="search_jobs")
    only_matters = models.JSONField(null=True)  # what the token in use was restricted to
    token = models.UUIDField(null=True)  # its public id, and the client that acted for the user, for the record
    acted_by = models.CharField(max_length=150, blank=True)
    query = models.TextField()
    mode = models.CharField(max_length=10)
    filters = models.JSONField(default=dict)
    limit = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    error = models.TextField(blank=True)  # why it failed, and what to do
    search = models.OneToOneField(Search, null=True, on_delete=models.SET_NULL, related_name="job")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.query[:80]


class VerifiedPair(models.Model):
    """What the verifier said of a question and a clause, so that it need not read the two again. Holds no words."""

    key = models.CharField(max_length=64, primary_key=True)  # hash of all that it read, and of its weights
    verdict = models.JSONField()
    read_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.key[:12]


class ClauseCodes(models.Model):
    """What the verifier read of a passage before anybody asked. Goes with the passage, as words may be guessed from it.

    The same words between the same parties are read once: another contract's passage finds them by the key.
    """

    key = models.CharField(max_length=64, primary_key=True)  # hash of the word pieces, and of the weights
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="+")
    codes = models.BinaryField()  # 160 bytes a word piece
    weights_sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "clause codes"

    def __str__(self) -> str:
        return self.key[:12]


class Review(models.Model):
    """A lawyer's decision on a clause for a question. Hangs on their words, so that it outlives a new reading."""

    class Decision(models.TextChoices):
        RELEVANT = "relevant", "Relevant"
        NOT_RELEVANT = "not_relevant", "Not relevant"
        UNSURE = "unsure", "Unsure"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reviews")
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="reviews")
    hit = models.ForeignKey(Hit, null=True, on_delete=models.SET_NULL, related_name="reviews")  # last decided on
    query = models.TextField()
    query_sha256 = models.CharField(max_length=64)
    text_sha256 = models.CharField(max_length=64)  # of the passage's reading
    decision = models.CharField(max_length=12, choices=Decision)
    note = models.TextField(blank=True)
    decided_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-decided_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "contract", "query_sha256", "text_sha256"], name="one_review_per_question_and_clause"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.query[:60]}"


class Disagreement(models.Model):
    """A lawyer's word against a verdict: what it should have been, and why. Kept with the verifier it was said of."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="disagreements")
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="disagreements")
    query = models.TextField()
    text = models.TextField()  # the passage's reading
    label = models.CharField(max_length=16)  # the verdict disagreed with
    should_be = models.CharField(max_length=16)
    reason = models.TextField(blank=True)
    verifier_sha256 = models.CharField(max_length=64)
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-said_at"]

    def __str__(self) -> str:
        return f"{self.label}, should be {self.should_be}: {self.query[:60]}"


# Django finds models only from here.
from search.absence.models import AbsenceCheck, AbsencePart, ReadPassage  # noqa: E402
from search.lists.models import ClauseList, ListedClause  # noqa: E402
from search.playbook.models import CheckedPosition, Playbook, PlaybookCheck, Position  # noqa: E402
from search.saved.models import AlertMail, Arrival, SavedSearch  # noqa: E402
from search.streaming.models import OpenSearch  # noqa: E402

__all__ = [
    "AbsenceCheck",
    "AbsencePart",
    "AlertMail",
    "Arrival",
    "CheckedPosition",
    "ClauseList",
    "Disagreement",
    "Hit",
    "ListedClause",
    "OpenSearch",
    "PassageVector",
    "Playbook",
    "PlaybookCheck",
    "Position",
    "ReadPassage",
    "Review",
    "SavedSearch",
    "Search",
    "VerifiedPair",
]
