"""The forms of questions in the API: what is asked, and of which contracts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from contracts.models import Contract, Matter
from contracts.rest.strict import StrictSerializer
from contracts.text.contract_types import CHOICES
from contracts.text.renewal import CHOICES as RENEWAL_CHOICES
from search.query import MAX_LIMIT

MOST_IDS = 1000
LARGEST_ID = 2**63 - 1
UNSEEN = "There is nothing of this id, or it is not yours to see."


class IdList(serializers.ListField):
    child = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)


class LawList(serializers.ListField):
    child = serializers.CharField(allow_blank=True, max_length=120)


class KindList(serializers.ListField):
    child = serializers.ChoiceField(choices=Contract.Kind.choices)


class TypeList(serializers.ListField):
    child = serializers.ChoiceField(choices=CHOICES, allow_blank=True)


class RenewalList(serializers.ListField):
    child = serializers.ChoiceField(choices=RENEWAL_CHOICES, allow_blank=True)


def check_visible(ids: Sequence[int], visible: QuerySet[Any]) -> None:
    """Raises ValidationError that names each id that is hidden or missing, without saying which of the two it is."""
    seen = set(visible.filter(pk__in=ids).values_list("pk", flat=True))
    unseen = {str(place): UNSEEN for place, pk in enumerate(ids) if pk not in seen}
    if unseen:
        raise ValidationError(unseen, code="unseen")


class AskedSerializer(StrictSerializer):
    query = serializers.CharField(trim_whitespace=True, help_text="What the clause must say, in plain words.")
    limit = serializers.IntegerField(
        required=False, min_value=1, max_value=MAX_LIMIT, help_text="Passages to recall and verify."
    )


class ScopeSerializer(StrictSerializer):
    """Which contracts are searched: the filters of the page."""

    matters = IdList(required=False, max_length=MOST_IDS, help_text="Only these matters.")
    contracts = IdList(required=False, max_length=MOST_IDS, help_text="Only these contracts, also earlier versions.")
    laws = LawList(
        required=False,
        max_length=MOST_IDS,
        help_text="Only these governing laws, by any name: English is England and Wales; empty: none stated.",
    )
    kinds = KindList(required=False, max_length=3, help_text="Only these kinds of document.")
    types = TypeList(required=False, max_length=MOST_IDS, help_text="Only these types of contract; empty: not known.")
    renewals = RenewalList(required=False, max_length=4, help_text="Only these renewals; empty: none spoken of.")
    not_matters = IdList(required=False, max_length=MOST_IDS, help_text="Without these matters.")
    not_laws = LawList(required=False, max_length=MOST_IDS, help_text="Without these governing laws.")
    not_kinds = KindList(required=False, max_length=3, help_text="Without these kinds of document.")
    not_types = TypeList(required=False, max_length=MOST_IDS, help_text="Without these types of contract.")
    not_renewals = RenewalList(required=False, max_length=4, help_text="Without these renewals.")
    dated_from = serializers.DateField(
        required=False, help_text="Contracts without a date that can be read are left out."
    )
    dated_until = serializers.DateField(required=False)
    ends_from = serializers.DateField(
        required=False, help_text="By expires_on; contracts whose end is not known as a day are left out."
    )
    ends_until = serializers.DateField(required=False)
    versions = serializers.ChoiceField(
        choices=["current", "all"], required=False, help_text="all: superseded versions too. Without it: current."
    )

    def validate_matters(self, ids: list[int]) -> list[int]:
        check_visible(ids, Matter.objects.visible_to(self.context["request"].user))
        return ids

    def validate_contracts(self, ids: list[int]) -> list[int]:
        check_visible(ids, Contract.objects.visible_to(self.context["request"].user))
        return ids

    validate_not_matters = validate_matters


class QuestionSerializer(AskedSerializer, ScopeSerializer):
    mode = serializers.ChoiceField(
        choices=["support", "opposite", "words"],
        required=False,
        help_text="opposite: clauses that deny it or bind the other party come first. words: clauses with these words "
        "(AND, OR, NOT, quotes, parentheses, *, !, W/n, +n, /s, /p).",
    )


class AbsenceQuestionSerializer(QuestionSerializer):
    limit = None  # every passage is read
    mode = None
