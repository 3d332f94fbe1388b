"""A person corrects, confirms, removes or adds an amount of money; and what that says of those that are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.contrib.auth.models import User
from django.db import transaction

from contracts.audit.record import record
from contracts.corrections import NotCorrectable, keep_correction
from contracts.models import Amount, Clause, Contract, Correction
from contracts.text.corrections import ANCHOR

_CURRENCY = re.compile(r"[A-Z]{3}|[$¥]")
_LARGEST = Decimal(10) ** 24
_LONGEST = 60  # letters of the words of an amount


@dataclass(frozen=True, slots=True)
class AmountRow:
    amount: Amount
    correction: Correction | None  # or confirmation: the latest that was applied

    @property
    def value(self) -> str:
        """In figures, without its currency."""
        return said(self.amount).rpartition(" ")[2]

    @property
    def note(self) -> str:
        """How sure a reader can be of it."""
        if self.correction is None:
            return ""
        by = self.correction.made_by or "somebody"
        return f"confirmed by {by}" if self.correction.confirms else f"corrected by {by}: {said(self.amount)}"


def amount_rows(contract: Contract) -> list[AmountRow]:
    latest = amount_corrections(contract)
    return [AmountRow(one, latest.get(one.start)) for one in contract.amounts.select_related("clause")]


def amount_corrections(contract: Contract) -> Mapping[int, Correction]:
    """By the place of the amount, those that the shown reading has."""
    made = contract.corrections.active().filter(field="amount", applied=True).select_related("made_by")
    return {one.start: one for one in made.order_by("pk")}


def said(amount: Amount) -> str:
    """Its currency and its value without idle zeros: "USD 1500000", as corrections hold it."""
    return _value(amount.currency, amount.amount)


def correct_amount(amount: Amount, user: User, currency: str, value: str) -> Correction:
    return _keep(amount, user, said(amount), read_amount(currency, value))


def remove_amount(amount: Amount, user: User) -> Correction:
    return _keep(amount, user, said(amount), "")


@transaction.atomic
def confirm_amount(amount: Amount, user: User, currency: str, value: str) -> Correction:
    """``currency`` and ``value``: what the person saw. Nothing is read again."""
    contract = Contract.objects.select_for_update().get(pk=amount.contract_id)
    if contract.state != Contract.State.READY:
        raise NotCorrectable("The contract is being read again; confirm its amounts once it is ready.")
    if (seen := read_amount(currency, value)) != said(amount):
        raise NotCorrectable(f"{amount.written} is “{said(amount)}”, not “{seen}”. Confirm that, or correct it.")
    last = amount_corrections(contract).get(amount.start)
    if last and last.confirms:
        raise NotCorrectable(f"{amount.written} is confirmed already, by {last.made_by or 'somebody'}.")
    record(user, "confirmed", "contract", contract.pk, contract.matter_id, "amount")
    place = {"start": amount.start, "offset": amount.end - amount.start}
    anchor, value = contract.text[amount.start : amount.start + ANCHOR], said(amount)
    return Correction.objects.create(
        contract=contract, field="amount", **place, anchor=anchor, old_value=value, new_value=value, made_by=user,
        applied=True,
    )  # fmt: skip


def add_amount(clause: Clause, user: User, words: str, currency: str, value: str) -> Correction:
    """``words``: as they stand in the clause, such as "two million dollars"."""
    contract = clause.contract
    written = r"\s+".join(map(re.escape, words.split()))
    found = re.search(rf"(?<!\w){written}(?!\w)", contract.text[clause.start : clause.end]) if written else None
    if found is None:
        raise NotCorrectable("Write the amount's words as they stand in the clause.")
    start, length = clause.start + found.start(), found.end() - found.start()
    if length > _LONGEST:
        raise NotCorrectable(
            f"That is longer than the {_LONGEST} letters that fit. Write the words of the amount only."
        )
    if contract.amounts.filter(start__lt=start + length, end__gt=start).exists():
        raise NotCorrectable(f"“{words.strip()}” is an amount already. Correct that one.")
    return keep_correction(contract, user, "amount", "", read_amount(currency, value), start, length)


def read_amount(currency: str, value: str) -> str:
    """ "eur" and "1,500,000.00" as "EUR 1500000"."""
    known = currency.strip().upper()
    if not _CURRENCY.fullmatch(known):
        raise NotCorrectable(f"“{currency}” is no currency. Write its three letters, such as EUR, or $ or ¥ alone.")
    try:
        amount = Decimal("".join(value.replace(",", "").split()))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount < _LARGEST:
        raise NotCorrectable(f"“{value}” is no amount. Write it in figures, such as 1500000.50.")
    return _value(known, amount.quantize(Decimal("0.0001")))


def _value(currency: str, amount: Decimal) -> str:
    return f"{currency} {amount.normalize():f}"


def _keep(amount: Amount, user: User, old: str, new: str) -> Correction:
    return keep_correction(amount.contract, user, "amount", old, new, amount.start, amount.end - amount.start)
