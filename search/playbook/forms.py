from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from search.playbook.models import LONGEST_GUIDANCE, LONGEST_NAME, LONGEST_STATEMENT, Playbook
from search.playbook.positions import MOST_POSITIONS, PositionText

BLANK_LINES = 3


class NewPlaybookForm(forms.Form):
    name = forms.CharField(max_length=LONGEST_NAME, required=False, label="Name")
    file = forms.FileField(required=False, label="From a file")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("name") and not cleaned.get("file"):
            raise forms.ValidationError("Give the playbook a name, or choose a file.")
        return cleaned


class PositionForm(forms.Form):
    place = forms.IntegerField(required=False, min_value=1, max_value=999, label="Place")
    topic = forms.CharField(required=False, max_length=LONGEST_NAME, label="Topic")
    statement = forms.CharField(
        required=False,
        max_length=LONGEST_STATEMENT,
        label="The contract says",
        widget=forms.Textarea({"rows": 2, "placeholder": "Supplier indemnifies Customer against third-party claims"}),
    )
    guidance = forms.CharField(
        required=False,
        max_length=LONGEST_GUIDANCE,
        label="If it does not",
        widget=forms.Textarea({"rows": 2, "placeholder": "Ask for mutual indemnity; never accept none"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("statement") and (cleaned.get("topic") or cleaned.get("guidance")):
            self.add_error("statement", "State what the contract should say.")
        return cleaned


PositionFormSet = forms.formset_factory(PositionForm, extra=BLANK_LINES, max_num=MOST_POSITIONS, validate_max=True)


def position_forms(playbook: Playbook, data: Any = None) -> Any:
    written = [
        {"place": one.place, "topic": one.topic, "statement": one.statement, "guidance": one.guidance}
        for one in playbook.positions.all()
    ]
    return PositionFormSet(data, initial=written, prefix="positions")


def positions_in(forms_filled: Any) -> Sequence[PositionText]:
    """In the order of their places; those without stand last, those without a statement are left out."""
    rows = [form.cleaned_data for form in forms_filled if form.cleaned_data.get("statement")]
    rows.sort(key=lambda row: row["place"] or 1000)
    return [PositionText(row["statement"], row["topic"], row["guidance"]) for row in rows]
