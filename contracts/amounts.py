"""The amounts of money that a stored contract names, each in its clause."""

from __future__ import annotations

from django.db import models


class Amount(models.Model):
    contract = models.ForeignKey("contracts.Contract", on_delete=models.CASCADE, related_name="amounts")
    clause = models.ForeignKey("contracts.Clause", on_delete=models.CASCADE, related_name="amounts")
    position = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)  # by ISO 4217, or the sign where that is all that is written
    amount = models.DecimalField(max_digits=30, decimal_places=4)
    written = models.CharField(max_length=60)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["contract", "position"]

    def __str__(self) -> str:
        return self.written
