"""The sides of the parties: the class of a role where it is certain, and whether affiliates stand on a side."""

from __future__ import annotations

import pytest

from contracts.text.parties import find_parties
from contracts.text.party_sides import says_affiliates, with_sides
from contracts.text.types import PartySpan

ROLES = [
    (("Supplier", "Customer"), ("provider", "recipient")),
    (("Equipment Supplier", "The Buyer"), ("provider", "recipient")),
    (("Company", "Executive"), ("employer", "employee")),
    (("Company", "Consultant"), ("recipient", "provider")),
    (("Owner", "Contractor"), ("recipient", "provider")),
    (("Owner", "Licensee"), ("licensor", "licensee")),
    (("Bank", "Borrower"), ("lender", "borrower")),
    (("Tarn", "Licensee"), ("licensor", "licensee")),  # who faces a licensee is the licensor
    (("", "Tenant"), ("landlord", "tenant")),
    (("Tarn", "Moor"), ("", "")),
    (("Company", "Moor"), ("", "")),
    (("Company", "Parent", "Executive"), ("", "", "employee")),  # of three, nobody says who employs
    (("Agent", "Supplier"), ("", "provider")),  # an agent is on nobody's side for certain
    (("Subcontractor", "Manufacturer"), ("provider", "recipient")),  # it makes for the manufacturer
    (("Contractor", "Subcontractor"), ("recipient", "provider")),
    (("Distributor", "Company"), ("distributor", "")),  # a company may make the goods or pass them on
]


@pytest.mark.parametrize(("terms", "expected"), ROLES)
def test_the_role_of_a_party_where_it_is_certain(terms: tuple[str, ...], expected: tuple[str, ...]) -> None:
    parties = [PartySpan(f"Name {number}", term, (), 0, 1) for number, term in enumerate(terms)]
    assert tuple(party.role for party in with_sides("", parties)) == expected


def test_a_role_that_a_reviewer_added_counts() -> None:
    parties = [PartySpan("Tarn Ltd", "Company", ("Tarn", "Supplier"), 0, 1)]
    assert with_sides("", parties)[0].role == "provider"


AFFILIATES = [
    ('between Tarn Mills, Inc. and its affiliates ("Supplier") and Moor Ltd (the "Customer").', [True, False]),
    ('between Tarn Mills, Inc. ("Supplier") and Moor Ltd, for itself and its subsidiaries ("Buyer").', [False, True]),
    ('between Tarn Mills, Inc. ("Supplier") and Moor Ltd ("Customer"). "Customer" means Moor Ltd and any of its group '
     'companies.', [False, True]),
    ('between Tarn Mills, Inc. ("Supplier") and Moor Ltd ("Customer"). The Customer and its affiliates may use it.',
     [False, False]),  # one clause says so, not the contract
    ('between Tarn Mills, Inc., excluding each and all of its affiliates ("Supplier") and Moor Ltd ("Customer").',
     [False, False]),
    ('between Tarn Mills, Inc. ("Supplier") and Moor Ltd ("Customer"). "Customer Data" means that of Moor Ltd and its '
     'affiliates.', [False, False]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), AFFILIATES)
def test_affiliates_that_the_contract_puts_on_a_side(text: str, expected: list[bool]) -> None:
    whole = f"SERVICES AGREEMENT made on 1 May 2021 {text}"
    assert [party.affiliates for party in with_sides(whole, find_parties(whole))] == expected


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        ("The Supplier and its Affiliates shall keep it secret.", True),
        ("The Supplier, its Affiliates and their agents may use it.", True),
        ("The Supplier (and each of its respective subsidiaries) may use it.", True),
        ("The Supplier nor any of its Affiliates shall use it.", True),
        ("The Supplier shall cause its Affiliates to keep it secret.", False),
        ("The Supplier and the Customer's Affiliates shall keep it secret.", False),
    ],
)
def test_affiliates_that_a_clause_names_with_its_bearer(reading: str, expected: bool) -> None:
    assert says_affiliates(reading, len("The Supplier")) is expected
