"""Which contracts something is asked of, chosen in a form: by what they are, or one by one."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models.functions import Lower
from django.http import QueryDict

from contracts.ids import is_id
from contracts.models import Contract, Matter
from contracts.text.contract_types import CHOICES
from contracts.text.renewal import CHOICES as RENEWAL_CHOICES
from search.filters import Filters
from search.page_state import UNSTATED, PageState

MOST_PARTIES = 3  # named of each contract


# Name in the address of a search -> of the field.
FIELDS = {name: name for name in ("matter", "type", "kind", "law")} | {"from": "dated_from", "until": "dated_until"}


class ContractChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    def label_from_instance(self, contract: Any) -> str:
        """Enough to tell forty master services agreements apart."""
        parties = " / ".join(party.name for party in list(contract.parties.all())[:MOST_PARTIES])
        day = contract.agreement_date or contract.effective_date
        return " · ".join(filter(None, (contract.title, parties, day, contract.file_name)))


class ScopeForm(forms.Form):
    matter = forms.ModelChoiceField(Matter.objects.none(), required=False, empty_label="All my matters")
    type = forms.ChoiceField(
        required=False,
        label="Type of contract",
        choices=[("", "Any"), *CHOICES, (UNSTATED, "Not known")],
    )
    kind = forms.ChoiceField(required=False, label="Kind of document", choices=[("", "Any"), *Contract.Kind.choices])
    law = forms.ChoiceField(required=False, label="Governing law")
    dated_from = forms.DateField(required=False, label="Dated from", widget=forms.DateInput({"type": "date"}))
    dated_until = forms.DateField(required=False, label="Dated until", widget=forms.DateInput({"type": "date"}))
    renewal = forms.ChoiceField(required=False, choices=[("", "Any"), *RENEWAL_CHOICES, (UNSTATED, "Not spoken of")])
    ends_from = forms.DateField(required=False, label="Ends from", widget=forms.DateInput({"type": "date"}))
    ends_until = forms.DateField(required=False, label="Ends until", widget=forms.DateInput({"type": "date"}))
    contracts = ContractChoice(
        Contract.objects.none(),
        required=False,
        label="Only these contracts",
        widget=forms.SelectMultiple({"size": 10}),
    )

    def __init__(self, user: AbstractBaseUser | AnonymousUser, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        visible = Contract.objects.visible_to(user).filter(state=Contract.State.READY)
        matters = cast("forms.ModelChoiceField[Matter]", self.fields["matter"])
        contracts = cast("forms.ModelMultipleChoiceField[Contract]", self.fields["contracts"])
        matters.queryset = Matter.objects.visible_to(user)
        contracts.queryset = visible.defer("text").prefetch_related("parties").order_by(Lower("title"), "pk")
        laws = visible.order_by("governing_law").values_list("governing_law", flat=True).distinct()
        cast(forms.ChoiceField, self.fields["law"]).choices = [
            ("", "Any"),
            *((law or UNSTATED, law or "No law stated") for law in laws),
        ]

    def filters(self) -> Filters:
        chosen = self.cleaned_data
        law = "" if chosen["law"] == UNSTATED else chosen["law"]
        return Filters(
            matters=(chosen["matter"].pk,) if chosen["matter"] else (),
            contracts=tuple(contract.pk for contract in chosen["contracts"]),
            laws=(law,) if chosen["law"] else (),
            kinds=(chosen["kind"],) if chosen["kind"] else (),
            types=("" if chosen["type"] == UNSTATED else chosen["type"],) if chosen["type"] else (),
            renewals=("" if chosen["renewal"] == UNSTATED else chosen["renewal"],) if chosen["renewal"] else (),
            dated_from=chosen["dated_from"],
            dated_until=chosen["dated_until"],
            ends_from=chosen["ends_from"],
            ends_until=chosen["ends_until"],
        )


def scope_address(state: PageState) -> str:
    """The question and the filters of a search, as far as the form has fields for them, for ``read_initial``."""
    fields = [(field, state.values(name)) for name, field in FIELDS.items()]
    one = [(field, values[0]) for field, values in fields if len(values) == 1]
    return urlencode([("q", state.query), *one, *(("contracts", value) for value in state.values("contract"))])


def read_initial(parameters: QueryDict) -> dict[str, Any]:
    """What the form is filled with from an address; nothing is read or searched yet."""
    fields = ("q", *FIELDS.values())
    filled: dict[str, Any] = {name: parameters[name] for name in fields if name in parameters}
    return filled | {"contracts": [pk for pk in parameters.getlist("contracts") if is_id(pk)]}
