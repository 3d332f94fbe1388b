from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import transaction

from contracts.models import Clause, Contract, DefinedTerm, Matter, Obligation, Passage
from contracts.receive import receive_file
from contracts.storage import store_reading
from contracts.text.types import ParsedDocument, Reading


@pytest.fixture
def contract(alpha: Matter) -> Contract:
    return receive_file(alpha, "a.txt", b"words").contract


def test_clauses_and_passages_keep_their_places(contract: Contract, supply_reading: Reading) -> None:
    with transaction.atomic():
        passage_ids = store_reading(contract, supply_reading)
    contract.refresh_from_db()
    first, second = contract.clauses.all()
    assert (first.number, first.parent, first.page, first.heading_path) == ("1", None, 1, ["Supply"])
    assert (second.number, second.parent, second.page, second.level) == ("1(a)", first, 2, 1)
    heading, item = Passage.objects.order_by("position")
    assert passage_ids == [heading.pk, item.pk]
    assert (heading.clause, item.clause, item.kind) == (first, second, "item")
    assert item.reading == "Supplier shall: (a) deliver.\N{REPLACEMENT CHARACTER}"
    assert contract.text[heading.start : heading.end] == "1. Supply"
    assert str(contract.parties.get()) == "Harrow & Lyle LLP (Supplier)"
    assert contract.defined_terms.get().term == "Goods"


def test_an_obligation_keeps_its_clause_party_and_spans(contract: Contract, supply_reading: Reading) -> None:
    with transaction.atomic():
        store_reading(contract, supply_reading)
    stored = Obligation.objects.get()
    assert (stored.clause.number, stored.passage.kind, stored.bearer) == ("1(a)", "item", contract.parties.get())
    assert stored.counterparty is None
    assert stored.span == supply_reading.obligations[0][1]


def test_a_label_of_two_parties_names_neither(contract: Contract, supply_reading: Reading) -> None:
    twice = replace(supply_reading, parties=supply_reading.parties * 2)
    with transaction.atomic():
        store_reading(contract, twice)
    stored = Obligation.objects.get()
    assert (stored.bearer, stored.bearer_text) == (None, "Supplier")


def test_facts_and_state_are_written(contract: Contract, supply_reading: Reading) -> None:
    with transaction.atomic():
        store_reading(contract, supply_reading)
    contract.refresh_from_db()
    assert (contract.state, contract.kind, contract.format) == ("ready", "amendment", "txt")
    assert (contract.page_count, len(contract.title)) == (2, 300)
    assert contract.read_at is not None


@pytest.mark.parametrize("unstorable", ["\x00", "\ud83d"])
def test_what_postgres_cannot_hold_is_replaced_without_moving_spans(
    contract: Contract, supply_reading: Reading, unstorable: str
) -> None:
    text = supply_reading.document.text.replace("\x00", unstorable)
    document = replace(supply_reading.document, text=text)
    with transaction.atomic():
        store_reading(contract, replace(supply_reading, document=document))
    contract.refresh_from_db()
    assert len(contract.text) == len(text)
    assert contract.text[:38] == text[:38]
    assert unstorable not in contract.text


def test_a_second_reading_replaces_the_first(contract: Contract, supply_reading: Reading) -> None:
    for _ in range(2):
        with transaction.atomic():
            store_reading(contract, supply_reading)
    assert (Clause.objects.count(), Passage.objects.count(), DefinedTerm.objects.count()) == (2, 2, 1)
    assert Obligation.objects.count() == 1


def test_a_reading_with_nothing_in_it_is_stored(contract: Contract) -> None:
    empty = Reading(ParsedDocument("x", "txt", ()), (), (), (), (), ())
    with transaction.atomic():
        assert store_reading(contract, empty) == []
    contract.refresh_from_db()
    assert (contract.state, contract.page_count, contract.title) == ("ready", None, "")
