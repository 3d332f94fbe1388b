"""What was read of a contract as a whole: one column for each fact."""

from __future__ import annotations

from typing import Any

from django.db import models

from contracts.text.contract_types import CHOICES
from contracts.text.expiry import expiry_day
from contracts.text.jurisdiction import jurisdiction
from contracts.text.renewal import CHOICES as RENEWAL_CHOICES
from contracts.text.said_date import said_date


class ReadFacts(models.Model):
    title = models.CharField(max_length=300, blank=True)
    contract_type = models.CharField(max_length=16, choices=CHOICES, blank=True)  # "": not known
    agreement_date = models.CharField(max_length=60, blank=True)  # as written
    effective_date = models.CharField(max_length=60, blank=True)
    expiry_date = models.CharField(max_length=120, blank=True)  # a day, or the words that bound the term
    expires_on = models.DateField(null=True, blank=True)  # the day in expiry_date, if it is one
    renewal = models.CharField(max_length=10, choices=RENEWAL_CHOICES, blank=True)  # "": none is spoken of
    renewal_term = models.CharField(max_length=60, blank=True)  # its length
    renewal_notice = models.CharField(max_length=60, blank=True)
    governing_law = models.CharField(max_length=120, blank=True)  # as written
    # By field: [start, end, what the value was counted from or ""], of what was read and not corrected.
    fact_places = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def dated(self) -> str:
        """Its date for a card or a list; "" where a form left it open."""
        return said_date(self.agreement_date)

    @property
    def jurisdiction(self) -> str:
        """Its governing law by the name that it has in lists and filters, whatever the contract calls it."""
        return jurisdiction(self.governing_law)


def fact_columns(field: str, value: str) -> dict[str, Any]:
    """What is written of a fact: the end of a term also as a day, by which contracts are filtered."""
    return {field: value} | ({"expires_on": expiry_day(value)} if field == "expiry_date" else {})
