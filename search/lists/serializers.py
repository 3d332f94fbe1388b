"""The forms of lists in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from contracts.rest.strict import StrictSerializer
from search.lists.models import LONGEST_NAME, LONGEST_NOTE
from search.models import ClauseList, ListedClause
from search.question_serializers import LARGEST_ID
from search.verdict_serializers import HitSerializer

MOST_RANKS = 500


class ListNameSerializer(StrictSerializer):
    name = serializers.CharField(max_length=LONGEST_NAME)


class ListSerializer(serializers.ModelSerializer[ClauseList]):
    clauses = serializers.IntegerField(source="shown", help_text="Clauses in it that you may see.")

    class Meta:
        model = ClauseList
        fields = ["id", "name", "created_at", "clauses"]


class ChosenClausesSerializer(StrictSerializer):
    search = serializers.UUIDField(help_text="One of your searches.")
    ranks = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**31 - 1),
        allow_empty=False,
        max_length=MOST_RANKS,
        help_text="Of its hits. What is in the list already is not put in twice.",
    )
    note = serializers.CharField(max_length=LONGEST_NOTE, required=False, allow_blank=True, help_text="For each.")


class ChangedClauseSerializer(StrictSerializer):
    note = serializers.CharField(max_length=LONGEST_NOTE, required=False, allow_blank=True)
    before = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=LARGEST_ID,
        help_text="Id of the clause to put it before; null: to the end.",
    )


class ListedClauseSerializer(serializers.ModelSerializer[ListedClause]):
    search = serializers.UUIDField(source="hit.search_id", help_text="In which it was found.")
    query = serializers.CharField(source="hit.search.query", help_text="What its verdict answers.")
    hit = HitSerializer(help_text="As it was found.")

    class Meta:
        model = ListedClause
        fields = ["id", "search", "query", "note", "added_at", "hit"]
        extra_kwargs: dict[str, Any] = {"note": {"help_text": "Your own words on it."}}
