"""The forms of playbooks and their checks in the API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from contracts.models import Contract, Matter
from contracts.rest.strict import StrictSerializer
from search.absence.serializers import MissedSerializer
from search.models import AbsenceCheck, Playbook, PlaybookCheck, Position
from search.playbook.cells import STANDINGS, Cell, Grid
from search.playbook.models import LONGEST_GUIDANCE, LONGEST_NAME, LONGEST_STATEMENT
from search.playbook.positions import MOST_POSITIONS, PositionText
from search.question_serializers import LARGEST_ID, MOST_IDS, IdList, check_visible


class PositionSerializer(StrictSerializer):
    statement = serializers.CharField(max_length=LONGEST_STATEMENT, help_text="What the contract should say.")
    topic = serializers.CharField(
        max_length=LONGEST_NAME, required=False, allow_blank=True, default="", help_text="Heads its column."
    )
    guidance = serializers.CharField(
        max_length=LONGEST_GUIDANCE,
        required=False,
        allow_blank=True,
        default="",
        help_text="What to do where it is missing or contradicted.",
    )


class PlaybookTextSerializer(StrictSerializer):
    name = serializers.CharField(max_length=LONGEST_NAME)
    positions = PositionSerializer(many=True, max_length=MOST_POSITIONS)

    def written(self) -> tuple[str, list[PositionText]]:
        valid = self.validated_data
        return valid["name"], [PositionText(**one) for one in valid["positions"]]


class StoredPositionSerializer(serializers.ModelSerializer[Position]):
    class Meta:
        model = Position
        fields = ["place", "topic", "statement", "guidance"]


class PlaybookSerializer(serializers.ModelSerializer[Playbook]):
    positions = StoredPositionSerializer(many=True)

    class Meta:
        model = Playbook
        fields = ["id", "name", "created_at", "changed_at", "positions"]


class PlaybookQuestionSerializer(StrictSerializer):
    playbook = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, help_text="One of your playbooks.")
    matters = IdList(required=False, max_length=MOST_IDS, help_text="Only these matters.")
    contracts = IdList(required=False, max_length=MOST_IDS, help_text="Only these contracts.")

    def validate_matters(self, ids: list[int]) -> list[int]:
        check_visible(ids, Matter.objects.visible_to(self.context["request"].user))
        return ids

    def validate_contracts(self, ids: list[int]) -> list[int]:
        check_visible(ids, Contract.objects.visible_to(self.context["request"].user))
        return ids


class ColumnSerializer(serializers.Serializer[Any]):
    place = serializers.IntegerField()
    topic = serializers.CharField()
    statement = serializers.CharField()
    guidance = serializers.CharField()
    state = serializers.ChoiceField(choices=AbsenceCheck.State.choices)
    search = serializers.UUIDField(allow_null=True, help_text="Its hits are what the cells rest on.")


class CellSerializer(serializers.Serializer[Any]):
    contract_id = serializers.IntegerField()
    place = serializers.IntegerField(help_text="Of the position.")
    standing = serializers.ChoiceField(choices=list(STANDINGS))
    reason = serializers.CharField()
    citation = serializers.CharField(help_text="Of the clause that decided; empty when none did.")


class PlaybookCheckSerializer(serializers.ModelSerializer[PlaybookCheck]):
    # Its context holds "progress" and "grid"; a docstring would be in the schema.
    playbook = serializers.IntegerField(source="playbook_id", allow_null=True)
    filters = serializers.DictField(help_text="What it was narrowed to.")
    state = serializers.SerializerMethodField()
    errors = serializers.SerializerMethodField(help_text="Why readings stopped, and what to do.")
    passages = serializers.SerializerMethodField(
        help_text="To be read, headings not among them, counted once for each position."
    )
    passages_read = serializers.SerializerMethodField()
    closed = serializers.SerializerMethodField(
        help_text="Contracts of the scope that are closed to you now, or deleted; they have no cells."
    )
    missed = serializers.SerializerMethodField(
        help_text="What the verifier missed when it was measured; null where that is not known."
    )
    positions = serializers.SerializerMethodField()
    cells = serializers.SerializerMethodField(help_text="One for each contract and position.")

    class Meta:
        model = PlaybookCheck
        fields = [
            "id", "playbook", "name", "filters", "created_at", "state", "errors", "passages", "passages_read",
            "closed", "missed", "positions", "cells",
        ]  # fmt: skip

    @extend_schema_field(serializers.ChoiceField(choices=AbsenceCheck.State.choices))
    def get_state(self, check: PlaybookCheck) -> str:
        return str(self.context["progress"].state)

    def get_errors(self, check: PlaybookCheck) -> list[str]:
        return list(self.context["progress"].errors)

    def get_passages(self, check: PlaybookCheck) -> int:
        return int(self.context["progress"].passages)

    def get_passages_read(self, check: PlaybookCheck) -> int:
        return int(self.context["progress"].read)

    def get_closed(self, check: PlaybookCheck) -> int:
        return int(self.context["grid"].closed)

    @extend_schema_field(MissedSerializer(allow_null=True))
    def get_missed(self, check: PlaybookCheck) -> Any:
        measure = self.context["progress"].missed.measure
        return MissedSerializer(measure).data if measure else None

    @extend_schema_field(ColumnSerializer(many=True))
    def get_positions(self, check: PlaybookCheck) -> Any:
        searches = dict(check.positions.values_list("place", "reading__search"))
        return [
            {
                "place": column.place,
                "topic": column.topic,
                "statement": column.statement,
                "guidance": column.guidance,
                "state": column.state,
                "search": searches[column.place],
            }
            for column in self.context["grid"].columns
        ]

    @extend_schema_field(CellSerializer(many=True))
    def get_cells(self, check: PlaybookCheck) -> Any:
        return [_shown(cell) for cell in _cells(self.context["grid"])]


def _cells(grid: Grid) -> Iterable[Cell]:
    return (cell for row in grid.rows for cell in row.cells)


def _shown(cell: Cell) -> dict[str, Any]:
    return {
        "contract_id": cell.contract_id,
        "place": cell.place,
        "standing": cell.key,
        "reason": cell.told,
        "citation": cell.citation,
    }


class PlaybookCheckEntrySerializer(serializers.ModelSerializer[PlaybookCheck]):
    playbook = serializers.IntegerField(source="playbook_id", allow_null=True)
    filters = serializers.DictField(help_text="What it was narrowed to.")

    class Meta:
        model = PlaybookCheck
        fields = ["id", "playbook", "name", "filters", "created_at"]
