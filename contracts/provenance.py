"""How the contracts came in, and what people corrected in their readings."""

from __future__ import annotations

from django.conf import settings
from django.db import models

LONGEST_SOURCE = 60
LONGEST_IDENTIFIER = 200


class ExternalId(models.Model):
    """What a document system calls a document, and the contract that is its latest version here."""

    matter = models.ForeignKey("contracts.Matter", on_delete=models.CASCADE, related_name="external_ids")
    source = models.CharField(max_length=LONGEST_SOURCE)
    identifier = models.CharField(max_length=LONGEST_IDENTIFIER)
    contract = models.ForeignKey("contracts.Contract", on_delete=models.CASCADE, related_name="external_ids")
    last_version = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            # Within a matter: elsewhere the same name must not tell that a walled matter has it.
            models.UniqueConstraint(fields=["matter", "source", "identifier"], name="one_contract_per_external_id")
        ]

    def __str__(self) -> str:
        return f"{self.source}/{self.identifier}"


class Duplicate(models.Model):
    """Another arrival of bytes that the matter had already. Kept, so that every file received is accounted for."""

    contract = models.ForeignKey("contracts.Contract", on_delete=models.CASCADE, related_name="duplicates")
    file_name = models.CharField(max_length=255)
    came_in = models.CharField(max_length=255, blank=True)  # the ZIP or e-mail that brought it
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class Mail(models.Model):
    """The envelope of a contract file that is an e-mail, and the contracts that came in with it."""

    contract = models.OneToOneField(
        "contracts.Contract", on_delete=models.CASCADE, primary_key=True, related_name="mail"
    )
    subject = models.TextField(blank=True)
    sender = models.TextField(blank=True)
    recipients = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    attachments = models.ManyToManyField("contracts.Contract", related_name="came_with", blank=True)

    def __str__(self) -> str:
        return self.subject or self.contract.file_name


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def active(self) -> CorrectionQuerySet:
        return self.filter(undone_at=None)


class Correction(models.Model):
    """What a person corrected in a reading, or confirmed. Applied after every later one; what was undone is kept."""

    class Field(models.TextChoices):
        TITLE = "title", "Title"
        KIND = "kind", "Kind of document"
        CONTRACT_TYPE = "contract_type", "Type of contract"
        AGREEMENT_DATE = "agreement_date", "Date"
        EFFECTIVE_DATE = "effective_date", "Effective date"
        EXPIRY_DATE = "expiry_date", "End of the term"
        RENEWAL = "renewal", "Renewal"
        RENEWAL_TERM = "renewal_term", "Length of a renewal"
        RENEWAL_NOTICE = "renewal_notice", "Notice before a renewal"
        GOVERNING_LAW = "governing_law", "Governing law"
        ADDED = "added", "Party added"
        NAME = "name", "Name of a party"
        TERM = "term", "Term of a party"
        ROLE = "role", "Role of a party"
        ALIAS = "alias", "Alias or role of a party"
        JOIN = "join", "Clause joined with the one before"
        SPLIT = "split", "Clause split"
        NUMBER = "number", "Number of a clause"
        HEADING = "heading", "Heading of a clause"
        LEVEL = "level", "Level of a clause"
        BEARER = "bearer", "Bearer"
        MODALITY = "modality", "Modality"
        COUNTERPARTY = "counterparty", "Counterparty"
        NO_STATEMENT = "no_statement", "Statement"
        AMOUNT = "amount", "Amount of money"

    contract = models.ForeignKey("contracts.Contract", on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=14, choices=Field)
    # The place in the text, the words there, and for a statement its modal words, counted from the passage's first; for
    # an amount its length.
    start = models.PositiveIntegerField(default=0)
    anchor = models.TextField(blank=True)
    offset = models.IntegerField(default=0)
    old_value = models.TextField(blank=True)
    new_value = models.TextField(blank=True)
    given = models.BooleanField(default=False)  # by whoever sent the file, and not by a reader of it
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True)
    applied = models.BooleanField(null=True)  # by the latest reading; null until there is one

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_field_display()}: {self.old_value} → {self.new_value}"

    @property
    def confirms(self) -> bool:
        """A fact or an amount as it was read; for the readings to come it is a correction like any other."""
        return self.old_value == self.new_value
