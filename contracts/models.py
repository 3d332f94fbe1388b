"""The documents: what they say, where, and who may see them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from contracts.amounts import Amount
from contracts.fact_fields import ReadFacts
from contracts.findings import DefinedTerm, NamedParent, Obligation, Party
from contracts.outcomes import PastReading, ReceivedFile, Refusal
from contracts.provenance import LONGEST_IDENTIFIER, LONGEST_SOURCE, Correction, Duplicate, ExternalId, Mail

__all__ = ["LONGEST_IDENTIFIER", "LONGEST_SOURCE", "Amount", "Clause", "Contract", "ContractFile", "Correction",
           "DefinedTerm", "Duplicate", "ExternalId", "Mail", "Matter", "NamedParent", "Obligation", "Party", "Passage",
           "PastReading", "ReceivedFile", "Refusal", "TrashedContract"]  # fmt: skip

PDF = "pdf"  # as Contract.format


def restriction_of(user: AbstractBaseUser | AnonymousUser) -> frozenset[int] | None:
    """The matters that the token in use is restricted to; None when it opens all of its user's."""
    return getattr(user, "only_matters", None)  # set by contracts.rest.authentication for this request


class MatterQuerySet(models.QuerySet["Matter"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> MatterQuerySet:
        """The one rule of access: members of the matter, unless walled. Being an administrator opens nothing."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        allowed = self.filter(members=user.pk).exclude(pk__in=Matter.objects.filter(walled=user.pk))
        only = restriction_of(user)
        return allowed if only is None else allowed.filter(pk__in=only)


class Matter(models.Model):
    """A client's matter. Members see its contracts; a wall denies, whatever else allows."""

    name = models.CharField(max_length=200, unique=True)
    client = models.CharField(max_length=200, blank=True)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="matters", blank=True)
    walled = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="walled_matters", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ContractQuerySet(models.QuerySet["Contract"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> ContractQuerySet:
        return self.filter(matter__in=Matter.objects.visible_to(user), deleted_at=None)

    def read(self) -> ContractQuerySet:
        """With clauses to search: also while they are being read again, or when that failed."""
        return self.filter(read_at__isnull=False)

    def trash_of(self, user: AbstractBaseUser | AnonymousUser) -> ContractQuerySet:
        """Deleted contracts of the matters that the user may see; for administrators."""
        return self.filter(matter__in=Matter.objects.visible_to(user), deleted_at__isnull=False)


class Contract(ReadFacts):
    class State(models.TextChoices):
        RECEIVED = "received", "Received"
        READING = "reading", "Reading"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

    class Kind(models.TextChoices):
        MAIN = "main", "Main agreement"
        AMENDMENT = "amendment", "Amendment"
        EXHIBIT = "exhibit", "Exhibit or statement of work"
        MAIL = "mail", "E-mail"

    class Relation(models.TextChoices):
        """What a contract is to its parent; see contracts/families.py."""

        AMENDMENT = "amendment", "Amendment of"
        EXHIBIT = "exhibit", "Exhibit of"
        SCHEDULE = "schedule", "Schedule of"
        ORDER = "order", "Order under"
        RESTATEMENT = "restatement", "Restatement of"

    class Stage(models.TextChoices):
        TEXT = "text", "Text of the file"
        CLAUSES = "clauses", "Clauses"
        PARTIES = "parties", "Parties and facts"
        OBLIGATIONS = "obligations", "Obligations"
        EMBEDDING = "embedding", "Embedding"
        WRITING = "writing", "Writing"

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="contracts")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")
    relation = models.CharField(max_length=11, choices=Relation, blank=True)  # to its parent, of the same matter
    version = models.PositiveIntegerField(default=1)
    supersedes = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="superseded_by"
    )
    current = models.BooleanField(default=True)  # False once another version of its document is the one to search
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)  # of the raw received bytes
    size = models.PositiveBigIntegerField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    came_in = models.CharField(max_length=255, blank=True)  # the ZIP or e-mail that brought it

    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    error_code = models.CharField(max_length=40, blank=True)
    error_message = models.TextField(blank=True)
    error_remedy = models.TextField(blank=True)
    warnings = models.JSONField(default=list, blank=True)
    stage = models.CharField(max_length=12, choices=Stage, blank=True)  # of the reading in hand
    progress = models.PositiveSmallIntegerField(default=0)  # of the reading in hand, in per cent
    started_at = models.DateTimeField(null=True, blank=True)  # of the latest reading
    read_seconds = models.FloatField(null=True, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)  # set by a trigger (migration 0011)

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.MAIN)
    format = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=40, blank=True)  # by its commonest words; "": not read yet
    page_count = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    original_text = models.TextField(blank=True)  # before the tracked changes, of a file that has some
    ocr_quality = models.JSONField(default=list, blank=True)  # [[page, 0 to 1], ...] of the pages that OCR read
    encoder_sha256 = models.CharField(max_length=64, blank=True)  # of the model that made its vectors
    deleted_at = models.DateTimeField(null=True, blank=True)  # in the trash since then; see contracts/trash.py
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["matter", "sha256"], name="one_contract_per_file_and_matter")]
        indexes = [models.Index(fields=["changed_at"], name="contracts_changed")]

    def __str__(self) -> str:
        return self.title or self.file_name

    @property
    def opens_at_pages(self) -> bool:
        """The original is a PDF, which browsers open at the page that a citation names."""
        return self.format == PDF


class TrashedContract(Contract):
    """A deleted contract, as the administration lists it."""

    class Meta:
        proxy = True
        ordering = ["-deleted_at", "-pk"]
        verbose_name = "deleted contract"
        verbose_name_plural = "trash"


class ContractFile(models.Model):
    """The raw bytes as received. In the database, so that every worker on every machine can read them."""

    contract = models.OneToOneField(Contract, on_delete=models.CASCADE, primary_key=True, related_name="file")
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.contract.file_name


class Clause(models.Model):
    """A node of the clause tree; its span is its own words, and all spans of a contract partition the text."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="clauses")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=60, blank=True)
    heading = models.TextField(blank=True)
    heading_path = models.JSONField(default=list)
    level = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    page = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["contract", "position"]
        constraints = [models.UniqueConstraint(fields=["contract", "position"], name="one_clause_per_position")]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip() or f"clause {self.position}"


class Passage(models.Model):
    """A sentence or list item; ``reading`` is its lead-in and its words, as encoded and verified."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="passages")
    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    reading = models.TextField()
    # Places of the reading before which words of the contract are left out, and how many sentences and items the
    # clause has, this one among them. Null where it was read before these were kept.
    left_out = models.JSONField(null=True)
    of_clause = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["contract", "position"]

    def __str__(self) -> str:
        return self.reading[:80]
