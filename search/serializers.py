"""The forms of questions, answers and verdicts in the API."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from contracts.models import Contract, Matter
from contracts.rest.strict import StrictSerializer
from contracts.text.contract_types import CHOICES
from contracts.text.renewal import CHOICES as RENEWAL_CHOICES
from search.labels import GROUPS, LABELS
from search.models import Hit, Search, SearchJob
from search.notices import CODES, notices_on_question
from search.present import MARKS, HitView, present_hit
from search.search import MAX_LIMIT

MOST_IDS = 1000
LARGEST_ID = 2**63 - 1
GROUP_KEYS = [group.key for group in GROUPS]
HIDDEN = "hidden"  # beside the groups, in what count_groups counts
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
    laws = LawList(required=False, max_length=MOST_IDS, help_text="Only these governing laws; empty: none stated.")
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


class SegmentSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    mark = serializers.ChoiceField(choices=["", *MARKS])


class EvidenceSerializer(serializers.Serializer[Any]):
    start = serializers.IntegerField(help_text="Into text.")
    end = serializers.IntegerField()
    weight = serializers.FloatField(help_text="Its share of the decision.")


class RolesSerializer(serializers.Serializer[Any]):
    """Who owes what, in the statement that decided; empty where the words do not say."""

    bearer = serializers.CharField(default="")
    counterparty = serializers.CharField(default="")
    modality = serializers.CharField(default="")
    parties = serializers.ListField(
        child=serializers.CharField(), default=list, help_text="Supplier = Northgate Analytics Ltd"
    )


class VerifierSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    sha256 = serializers.CharField(help_text="Of its weights.")


class NoticeSerializer(serializers.Serializer[Any]):
    """What is to be read beside a verdict: where the verifier was asked for more than it can tell."""

    code = serializers.ChoiceField(choices=CODES)
    text = serializers.CharField()


class VerdictSerializer(serializers.Serializer[Any]):
    """What the verifier says of one text, and why."""

    label = serializers.ChoiceField(choices=list(LABELS))
    label_text = serializers.CharField()
    group = serializers.ChoiceField(choices=GROUP_KEYS)
    probability = serializers.FloatField(allow_null=True, help_text="Of the label; null when not verified.")
    probabilities = serializers.DictField(child=serializers.FloatField(), help_text="Of every label.")
    reason = serializers.CharField()
    text = serializers.CharField(help_text="The words that were read: the passage with its lead-in.")
    evidence = EvidenceSerializer(many=True)
    roles = RolesSerializer()
    notices = NoticeSerializer(many=True)
    verifier = VerifierSerializer()


class HitSerializer(VerdictSerializer):
    rank = serializers.IntegerField()
    contract_id = serializers.IntegerField(allow_null=True, help_text="Null when the contract was deleted since.")
    clause_id = serializers.IntegerField(
        allow_null=True, help_text="Null when the contract was read again or deleted since."
    )
    matter = serializers.IntegerField(allow_null=True, help_text="Its id; null when the matter was deleted since.")
    version = serializers.IntegerField(allow_null=True, help_text="Of the contract; null when it was deleted since.")
    contract_title = serializers.CharField()
    number = serializers.CharField()
    heading_path = serializers.ListField(child=serializers.CharField())
    page = serializers.IntegerField(allow_null=True)
    citation = serializers.CharField()
    start = serializers.IntegerField(help_text="Of the passage, in the contract's text.")
    end = serializers.IntegerField()
    similarity = serializers.FloatField(allow_null=True, help_text="Of recall; it decides nothing.")
    stable = serializers.BooleanField(
        allow_null=True,
        help_text="False: the verdict did not follow when the question's two parties were exchanged; check by hand. "
        "Null where it was not checked: the question names no two parties, or the verdict is of another kind.",
    )
    segments = SegmentSerializer(many=True, help_text="Joined, they are text.")

    def to_representation(self, instance: Hit) -> dict[str, Any]:
        view = present_hit(instance)
        stored = {
            name: getattr(instance, name)
            for name in ("probabilities", "text", "evidence", "roles", "start", "end", "similarity")
        }
        search = instance.search
        verifier = {"name": search.verifier_name, "sha256": search.verifier_sha256}
        stored |= {"matter": instance.matter_id, "version": vars(instance).get("version")}  # as visible_to says
        shown = {field.name: getattr(view, field.name) for field in fields(HitView)} | stored
        return dict(super().to_representation(shown | {"group": LABELS[view.label].group, "verifier": verifier}))


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
    recall_path = serializers.ChoiceField(choices=["exact", "hnsw", "words", "every"])
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
            "recall_path", "hidden", "truncated", "notices", "verifier", "seconds",
        ]  # fmt: skip
        extra_kwargs = {
            "understood": {"help_text": "A query in words mode, said back in plain words."},
            "eligible": {"help_text": "Passages you may see, after filters."},
            "recalled": {"help_text": "Passages brought by recall: the smaller of limit and eligible. In words mode, "
                         "clauses found."},
            "verified": {"help_text": "Of those, read by the verifier."},
            "beside": {"help_text": "Passages read besides, as they stand beside near misses. One that surely "
                       "supports is a hit without similarity."},
        }  # fmt: skip

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {**super().get_fields(), **{key: GroupCount(read_only=True) for key in GROUP_KEYS}}

    def get_hidden(self, search: Search) -> int:
        return int(self.context["counts"][search.pk][HIDDEN])

    def get_truncated(self, search: Search) -> int:
        counts: Counter[str] = self.context["counts"][search.pk]
        return max(search.recalled - counts.total(), 0) if search.recall_path == "words" else 0

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

    @extend_schema_field(HitSerializer(many=True))
    def get_hits(self, search: Search) -> Any:
        return HitSerializer(self.context["hits"], many=True).data


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
    rows = (
        stored.order_by()
        .values_list("search", "label")
        .annotate(number=Count("pk"), shown=Count("pk", filter=Q(pk__in=visible)))
    )
    for search, label, number, shown in rows:
        counts[search][LABELS[label].group] += shown
        counts[search][HIDDEN] += number - shown
    return counts
