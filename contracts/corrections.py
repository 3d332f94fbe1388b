"""A person corrects what was read. The correction is kept apart from the reading, which the worker then makes again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from contracts.audit.record import record
from contracts.fact_fields import fact_columns
from contracts.families import KIND_OF_RELATION
from contracts.ids import is_id
from contracts.models import Clause, Contract, Correction, Obligation, Party
from contracts.queue import BULK, INTERACTIVE, bring_reading_forward
from contracts.receive import read_again
from contracts.text.contract_types import CONTRACT_TYPES
from contracts.text.corrections import ANCHOR, CHOSEN, FACTS, Field
from contracts.text.corrections import Correction as ReadCorrection
from contracts.text.renewal import RENEWALS

LONGEST = {
    "title": 300, "kind": 60, "contract_type": 60, "agreement_date": 60, "effective_date": 60, "expiry_date": 120,
    "renewal": 60, "renewal_term": 60, "renewal_notice": 60, "governing_law": 120,
    "added": 300, "name": 300, "term": 120, "role": 120, "alias": 120, "number": 60, "heading": 300,
}  # fmt: skip


CHOICES: dict[str, dict[str, str]] = {
    "kind": {value: str(called) for value, called in Contract.Kind.choices},
    "contract_type": CONTRACT_TYPES,
    "renewal": RENEWALS,
}  # of the facts that are CHOSEN


class NotCorrectable(ValueError):
    """The correction cannot be made; the message says why and what to do."""


def corrections_of(contract: Contract) -> tuple[ReadCorrection, ...]:
    """In the order in which they were made, as the reading takes them."""
    return tuple(
        ReadCorrection(one.pk, cast(Field, one.field), one.new_value, one.start, one.anchor, one.offset, one.old_value)
        for one in contract.corrections.active()
    )


def correct_fact(
    contract: Contract,
    user: User | None,
    field: str,
    value: str,
    *,
    given: bool = False,
    priority: int = INTERACTIVE,
) -> Correction:
    if field not in FACTS:
        raise NotCorrectable(f"{field} is no fact that can be corrected.")
    if field in CHOSEN:
        value = read_choice(field, value)
    if field == "kind" and not given:
        _check_kind(contract, value)
    correction = keep_correction(contract, user, field, getattr(contract, field), value, given=given, priority=priority)
    now = fact_columns(field, correction.new_value)
    Contract.objects.filter(pk=contract.pk).update(**now)  # shown before it is read again
    return correction


def _check_kind(contract: Contract, kind: str) -> None:
    if not kind:
        raise NotCorrectable(f"Every contract has a kind. Choose one of: {', '.join(Contract.Kind.values)}.")
    if KIND_OF_RELATION.get(contract.relation, kind) != kind:
        told = f"Its kind follows from what it is to its parent: “{contract.get_relation_display()}”."
        raise NotCorrectable(f"{told} Change that relation, or take it out of its family.")


@transaction.atomic
def confirm_fact(contract: Contract, user: User, field: str, value: str) -> Correction:
    """``value``: what the person saw, which must be what is read."""
    if field not in FACTS:
        raise NotCorrectable(f"{field} is no fact that can be confirmed.")
    latest = Contract.objects.select_for_update().only("state", field).get(pk=contract.pk)
    called = Correction.Field(field).label
    if latest.state != Contract.State.READY:
        raise NotCorrectable("The contract is being read again; confirm its facts once it is ready.")
    if (current := getattr(latest, field)) != value:
        raise NotCorrectable(f"{called} is “{current}”, not “{value}”. Confirm that, or correct it.")
    last = contract.corrections.active().filter(field=field).last()
    if last and last.confirms:
        raise NotCorrectable(f"{called} is confirmed already, by {last.made_by or 'somebody'}.")
    record(user, "confirmed", "contract", contract.pk, contract.matter_id, field)
    return Correction.objects.create(
        contract=contract, field=field, old_value=value, new_value=value, made_by=user, applied=True
    )


def read_choice(field: str, written: str) -> str:
    """A type of contract or of renewal, by its value or its name; "" for none."""
    choices = CHOICES[field]
    called = {name.casefold(): value for value, called in choices.items() for name in (value, called)}
    value = called.get(" ".join(written.split()).casefold(), "")
    if written.strip() and not value:
        what = Correction.Field(field).label.lower()
        raise NotCorrectable(f"“{written}” is no {what}. Choose one of: {', '.join(choices)}.")
    return value


def give_facts(contract: Contract, user: User | None, facts: Mapping[str, str], priority: int = BULK) -> None:
    """Facts that came with the file. What the sender said before is no news: what a person has made of it stays."""
    before = dict(contract.corrections.filter(given=True).order_by("pk").values_list("field", "new_value"))
    for field, value in facts.items():
        told = read_choice(field, value) if field in CHOSEN else " ".join(value.split())
        if before.get(field) != told:
            correct_fact(contract, user, field, told, given=True, priority=priority)


def correct_party(party: Party, user: User, field: str, value: str) -> Correction:
    """``field``: name, term or role. An empty name says that it is no party."""
    if field not in ("name", "term", "role"):
        raise NotCorrectable(f"{field} of a party cannot be corrected.")
    if field == "role" and not value.strip():
        raise NotCorrectable("Write the role, such as Supplier.")
    old = {"name": party.name, "term": party.term, "role": ""}[field]
    if field == "role" and value.strip() in party.aliases:
        raise NotCorrectable("The party has this role already.")
    return keep_correction(party.contract, user, field, old, value, party.start)


def add_party(contract: Contract, user: User, name: str) -> Correction:
    place = contract.text.find(name.strip())
    if not name.strip() or place < 0:
        raise NotCorrectable("Write the party's name as it stands in the contract.")
    if contract.parties.filter(start=place).exists():
        raise NotCorrectable(f"{name.strip()} is a party already.")
    return keep_correction(contract, user, "added", "", name, place)


def correct_alias(party: Party, user: User, alias: str, value: str = "") -> Correction:
    """An empty value says that the party is not called so."""
    if alias not in party.aliases:
        raise NotCorrectable(f"{party.name} is not called “{alias}”. Look at the contract again.")
    return keep_correction(party.contract, user, "alias", alias, value, party.start)


def join_clause(clause: Clause, user: User) -> Correction:
    if clause.position == 0:
        raise NotCorrectable("There is no clause before the first one.")
    return keep_correction(clause.contract, user, "join", str(clause), "joined with the clause before", clause.start)


def split_clause(clause: Clause, user: User, place: int) -> Correction:
    written = clause.contract.text[clause.start : place]
    if not clause.start < place < clause.end or not written.strip():
        raise NotCorrectable("Choose a place within the clause, after its first words.")
    return keep_correction(clause.contract, user, "split", str(clause), "split here", place)


def correct_clause(clause: Clause, user: User, field: str, value: str) -> Correction:
    """``field``: number, heading or level, of which 0 is the top."""
    old = {"number": clause.number, "heading": clause.heading, "level": str(clause.level)}
    if field not in old:
        raise NotCorrectable(f"{field} of a clause cannot be corrected.")
    if field == "level" and not is_id(value):
        raise NotCorrectable("Choose one of the levels offered.")
    return keep_correction(clause.contract, user, field, old[field], value, clause.start)


def correct_statement(obligation: Obligation, user: User, field: str, value: str) -> Correction:
    """``field``: modality, or bearer or counterparty: the label of a party, "each party", or "" for nobody."""
    old = {
        "modality": obligation.modality,
        "bearer": obligation.bearer_text,
        "counterparty": obligation.counterparty_text,
    }
    if field not in old:
        raise NotCorrectable(f"{field} of a statement cannot be corrected.")
    if field == "modality" and value not in Obligation.Modality.values:
        raise NotCorrectable(f"“{value}” is no modality. Choose one of: {', '.join(Obligation.Modality.values)}.")
    return _correct_statement(obligation, user, field, old[field], value)


def remove_statement(obligation: Obligation, user: User) -> Correction:
    span = obligation.span
    said = f"{span.bearer or 'Nobody named'}: {obligation.get_modality_display().lower()} {span.action}"
    return _correct_statement(obligation, user, "no_statement", said, "removed")


def _correct_statement(obligation: Obligation, user: User, field: str, old: str, new: str) -> Correction:
    passage = obligation.passage
    own = " ".join(obligation.contract.text[passage.start : passage.end].split())
    offset = obligation.modal_start - (len(passage.reading) - len(own))
    return keep_correction(obligation.contract, user, field, old, new, passage.start, offset)


def undo(correction: Correction, user: User) -> None:
    with transaction.atomic():
        undone = Correction.objects.active().filter(pk=correction.pk)
        if undone.update(undone_by=user, undone_at=timezone.now()):
            contract = correction.contract
            record(user, "corrected", "contract", contract.pk, contract.matter_id, f"{correction.field} undone")
            read_again(correction.contract, INTERACTIVE)


def keep_correction(
    contract: Contract,
    user: User | None,
    field: str,
    old: str,
    new: str,
    start: int = 0,
    offset: int = 0,
    *,
    given: bool = False,
    priority: int = INTERACTIVE,
) -> Correction:
    """``start``: the place in the text that it is tied to; ``offset``: as contracts.text.corrections has it."""
    new = " ".join(new.split())
    longest = LONGEST.get(field)
    if longest is not None and len(new) > longest:
        raise NotCorrectable(f"That is longer than the {longest} letters that fit.")
    same = new == old
    if same and not given:
        raise NotCorrectable("That is what is written already; nothing was changed.")
    anchor = "" if field in FACTS else contract.text[start : start + ANCHOR]
    with transaction.atomic():
        correction = Correction.objects.create(
            contract=contract, field=field, start=start, anchor=anchor, offset=offset,
            old_value=old, new_value=new, made_by=user, given=given, applied=True if same else None,
        )  # fmt: skip
        if not given:
            record(user, "corrected", "contract", contract.pk, contract.matter_id, field)
        latest = Contract.objects.select_for_update().only("state").get(pk=contract.pk)
        if not same and latest.state != Contract.State.RECEIVED:
            read_again(contract, priority)
        elif not same and not given:  # the job that waits reads it with this; with a file, receive_file has brought it
            bring_reading_forward(contract.pk, priority)
    return correction
