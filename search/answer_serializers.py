"""The forms of answers in the API: a search with its counts, and the job that brings one later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Case, CharField, Count, Q, Value, When
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from search.labels import of_group
from search.models import Hit, Search, SearchJob
from search.notices import notices_on_question
from search.recall_path import RecallPath
from search.review_serializers import ReviewedHitSerializer, shown_with_reviews
from search.verdict_serializers import GROUP_KEYS, NoticeSerializer, VerifierSerializer

HIDDEN = "hidden"  # beside the groups, in what count_groups counts


@extend_schema_field(serializers.IntegerField(help_text="Clauses; the groups add up to all hits."))
class GroupCount(serializers.Field[int, Any, int, Search]):
    """How many hits of the search are in the group that the field is named after."""

    def get_attribute(self, instance: Search) -> int:
        counts: Counter[str] = self.context["counts"][instance.pk]
        return counts[str(self.field_name)]

    def to_representation(self, value: int) -> int:
        return value


class SearchSerializer(serializers.ModelSerializer[Search]):
    filters = serializers.DictField(help_text="What it was narrowed to.")
    recall_path = serializers.ChoiceField(choices=RecallPath.values)
    hidden = serializers.SerializerMethodField(
        help_text="Clauses of the answer whose matter you may no longer see; they are in no other count."
    )
    truncated = serializers.SerializerMethodField(
        help_text="Clauses that have the words and are not in the answer, which was full. Ask for less, or narrow it."
    )
    notices = serializers.SerializerMethodField(help_text="Of the question; those of a clause stand with its hit.")
    verifier = serializers.SerializerMethodField(help_text="Empty when nothing was verified: plain word hits.")
    seconds = serializers.SerializerMethodField(help_text="All steps together.")

    class Meta:
        model = Search
        fields = [
            "id", "query", "understood", "filters", "created_at", "eligible", "recalled", "verified", "beside",
            "more_likely", "recall_path", "hidden", "truncated", "notices", "verifier", "seconds",
        ]  # fmt: skip
        extra_kwargs = {
            "understood": {"help_text": "A query in words mode, said back in plain words."},
            "eligible": {"help_text": "Passages you may see, after filters."},
            "recalled": {"help_text": "Passages brought by recall: the smaller of limit and eligible. In words mode, "
                         "clauses found."},
            "verified": {"help_text": "Of those, read by the verifier."},
            "beside": {"help_text": "Passages read besides, as they stand beside near misses. One that surely "
                       "supports is a hit without similarity."},
            "more_likely": {"help_text": "Of the last passages read some say what was asked, and others were not read. "
                            "Ask with a larger limit, or without one and with Prefer: respond-async."},
        }  # fmt: skip

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {**super().get_fields(), **{key: GroupCount(read_only=True) for key in GROUP_KEYS}}

    def get_hidden(self, search: Search) -> int:
        return int(self.context["counts"][search.pk][HIDDEN])

    def get_truncated(self, search: Search) -> int:
        counts: Counter[str] = self.context["counts"][search.pk]
        return max(search.recalled - counts.total(), 0) if search.recall_path == RecallPath.WORDS else 0

    @extend_schema_field(NoticeSerializer(many=True))
    def get_notices(self, search: Search) -> list[dict[str, str]]:
        return [asdict(notice) for notice in notices_on_question(search.query)] if search.verifier_name else []

    @extend_schema_field(VerifierSerializer)
    def get_verifier(self, search: Search) -> dict[str, str]:
        return {"name": search.verifier_name, "sha256": search.verifier_sha256}

    def get_seconds(self, search: Search) -> float:
        return float(sum(search.seconds.values()))


class AnsweredSerializer(SearchSerializer):
    hits = serializers.SerializerMethodField(help_text="The first of them; all are under /hits.")

    class Meta(SearchSerializer.Meta):
        fields = [*SearchSerializer.Meta.fields, "hits"]

    @extend_schema_field(ReviewedHitSerializer(many=True))
    def get_hits(self, search: Search) -> Any:
        return shown_with_reviews(self.context["hits"], cast(User, search.user))


class JobSerializer(serializers.ModelSerializer[SearchJob]):
    filters = serializers.DictField(help_text="What it is narrowed to.")
    search = serializers.UUIDField(source="search_id", allow_null=True, help_text="The answer; null until it is done.")

    class Meta:
        model = SearchJob
        fields = ["id", "query", "filters", "state", "error", "search", "created_at", "finished_at"]
        extra_kwargs = {"error": {"help_text": "Why it failed, and what to do."}}


def count_groups(searches: Iterable[Search], user: User) -> dict[UUID, Counter[str]]:
    """Hits of each search by group, of matters that the user may see now, and those hidden; one query for a page."""
    counts: dict[UUID, Counter[str]] = {search.pk: Counter() for search in searches}
    stored = Hit.objects.filter(search__in=list(counts))
    visible = Hit.objects.visible_to(user).filter(search__in=list(counts)).values("pk")
    group = Case(*(When(of_group(key), then=Value(key)) for key in GROUP_KEYS), output_field=CharField())
    rows = (
        stored.order_by()
        .values_list("search", group)
        .annotate(number=Count("pk"), seen=Count("pk", filter=Q(pk__in=visible)))
    )
    for search, key, number, seen in rows:
        counts[search][key] += seen
        counts[search][HIDDEN] += number - seen
    return counts
