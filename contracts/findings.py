"""What the reading found in a contract: who its parties are, who must do what, which terms it defines,
and which agreement it says it belongs to."""

from __future__ import annotations

from typing import cast

from django.db import models

from contracts.text.party_sides import says_affiliates
from contracts.text.types import Modality, ObligationSpan


class Party(models.Model):
    contract = models.ForeignKey("contracts.Contract", on_delete=models.CASCADE, related_name="parties")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    term = models.CharField(max_length=120, blank=True)
    aliases = models.JSONField(default=list)
    role = models.CharField(max_length=20, blank=True)  # its class; "" where the contract does not say it for certain
    affiliates = models.BooleanField(default=False)  # the contract says that the party is itself and its affiliates
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["contract", "position"]
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return f"{self.name} ({self.term})" if self.term else self.name

    @property
    def side(self) -> str:
        """ "Provider, with its affiliates", for people; "" where neither is certain."""
        with_affiliates = "with its affiliates" if self.affiliates else ""
        return ", ".join(filter(None, (self.role.capitalize(), with_affiliates))).capitalize()


class Obligation(models.Model):
    """A deontic statement: who must, may, must not or need not do what. Offsets are into ``passage.reading``."""

    class Modality(models.TextChoices):
        OBLIGATION = "obligation", "Must"
        PROHIBITION = "prohibition", "Must not"
        ENTITLEMENT = "entitlement", "Is entitled to"
        PERMISSION = "permission", "May"
        NO_OBLIGATION = "no_obligation", "Need not"

    contract = models.ForeignKey("contracts.Contract", on_delete=models.CASCADE, related_name="obligations")
    clause = models.ForeignKey("contracts.Clause", on_delete=models.CASCADE, related_name="obligations")
    passage = models.ForeignKey("contracts.Passage", on_delete=models.CASCADE, related_name="obligations")
    position = models.PositiveIntegerField()  # in the contract
    modality = models.CharField(max_length=13, choices=Modality)
    mutual = models.BooleanField()
    passive = models.BooleanField()
    # Null where the words name no party for certain; the text then says "each party", "Receiving Party" or nothing.
    bearer = models.ForeignKey(Party, null=True, on_delete=models.CASCADE, related_name="obligations")
    bearer_text = models.CharField(max_length=300, blank=True)
    bearer_start = models.PositiveIntegerField(null=True)
    bearer_end = models.PositiveIntegerField(null=True)
    counterparty = models.ForeignKey(Party, null=True, on_delete=models.CASCADE, related_name="claims")
    counterparty_text = models.CharField(max_length=300, blank=True)
    counterparty_start = models.PositiveIntegerField(null=True)
    counterparty_end = models.PositiveIntegerField(null=True)
    modal_start = models.PositiveIntegerField()
    modal_end = models.PositiveIntegerField()
    action_start = models.PositiveIntegerField()
    action_end = models.PositiveIntegerField()
    conditions = models.JSONField(default=list)  # [[start, end], ...]
    exceptions = models.JSONField(default=list)

    class Meta:
        ordering = ["contract", "position"]

    def __str__(self) -> str:
        return f"{self.bearer_text or '?'}: {self.modality}"

    @property
    def span(self) -> ObligationSpan:
        """As the reading gave it, with offsets into the passage's reading."""
        return ObligationSpan(
            bearer=self.bearer_text,
            counterparty=self.counterparty_text,
            modality=cast(Modality, self.modality),
            action=self.passage.reading[self.action_start : self.action_end],
            start=self.modal_start,
            end=self.modal_end,
            mutual=self.mutual,
            action_start=self.action_start,
            action_end=self.action_end,
            bearer_start=self.bearer_start,
            bearer_end=self.bearer_end,
            counterparty_start=self.counterparty_start,
            counterparty_end=self.counterparty_end,
            conditions=tuple((start, end) for start, end in self.conditions),
            exceptions=tuple((start, end) for start, end in self.exceptions),
            passive=self.passive,
        )

    @property
    def binds_affiliates(self) -> bool:
        """The clause, or the contract for all clauses, puts the bearer's affiliates on its side."""
        said = self.bearer_end is not None and says_affiliates(self.passage.reading, self.bearer_end)
        return said or (self.bearer is not None and self.bearer.affiliates)

    @property
    def owed_to_affiliates(self) -> bool:
        said = self.counterparty_end is not None and says_affiliates(self.passage.reading, self.counterparty_end)
        return said or (self.counterparty is not None and self.counterparty.affiliates)


class DefinedTerm(models.Model):
    contract = models.ForeignKey("contracts.Contract", on_delete=models.CASCADE, related_name="defined_terms")
    term = models.CharField(max_length=300)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    definition_start = models.PositiveIntegerField()
    definition_end = models.PositiveIntegerField()

    class Meta:
        ordering = ["contract", "start"]

    def __str__(self) -> str:
        return self.term


class NamedParent(models.Model):
    """The agreement that a contract's words name as the one it belongs to, and which of its matter that may be.

    A proposal only: nothing is put into a family before a person has said so. See contracts/proposals.py.
    """

    contract = models.OneToOneField(
        "contracts.Contract", on_delete=models.CASCADE, primary_key=True, related_name="named_parent"
    )
    relation = models.CharField(max_length=11)
    title = models.CharField(max_length=300)  # as the words call it
    date = models.CharField(max_length=60, blank=True)
    start = models.PositiveIntegerField()  # of the words, in the contract's text
    end = models.PositiveIntegerField()
    proposed = models.ForeignKey("contracts.Contract", null=True, on_delete=models.SET_NULL, related_name="+")
    refused = models.ManyToManyField("contracts.Contract", related_name="+", blank=True)  # not proposed again

    def __str__(self) -> str:
        return f"{self.title} {self.date}".strip()

    @property
    def is_open(self) -> bool:
        """There is something to accept or refuse."""
        return self.contract.parent_id is None and self.proposed is not None and self.proposed.deleted_at is None
