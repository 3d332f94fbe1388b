"""The forms of a comparison in the API: what is compared, and how far each says what the other says."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from contracts.rest.strict import StrictSerializer
from search.labels import LABELS
from search.question_serializers import LARGEST_ID
from search.reason_codes import ReasonCode
from search.verdict_serializers import NoticeSerializer, VerifierSerializer
from search.wordings import LONGEST

ONE_OF = "Name one clause: its id as clause, or a hit of one of your searches as search and rank."
OR_TEXT = f"{ONE_OF[:-1]}; or give your own wording as text."
SIDES = ("first", "second")


class ClauseSideSerializer(StrictSerializer):
    clause = serializers.IntegerField(
        required=False, min_value=1, max_value=LARGEST_ID, help_text="The id of a clause, which is compared as a whole."
    )
    search = serializers.UUIDField(required=False, help_text="One of your searches.")
    rank = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**31 - 1,
        help_text="Of its hit, which is compared by the passage that was found.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if set(attrs) not in ({"clause"}, {"search", "rank"}):
            raise ValidationError(ONE_OF, code="one_of")
        return attrs


class SideSerializer(ClauseSideSerializer):
    text = serializers.CharField(
        required=False,
        max_length=LONGEST - 1,
        help_text="Your own wording, between the parties of the first's contract. It is not stored.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if set(attrs) not in ({"clause"}, {"search", "rank"}, {"text"}):
            raise ValidationError(OR_TEXT, code="one_of")
        return attrs


class ToCompareSerializer(StrictSerializer):
    first = ClauseSideSerializer(help_text="A clause, or a hit.")
    second = SideSerializer(help_text="Another, or your own wording.")


class WordingSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="Its citation, or “Your wording”.")
    clause_id = serializers.IntegerField(allow_null=True, help_text="Null of your own wording.")
    text = serializers.CharField(help_text="As it is quoted.")
    part = serializers.CharField(help_text="What of its clause is not compared, in words; empty where all of it is.")
    sentences = serializers.IntegerField(help_text="That are compared.")


class ChangeSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(trim_whitespace=False)
    change = serializers.ChoiceField(choices=["same", "deleted", "added"])


class SaidSerializer(serializers.Serializer[Any]):
    quote = serializers.CharField(help_text="The sentence.")
    label = serializers.ChoiceField(choices=list(LABELS), help_text="supported: the other says it.")
    label_text = serializers.CharField()
    probability = serializers.FloatField(allow_null=True, help_text="Of the label; null when not verified.")
    reason = serializers.CharField()
    reason_code = serializers.ChoiceField(choices=ReasonCode.choices)
    bearer = serializers.CharField(help_text="Who owes it in the other; empty where the words do not say.")
    notices = NoticeSerializer(many=True)


class DirectionSerializer(serializers.Serializer[Any]):
    of = serializers.ChoiceField(choices=SIDES, help_text="Whose sentences were asked for.")
    by = serializers.ChoiceField(choices=SIDES, help_text="In which they were looked for.")
    says_all = serializers.BooleanField(
        allow_null=True, help_text="by says all that of says; null where what could be read does not tell."
    )
    supported = serializers.IntegerField(help_text="Sentences that it says.")
    unread = serializers.IntegerField(help_text="Sentences of which that could not be read.")
    sentences = SaidSerializer(many=True)


class ComparisonSerializer(serializers.Serializer[Any]):
    first = WordingSerializer()
    second = WordingSerializer()
    same_words = serializers.BooleanField(help_text="But for white space and left-out words.")
    words = ChangeSerializer(many=True, help_text="Without what is added it is the first, without what is deleted the "
                             "second.")  # fmt: skip
    meaning = serializers.CharField(help_text="Whether the meaning changes, in one sentence.")
    doubt = serializers.CharField(help_text="Where the words speak against that; else empty.")
    concerns = serializers.ListField(
        child=serializers.CharField(), help_text="The parties for whom it changes, as far as the words name them."
    )
    limits = serializers.ListField(
        child=serializers.CharField(), help_text="What was not compared, or not as a whole, and of which side."
    )
    directions = DirectionSerializer(many=True, help_text="Both: the second read for the first, and the other way.")
    verifier = VerifierSerializer()
