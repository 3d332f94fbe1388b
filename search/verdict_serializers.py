"""The forms of verdicts in the API: of one text, and of a hit of a search."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from rest_framework import serializers

from search.amended_hits import amended
from search.labels import GROUPS, LABELS
from search.models import Hit
from search.notices import CODES
from search.present import MARKS, HitView, present_hit
from search.reason_codes import ReasonCode

GROUP_KEYS = [group.key for group in GROUPS]


class SegmentSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    mark = serializers.ChoiceField(choices=["", *MARKS])
    left_out = serializers.BooleanField(help_text="Words of the contract are left out before it.")


class EvidenceSerializer(serializers.Serializer[Any]):
    start = serializers.IntegerField(help_text="Into text.")
    end = serializers.IntegerField()
    weight = serializers.FloatField(help_text="Mean probability that these words decided, 0 to 1.")


class RolesSerializer(serializers.Serializer[Any]):
    """Who owes what, in the statement that decided; empty where the words do not say."""

    bearer = serializers.CharField(default="")
    counterparty = serializers.CharField(default="")
    modality = serializers.CharField(default="")
    mutual = serializers.BooleanField(default=False, help_text="Each of the two owes it to the other.")
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


class AmendedSerializer(serializers.Serializer[Any]):
    """What a clause of an amendment does to a clause of the contract that it amends."""

    said = serializers.CharField(help_text="Restated, replaced, deleted, amended, or overridden in part by it.")
    contract_id = serializers.IntegerField(help_text="The amendment.")
    clause_id = serializers.IntegerField(allow_null=True, help_text="Where it says so; null for the whole of it.")
    title = serializers.CharField(help_text="Of the amendment.")
    place = serializers.CharField(help_text="The number of its clause; empty where it has none.")
    section = serializers.CharField(help_text="Which it names; empty where it restates the whole contract.")


class VerdictSerializer(serializers.Serializer[Any]):
    """What the verifier says of one text, and why."""

    label = serializers.ChoiceField(choices=list(LABELS))
    label_text = serializers.CharField()
    group = serializers.ChoiceField(choices=GROUP_KEYS)
    probability = serializers.FloatField(allow_null=True, help_text="Of the label; null when not verified.")
    probabilities = serializers.DictField(child=serializers.FloatField(), help_text="Of every label.")
    reason = serializers.CharField()
    reason_code = serializers.ChoiceField(
        choices=ReasonCode.choices,
        allow_null=True,
        help_text="What kind of reason it is, for programs. Null of plain word hits, which have no reason, and in "
        "answers that were stored before there were codes.",
    )
    text = serializers.CharField(
        help_text="The words that were read: the passage with its lead-in. No quotation where left_out is not empty."
    )
    left_out = serializers.ListField(
        child=serializers.IntegerField(),
        allow_null=True,
        help_text="Offsets into text before which words of the contract are left out, such as other items of the "
        "list: quote with an ellipsis there. Null where the contract was read before these were kept.",
    )
    evidence = EvidenceSerializer(many=True)
    roles = RolesSerializer()
    notices = NoticeSerializer(many=True)
    verifier = VerifierSerializer()


class HitSerializer(VerdictSerializer):
    # Its context holds the "amendments" of amended_hits; a docstring would be in the schema.
    rank = serializers.IntegerField()
    contract_id = serializers.IntegerField(allow_null=True, help_text="Null when the contract was deleted since.")
    clause_id = serializers.IntegerField(
        allow_null=True, help_text="Null when the contract was read again or deleted since."
    )
    matter = serializers.IntegerField(allow_null=True, help_text="Its id; null when the matter was deleted since.")
    version = serializers.IntegerField(allow_null=True, help_text="Of the contract; null when it was deleted since.")
    current = serializers.BooleanField(
        allow_null=True,
        help_text="False: another version of its document has taken its place. Null when it was deleted since.",
    )
    contract_title = serializers.CharField()
    number = serializers.CharField()
    heading_path = serializers.ListField(child=serializers.CharField())
    page = serializers.IntegerField(allow_null=True)
    citation = serializers.CharField()
    quote = serializers.CharField(help_text="text with an ellipsis where words are left out, to be shown or quoted.")
    part = serializers.CharField(help_text="What of its clause is not in text, in words; empty where nothing is known.")
    start = serializers.IntegerField(help_text="Of the passage, in the contract's text.")
    end = serializers.IntegerField()
    similarity = serializers.FloatField(allow_null=True, help_text="Of recall; it decides nothing.")
    stable = serializers.BooleanField(
        allow_null=True,
        help_text="False: the verdict did not follow when the question's two parties were exchanged; check by hand. "
        "Null where it was not checked: the question names no two parties, or the verdict is of another kind.",
    )
    under = serializers.IntegerField(
        allow_null=True,
        help_text="Of a flagged item of a list: the rank of the clause of that list that surely supports; of a "
        "condition (“provided that: (a) ...”): the rank of the first that supports under the same duty. Else null.",
    )
    segments = SegmentSerializer(many=True, help_text="Joined, they are text.")
    amended = AmendedSerializer(
        many=True,
        help_text="What amendments of its contract, of those that you may see now, do to this clause by their words: "
        "read them before you rely on it.",
    )

    def to_representation(self, instance: Hit) -> dict[str, Any]:
        view = present_hit(instance)
        stored = {
            name: getattr(instance, name)
            for name in ("probabilities", "text", "evidence", "roles", "start", "end", "similarity")
        }
        search = instance.search
        verifier = {"name": search.verifier_name, "sha256": search.verifier_sha256}
        told = {name: vars(instance).get(name) for name in ("version", "current")}  # as visible_to says
        stored |= {"quote": view.quote, "matter": instance.matter_id} | told
        stored["amended"] = amended(view, self.context["amendments"])
        shown = {field.name: getattr(view, field.name) for field in fields(HitView)} | stored
        return dict(super().to_representation(shown | {"verifier": verifier}))
