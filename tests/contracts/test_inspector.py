"""The admin's inspector: marks over the words, and forms that need no script."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client

from contracts.audit.models import AuditEvent
from contracts.inspector import _party_marks, inspect_clauses
from contracts.models import Contract, Correction, Matter, Party
from contracts.receive import receive_file
from contracts.storage import store_reading
from contracts.text.reading import read_contract

AGREEMENT = b"""SUPPLY AGREEMENT

This Agreement is made between Tarn Mills Ltd (the "Supplier") and Lake Dairies plc (the "Buyer").

1. Delivery. The Supplier  shall deliver the Goods. Title shall pass on payment.

2. Secrets. The Buyer shall not disclose any <b>secret</b>. "Goods" means milk, at EUR 5.
"""


@pytest.fixture
def contract(bob: User) -> Contract:
    matter = Matter.objects.create(name="Alpha")
    matter.members.add(bob)
    contract = receive_file(matter, "supply.txt", AGREEMENT).contract
    store_reading(contract, read_contract(AGREEMENT, "supply.txt", lambda text: len(text.split())))
    return contract


def address(contract: Contract) -> str:
    return f"/admin/contracts/contract/{contract.pk}/inspect/"


def post(admin: Client, contract: Contract, **data: object) -> str:
    return admin.post(address(contract), data, follow=True).content.decode()


def test_marks_cover_the_words_they_speak_of(contract: Contract) -> None:
    clauses = inspect_clauses(contract, list(contract.clauses.all()), list(contract.parties.all()))
    for one in clauses:
        assert "".join(piece.text for piece in one.pieces) == contract.text[one.clause.start : one.clause.end]
    pieces = [(piece.kinds, piece.labels, piece.text) for one in clauses for piece in one.pieces if piece.kinds]
    assert (("obligation",), ("MUST",), "shall") in pieces
    assert (("prohibition",), ("MUST NOT",), "shall not") in pieces
    assert (("party",), ("P1",), "Tarn Mills Ltd") in pieces
    assert any(set(kinds) == {"party", "term"} and text == "Buyer" for kinds, _, text in pieces)


@pytest.mark.parametrize(
    ("name", "term", "marked"),
    [
        ("Northgate Analytics, Inc.", "", ["Northgate Analytics, Inc.", "Northgate\nAnalytics, Inc."]),
        ("Northgate", "Northgate (UK)", ["Northgate", "Northgate (UK)"]),
    ],
)
def test_a_party_is_marked_by_its_whole_name(name: str, term: str, marked: list[str]) -> None:
    text = f"{marked[0]} pays. Northgates pay. {marked[1]} is paid."
    marks = _party_marks(text, [Party(name=name, term=term)])
    assert [text[one.start : one.end] for one in marks] == marked


def test_the_page_names_every_mark_and_escapes_the_contract(admin: Client, contract: Contract) -> None:
    page = admin.get(address(contract)).content.decode()
    assert re.search(r'mark-prohibition"><b class="tag">MUST NOT</b>', page)
    assert "&lt;b&gt;secret&lt;/b&gt;" in page and "<b>secret</b>" not in page
    assert "None yet." in page


def test_a_clause_opens_its_forms_and_offers_places_to_split(admin: Client, contract: Contract) -> None:
    clause = contract.clauses.get(number="1")
    page = admin.get(f"{address(contract)}?clause={clause.pk}").content.decode()
    place = contract.text.index("Title shall")
    assert f'name="place" value="{place}"' in page
    assert "Join with the clause before" in page and 'name="bearer"' in page
    assert "Kept." in post(admin, contract, change="split", clause=clause.pk, place=place)
    made = Correction.objects.get()
    assert (made.field, made.start, made.made_by.username) == ("split", place, "bob")
    contract.refresh_from_db()
    assert contract.state == Contract.State.RECEIVED


def test_facts_parties_and_bearers_are_corrected_by_forms(admin: Client, contract: Contract) -> None:
    buyer = contract.parties.get(term="Buyer")
    obligation = contract.obligations.order_by("position")[0]
    post(admin, contract, change="fact", field="governing_law", value="Ohio")
    post(admin, contract, change="party", party=buyer.pk, name=buyer.name, term="Purchaser", role="Customer")
    page = post(admin, contract, change="statement", obligation=obligation.pk, bearer="Buyer", modality="permission")
    made = Correction.objects.values_list("field", "old_value", "new_value")
    assert list(made) == [
        ("governing_law", "", "Ohio"),
        ("term", "Buyer", "Purchaser"),
        ("role", "", "Customer"),
        ("bearer", "Supplier", "Buyer"),
        ("modality", "obligation", "permission"),
    ]
    assert page.count("waits for the next reading") == 5
    undone = Correction.objects.get(field="role")
    assert "undone by bob" in post(admin, contract, change="undo", correction=undone.pk)


def test_clauses_statements_aliases_and_amounts_are_corrected_by_forms(admin: Client, contract: Contract) -> None:
    supplier, clause = contract.parties.get(term="Supplier"), contract.clauses.get(number="2")
    statement, amount = contract.obligations.get(clause=clause), contract.amounts.get()
    page = admin.get(f"{address(contract)}?clause={clause.pk}").content.decode()
    assert '<option value="1">Under 1 Delivery</option>' in page
    assert 'aria-label="Remove “Tarn Mills” from Tarn Mills Ltd"' in page
    assert f'<dt><a href="#c-{clause.pk}">Goods</a></dt><dd>' in page and "means milk" in page
    post(admin, contract, change="clause", clause=clause.pk, number="3", heading="Secrets", level="1")
    post(admin, contract, change="statement", obligation=statement.pk, bearer="Buyer", counterparty="Supplier")
    post(admin, contract, change="no_statement", obligation=statement.pk)
    post(admin, contract, change="no_alias", party=supplier.pk, old="Tarn Mills", alias="Tarn Mills")
    post(admin, contract, change="amount", amount=amount.pk, currency="GBP", value="5.50")
    made = Correction.objects.values_list("field", "old_value", "new_value")
    assert list(made) == [
        ("number", "2", "3"),
        ("level", "0", "1"),
        ("counterparty", "", "Supplier"),
        ("no_statement", "Buyer: must not disclose any <b>secret</b>", "removed"),
        ("alias", "Tarn Mills", ""),
        ("amount", "EUR 5", "GBP 5.5"),
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"change": "clause", "level": "4"}, "Choose one of the levels offered."),
        ({"change": "clause"}, "nothing was changed"),
        ({"change": "statement", "counterparty": "Buyer"}, "Buyer cannot owe it to itself."),
        ({"change": "statement", "bearer": "Nobody known"}, "Choose one of the bearers offered."),
        ({"change": "statement", "modality": "wish"}, "“wish” is no modality."),
        ({"change": "no_alias", "old": "Client"}, "Lake Dairies plc is not called “Client”."),
        ({"change": "add_amount", "words": "six", "currency": "EUR", "value": "6"}, "as they stand in the clause"),
        ({"change": "add_amount", "words": "at EUR 5", "currency": "EUR", "value": "6"}, "is an amount already"),
        ({"change": "confirm_amount", "currency": "EUR", "value": "6"}, "EUR 5 is “EUR 5”, not “EUR 6”."),
    ],
)
def test_what_cannot_be_kept_says_why(admin: Client, contract: Contract, data: dict[str, str], told: str) -> None:
    clause = contract.clauses.get(number="2")
    of_it = {
        "clause": clause.pk,
        "obligation": contract.obligations.get(clause=clause).pk,
        "party": contract.parties.get(term="Buyer").pk,
        "amount": contract.amounts.get().pk,
    }
    assert told in unescape(post(admin, contract, **of_it, **data))
    assert not Correction.objects.exists()


def test_an_amount_is_confirmed_as_it_stands(admin: Client, contract: Contract) -> None:
    amount = contract.amounts.get()
    page = post(admin, contract, change="confirm_amount", amount=amount.pk, currency="EUR", value="5")
    assert "(confirmed by bob)" in page and "confirmed as EUR 5" in page
    contract.refresh_from_db()
    assert contract.state == Contract.State.READY  # nothing is read again
    (told,) = admin.get(f"/api/v1/contracts/{contract.pk}/amounts").json()["results"]
    assert told["source"] == "confirmed"


def test_a_bearer_that_is_no_party_stays_when_something_else_is_corrected(admin: Client, contract: Contract) -> None:
    contract.obligations.update(bearer=None, bearer_text="Receiving Party")
    clause, statement = contract.clauses.get(number="2"), contract.obligations.get(clause__number="2")
    page = admin.get(f"{address(contract)}?clause={clause.pk}").content.decode()
    assert '<option value="Receiving Party" selected>Receiving Party</option>' in page
    data = {"bearer": "Receiving Party", "modality": "permission"}
    post(admin, contract, change="statement", obligation=statement.pk, **data)
    assert Correction.objects.get().field == "modality"


def test_the_type_is_chosen_and_shown(admin: Client, contract: Contract) -> None:
    page = admin.get(address(contract)).content.decode()
    assert '<option value="supply" selected>Supply or manufacture</option>' in page
    page = post(admin, contract, change="fact", field="contract_type", value="distribution")
    assert '<option value="distribution" selected>' in page and "read as “supply”" in page
    page = admin.get(f"/contracts/{contract.pk}/").content.decode()
    assert 'Distribution or resale <span class="muted">(corrected)</span>' in page
    assert "is no type of contract" in post(admin, contract, change="fact", field="contract_type", value="milk")


def test_a_form_is_kept_whole_or_not_at_all(admin: Client, contract: Contract) -> None:
    buyer = contract.parties.get(term="Buyer")
    page = post(admin, contract, change="party", party=buyer.pk, name="Lake plc", term="x" * 121, role="")
    assert "longer than the 120" in page
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {"change": "drop"},
        {"change": "join", "clause": "999999"},
        {"change": "split", "clause": "no number", "place": "3"},
        {"change": "undo", "correction": "999999"},
    ],
)
def test_what_is_not_there_is_not_found(admin: Client, contract: Contract, data: dict[str, str]) -> None:
    assert admin.post(address(contract), data).status_code == 404


def test_a_walled_contract_answers_like_one_that_is_not_there(admin: Client, contract: Contract, bob: User) -> None:
    contract.matter.walled.add(bob)
    assert admin.get(address(contract)).status_code == 404
    assert admin.post(address(contract), {"change": "read_again"}).status_code == 404
    assert admin.get("/admin/contracts/contract/999999/inspect/").status_code == 404


def test_lawyers_see_that_a_fact_was_corrected(admin: Client, contract: Contract) -> None:
    post(admin, contract, change="fact", field="governing_law", value="Ohio")
    page = admin.get(f"/contracts/{contract.pk}/").content.decode()
    assert 'Ohio <span class="muted">(corrected)</span>' in page


def test_a_fact_is_confirmed_as_it_stands(admin: Client, contract: Contract) -> None:
    page = admin.get(address(contract)).content.decode()
    assert 'aria-label="Confirm: Title"' in page and "Confirm that none is stated" in page
    page = post(admin, contract, change="confirm", field="title", value="SUPPLY AGREEMENT")
    assert "Kept." in page and "confirmed by bob" in page and 'aria-label="Confirm: Title"' not in page
    made = Correction.objects.get()
    assert (made.field, made.old_value, made.new_value, made.applied) == ("title",) + ("SUPPLY AGREEMENT",) * 2 + (
        True,
    )
    contract.refresh_from_db()
    assert contract.state == Contract.State.READY  # nothing is read again
    event = AuditEvent.objects.get(action="confirmed")
    assert (event.username, event.thing, event.matter, event.change) == (
        "bob", str(contract.pk), contract.matter_id, "title",
    )  # fmt: skip
    assert "confirmed already, by bob" in post(
        admin, contract, change="confirm", field="title", value="SUPPLY AGREEMENT"
    )


def test_what_changed_meanwhile_is_not_confirmed(admin: Client, contract: Contract) -> None:
    assert "Title is “SUPPLY AGREEMENT”, not “LEASE”." in post(
        admin, contract, change="confirm", field="title", value="LEASE"
    )
    post(admin, contract, change="fact", field="governing_law", value="Ohio")
    assert "is being read again" in post(admin, contract, change="confirm", field="governing_law", value="Ohio")
    assert not Correction.objects.filter(field="title").exists()


def test_a_correction_outdates_a_confirmation(admin: Client, contract: Contract) -> None:
    post(admin, contract, change="confirm", field="title", value="SUPPLY AGREEMENT")
    page = post(admin, contract, change="fact", field="title", value="Milk Supply")
    title = page[page.index('for="id_title"') :]
    assert "corrected by bob" in title[: title.index("<label", 10)]
    assert 'aria-label="Confirm: Title"' in page


def test_a_correction_hides_what_the_old_value_was_computed_from(admin: Client, contract: Contract) -> None:
    contract.fact_places["expiry_date"] = [1, 2, "“two years”, counted from the date of the agreement"]
    contract.save()
    assert "computed from “two years”" in admin.get(address(contract)).content.decode()
    page = post(admin, contract, change="fact", field="expiry_date", value="31 December 2027")
    assert "computed from" not in page and "corrected by bob" in page
