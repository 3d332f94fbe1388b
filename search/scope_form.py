"""Which contracts something is asked of, chosen in a form: by what they are, those of an answer or list, or one by one.

Pressing "Show" sends the form back, filled as it was, with the contracts that were looked for; nothing is read then.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils.functional import cached_property

from contracts.ids import is_id
from contracts.models import Contract, Matter
from contracts.text.contract_types import CHOICES
from contracts.text.jurisdiction import jurisdiction
from contracts.text.renewal import CHOICES as RENEWAL_CHOICES
from contracts.text.said_date import said_date
from search.contract_sources import contracts_of, scope_source, source_choices
from search.filters import Filters
from search.page_state import UNSTATED, VERSIONS, PageState

MOST_PARTIES = 3  # named of each contract


# Name in the address of a search -> of the field. All but the last hold one value.
FIELDS = {name: name for name in ("matter", "type", "kind", "law", "renewal")} | {
    "from": "dated_from", "until": "dated_until", "ends-from": "ends_from", "ends-until": "ends_until",
    "contract": "contracts",
}  # fmt: skip


SHOW = "show"  # the button


class ContractChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    def label_from_instance(self, contract: Any) -> str:
        """Enough to tell forty master services agreements apart."""
        parties = " / ".join(party.name for party in list(contract.parties.all())[:MOST_PARTIES])
        day = contract.dated or said_date(contract.effective_date)
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
    those_of = forms.ChoiceField(required=False, label="Tick those of")
    find = forms.CharField(required=False, label="Find by title, party or file", max_length=200)
    contracts = ContractChoice(Contract.objects.none(), required=False, label="Only these contracts")

    def __init__(self, user: AbstractBaseUser | AnonymousUser, data: Any = None, initial: Any = None) -> None:
        """``initial``: with the contracts of ``those_of``, which are ticked then."""
        self.user = user
        source = (data or initial or {}).get("those_of", "")
        self.brought: set[int] | None = None  # contracts of ``those_of``
        if initial and source:
            self.brought = contracts_of(user, source)
            ticked = {*map(int, initial.get("contracts", ())), *self.brought}
            initial = initial | {"contracts": sorted(ticked), "those_of": ""}
        super().__init__(data, initial=initial)
        cast(forms.ChoiceField, self.fields["those_of"]).choices = [("", "–"), *source_choices(user, source)]
        visible = Contract.objects.visible_to(user).filter(state=Contract.State.READY)
        matters = cast("forms.ModelChoiceField[Matter]", self.fields["matter"])
        contracts = cast("forms.ModelMultipleChoiceField[Contract]", self.fields["contracts"])
        matters.queryset = Matter.objects.visible_to(user)
        contracts.queryset = visible.defer("text").prefetch_related("parties").order_by(Lower("title"), "pk")
        laws = sorted(
            {jurisdiction(law) for law in visible.order_by().values_list("governing_law", flat=True).distinct()}
        )
        cast(forms.ChoiceField, self.fields["law"]).choices = [
            ("", "Any"),
            *((law or UNSTATED, law or "No law stated") for law in laws),
        ]

    def clean(self) -> dict[str, Any]:
        """What was chosen and not shown yet is ticked all the same."""
        cleaned: dict[str, Any] = super().clean() or {}
        if source := cleaned.get("those_of"):
            chosen = cast("forms.ModelMultipleChoiceField[Contract]", self.fields["contracts"]).queryset
            theirs = chosen.filter(pk__in=contracts_of(self.user, source)) if chosen is not None else ()
            if not theirs:
                self.add_error("those_of", "It has no contract that is open to you now. Choose another, or none.")
            cleaned["contracts"] = {*cleaned.get("contracts", ()), *theirs}
        return cleaned

    @property
    def ticked(self) -> int:
        return sum(ticked for _, _, ticked in self.options)

    @cached_property
    def options(self) -> list[tuple[Contract, str, bool]]:
        """Contracts to choose from with their names, ticked ones first, of the others those that were looked for."""
        field = cast(ContractChoice, self.fields["contracts"])
        ticked = {str(pk) for pk in self["contracts"].value() or ()}
        words = (self["find"].value() or "").casefold().split()
        named = [(one, field.label_from_instance(one), str(one.pk) in ticked) for one in field.queryset or ()]
        found = [one for one in named if one[2] or all(word in one[1].casefold() for word in words)]
        return sorted(found, key=lambda one: not one[2])

    @property
    def not_ticked(self) -> str:
        """What of ``those_of`` could not be ticked: without a word, more or less would be read than one came for."""
        if self.brought is None:
            return ""
        if not self.brought:
            return "Where you come from no contract is open to you now, so none is ticked, and all would be read."
        left = len(self.brought - {contract.pk for contract, _, ticked in self.options if ticked})
        if not left:
            return ""
        are = "contract that you come from is" if left == 1 else "contracts that you come from are"
        return f"{left} {are} not ticked: being read into clauses again, or that failed."

    def filters(self) -> Filters:
        chosen = self.cleaned_data
        law = "" if chosen["law"] == UNSTATED else chosen["law"]
        return Filters(
            matters=(chosen["matter"].pk,) if chosen["matter"] else (),
            contracts=tuple(sorted(contract.pk for contract in chosen["contracts"])),
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
    """The question and the contracts of a search, for ``read_initial``: in fields, or ticked where these hold less."""
    names = Counter(one.name for one in state.scope if one.name != "contract")
    if max(names.values(), default=0) > 1 or any(one.excluded or one.name in VERSIONS for one in state.scope):
        return urlencode({"q": state.query, "those_of": scope_source(state)})
    return urlencode([("q", state.query), *((FIELDS[one.name], one.value) for one in state.scope)])


def read_initial(parameters: QueryDict) -> dict[str, Any]:
    """What the form is filled with from an address, or from itself; nothing is read or searched yet."""
    fields = ("q", *ScopeForm.base_fields)
    filled: dict[str, Any] = {name: parameters[name] for name in fields if name in parameters}
    if "law" in filled:
        filled["law"] = jurisdiction(filled["law"])
    return filled | {"contracts": [pk for pk in parameters.getlist("contracts") if is_id(pk)]}
