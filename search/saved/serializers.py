"""The forms of saved searches in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from contracts.rest.strict import StrictSerializer
from search.models import Arrival, SavedSearch
from search.modes import MODES
from search.question_serializers import QuestionSerializer
from search.saved.models import LONGEST_NAME

ALERTS_HELP = "When its owner is told by e-mail of verified clauses in contracts that came in."


class SavedSearchTextSerializer(QuestionSerializer):
    limit = None  # the page's own
    name = serializers.CharField(max_length=LONGEST_NAME)
    mode = serializers.ChoiceField(choices=list(MODES), required=False)
    alerts = serializers.ChoiceField(choices=SavedSearch.Alerts.choices, required=False, help_text=ALERTS_HELP)


class SavedSearchChangeSerializer(StrictSerializer):
    name = serializers.CharField(max_length=LONGEST_NAME, required=False)
    alerts = serializers.ChoiceField(choices=SavedSearch.Alerts.choices, required=False, help_text=ALERTS_HELP)


class SavedSearchSerializer(serializers.ModelSerializer[SavedSearch]):
    filters = serializers.DictField(help_text="What it is narrowed to.")
    new = serializers.IntegerField(source="news", help_text="Clauses in contracts that came in since the last look.")
    close_calls = serializers.IntegerField(help_text="Besides: clauses there with a close call, often wrong.")
    address = serializers.SerializerMethodField(help_text="Its page, with every filter.")

    class Meta:
        model = SavedSearch
        fields = ["id", "name", "query", "filters", "address", "created_at", "problem", "new", "close_calls", "alerts"]
        extra_kwargs: dict[str, Any] = {
            "problem": {"help_text": "Why contracts that came in could not be searched; empty when they could."},
            "alerts": {"help_text": ALERTS_HELP},
        }

    def get_address(self, saved: SavedSearch) -> str:
        return f"/search/?{saved.address}"


class ArrivalSerializer(serializers.ModelSerializer[Arrival]):
    contract_id = serializers.IntegerField()
    search = serializers.UUIDField(source="search_id", help_text="Its hits are all that was found in this contract.")

    class Meta:
        model = Arrival
        fields = ["contract_id", "search", "clauses", "close_calls", "searched_at"]
        extra_kwargs: dict[str, Any] = {
            "clauses": {"help_text": "What the search looks for, without near misses and close calls."},
            "close_calls": {"help_text": "Clauses that may say it too; their verdict is a close call, often wrong."},
        }
