"""Which contracts the list shows: by the end of the term and by how they are renewed."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet

from contracts.models import Contract
from contracts.text.renewal import CHOICES

LOOKUPS = {"ends_from": "expires_on__gte", "ends_until": "expires_on__lte", "renewal": "renewal"}


class ListFilter(forms.Form):
    ends_from = forms.DateField(required=False, label="Ends from", widget=forms.DateInput({"type": "date"}))
    ends_until = forms.DateField(required=False, label="Ends until", widget=forms.DateInput({"type": "date"}))
    renewal = forms.ChoiceField(required=False, choices=[("", "Any"), *CHOICES])

    def narrow(self, contracts: QuerySet[Contract]) -> QuerySet[Contract]:
        """All of them while the form is wrong: it says so beside them."""
        return contracts.filter(**{LOOKUPS[name]: value for name, value in self.chosen().items()})

    def chosen(self) -> dict[str, object]:
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}

    @property
    def address(self) -> str:
        """To be put before the number of a page."""
        chosen = urlencode(self.chosen())
        return f"{chosen}&" if chosen else ""
