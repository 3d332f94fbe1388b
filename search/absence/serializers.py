"""The form of an absence check in the API."""

from __future__ import annotations

from collections import Counter
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from search.absence.coverage import Coverage, finding
from search.labels import SAYS_IT
from search.models import AbsenceCheck


class MissedSerializer(serializers.Serializer[Any]):
    """Of held-out clauses that do say what was asked, those that the verifier did not call supported."""

    clauses = serializers.IntegerField()
    missed = serializers.IntegerField()
    share = serializers.FloatField()
    low = serializers.FloatField(help_text="Of the share's 95 % interval.")
    high = serializers.FloatField()


class AbsenceSerializer(serializers.ModelSerializer[AbsenceCheck]):
    # Its context holds "counts", "coverage" (None until it is done) and "missed"; a docstring would be in the schema.
    filters = serializers.DictField(help_text="What it was narrowed to.")
    contracts = serializers.SerializerMethodField(help_text="Contracts in the scope that are read.")
    left_out = serializers.SerializerMethodField(
        help_text="Of those, not read: closed to you or deleted when the reading came there. Null until it is done."
    )
    closed = serializers.SerializerMethodField(
        help_text="Contracts that were read, but are closed to you now, or deleted for good. Null until it is done."
    )
    passages_read = serializers.IntegerField()
    not_verified = serializers.SerializerMethodField(help_text="Passages that the verifier could not read.")
    found = serializers.SerializerMethodField(
        help_text="Clauses that make the statement; null until all is read, and where none is found but part of the "
        "scope is closed to you now."
    )
    finding = serializers.SerializerMethodField(help_text="In words, as far as it may be said; empty until it is done.")
    missed = serializers.SerializerMethodField(
        help_text="What the verifier missed when it was measured; null where that is not known."
    )
    search = serializers.UUIDField(
        source="search_id",
        allow_null=True,
        help_text="Its hits: found and nearest. Of a check that went on, those of its answer before, until it is done.",
    )

    class Meta:
        model = AbsenceCheck
        fields = [
            "id", "statement", "filters", "state", "error", "created_at", "finished_at", "contracts", "unread",
            "left_out", "closed", "passages", "passages_read", "not_verified", "found", "finding", "missed", "search",
        ]  # fmt: skip
        extra_kwargs = {
            "error": {"help_text": "Why a check stopped, and what to do."},
            "unread": {"help_text": "Contracts of the scope that could not be read when it was asked."},
            "passages": {"help_text": "In the scope when it was asked, headings not among them; every one is read."},
        }

    @property
    def _coverage(self) -> Coverage | None:
        coverage: Coverage | None = self.context["coverage"]
        return coverage

    def get_contracts(self, check: AbsenceCheck) -> int:
        return len(check.contracts)

    def get_left_out(self, check: AbsenceCheck) -> int | None:
        return self._coverage.left_out if self._coverage else None

    def get_closed(self, check: AbsenceCheck) -> int | None:
        return self._coverage.closed if self._coverage else None

    def get_not_verified(self, check: AbsenceCheck) -> int | None:
        return check.answer.recalled - check.answer.verified if check.answer else None

    def get_found(self, check: AbsenceCheck) -> int | None:
        if check.answer is None or self._coverage is None:
            return None
        found = _says_it(self.context["counts"][check.answer.pk])
        return found if found or not self._coverage.closed else None

    def get_finding(self, check: AbsenceCheck) -> str:
        if check.answer is None or self._coverage is None:
            return ""
        counts = self.context["counts"][check.answer.pk]
        return finding(_says_it(counts), counts["not_verified"], self._coverage)

    @extend_schema_field(MissedSerializer(allow_null=True))
    def get_missed(self, check: AbsenceCheck) -> Any:
        missed = self.context["missed"]
        return MissedSerializer(missed.measure).data if missed and missed.measure else None


def _says_it(counts: Counter[str]) -> int:
    return sum(counts[key] for key in SAYS_IT)


class AbsenceEntrySerializer(serializers.ModelSerializer[AbsenceCheck]):
    filters = serializers.DictField(help_text="What it was narrowed to.")

    class Meta:
        model = AbsenceCheck
        fields = ["id", "statement", "filters", "state", "created_at", "finished_at"]
