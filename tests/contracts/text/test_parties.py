"""Preambles in the shapes that real agreements have, one row each."""

from __future__ import annotations

import pytest

from contracts.text.parties import find_parties
from contracts.text.roles import role_of, synonyms

PREAMBLES = [
    (
        'This Agreement is made by and between A & B, LLC, a Delaware limited liability company ("A&B"), and '
        'Carver Foods, Inc., an Ohio corporation ("Buyer").',
        [("A & B, LLC", "A&B"), ("Carver Foods, Inc.", "Buyer")],
    ),
    (
        "This Agreement is dated 3 March 2024.\n\nBETWEEN:\n\n(1) NORTHGATE ANALYTICS LTD, a company of England "
        "and Wales with number 123 (the “Supplier”); and\n\n(2) HARROW & LYLE LLP, of Leeds (the “Customer”).",
        [("NORTHGATE ANALYTICS LTD", "Supplier"), ("HARROW & LYLE LLP", "Customer")],
    ),
    (
        "This Lease is entered into between Bill & Tedd LLC, hereinafter referred to as Landlord, and Mary Stone, "
        "an individual, hereinafter referred to as Tenant.",
        [("Bill & Tedd LLC", "Landlord"), ("Mary Stone", "Tenant")],
    ),
    (
        'This Agreement is between Falke Maschinenbau GmbH, together with its affiliates ("Manufacturer"), and '
        'Oakridge Retail plc ("Reseller").',
        [("Falke Maschinenbau GmbH", "Manufacturer"), ("Oakridge Retail plc", "Reseller")],
    ),
    (
        'This Agreement is made between the American Dental Association ("ADA" or the "Association") and '
        'Fonterra (USA) Inc., a California corporation (the "Vendor").',
        [("American Dental Association", "ADA"), ("Fonterra (USA) Inc.", "Vendor")],
    ),
    (
        'This Agreement is made between Orbit Systems, Inc., Plano, TX 75069 and Delta Freight LLC ("Carrier").',
        [("Orbit Systems, Inc.", ""), ("Delta Freight LLC", "Carrier")],
    ),
    (
        'This Lease is made BETWEEN Castlegate Estates plc (number 02277410), of York YO1 7EX (the "Landlord"), '
        'and Moreau & Finch Limited (number 11630982), of Skipton BD23 1PB (the "Tenant").',
        [("Castlegate Estates plc", "Landlord"), ("Moreau & Finch Limited", "Tenant")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PREAMBLES)
def test_names_and_terms(text: str, expected: list[tuple[str, str]]) -> None:
    parties = find_parties(text)
    assert [(party.name, party.term) for party in parties] == expected
    assert all(text[party.start : party.end] == party.name for party in parties)


def test_aliases_are_defined_or_obvious_short_forms() -> None:
    text = (
        'Agreement between Northgate Analytics Ltd (the "Supplier") and the American Dental Association ("ADA" or the '
        '"Association"). Northgate shall report to American dentists.'
    )
    supplier, association = find_parties(text)
    assert supplier.aliases == ("Northgate Analytics", "Northgate")
    assert "Association" in association.aliases
    assert "American" not in association.aliases


def test_without_a_preamble_nobody_is_invented() -> None:
    assert find_parties("The quick brown fox shall jump over the lazy dog.") == ()


@pytest.mark.parametrize(
    ("word", "role"), [("the Vendor", "provider"), ("Clients", "recipient"), ("Lessor", "landlord"), ("Acme", "")]
)
def test_role_words(word: str, role: str) -> None:
    assert role_of(word) == role


def test_synonyms_stay_on_one_side() -> None:
    assert "vendor" in synonyms("Supplier")
    assert "customer" not in synonyms("Supplier")
    assert synonyms("Acme") == ()
