"""What holds of all parties: nobody is invented, aliases, time. The shapes of agreements have tables of their own."""

from __future__ import annotations

import time

import pytest

from contracts.text.parties import find_parties
from contracts.text.roles import role_of

NOBODY = [
    "The quick brown fox shall jump over the lazy dog.",
    "This agreement is made between You and the Officer of the Company, via Hand Delivery.",
    "The differences between Monitoring Tools and Return of Goods are described below.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_invented(text: str) -> None:
    assert find_parties(text) == ()


def test_a_name_with_wide_gaps_is_one_name() -> None:
    text = 'This Agreement is between Lake  Dairies, Inc. ("Lake") and Tarn Mills, Inc. ("Tarn").'
    assert find_parties(text)[0].name == "Lake Dairies, Inc."


def test_aliases_are_defined_or_obvious_short_forms() -> None:
    text = (
        'Agreement between Northgate Analytics Ltd (the "Supplier") and the American Dental Association ("ADA" or the '
        '"Association"). Northgate shall report to American dentists.'
    )
    supplier, association = find_parties(text)
    assert supplier.aliases == ("Northgate Analytics", "Northgate")
    assert "Association" in association.aliases
    assert "American" not in association.aliases


def test_a_trade_name_is_an_alias_and_a_former_name_is_not() -> None:
    text = (
        'This Agreement is made between Hall Museum, Inc., d/b/a Hall of Chess, an Ohio corporation ("Hall"), and '
        'Lake Dairies, Inc. (formerly known as Pond Dairies, Inc.), a Texas corporation ("Lake").'
    )
    hall, lake = find_parties(text)
    assert (hall.name, lake.name) == ("Hall Museum, Inc.", "Lake Dairies, Inc.")
    assert "Hall of Chess" in hall.aliases
    assert "Pond Dairies, Inc." not in lake.aliases


@pytest.mark.parametrize(
    "text",
    [
        "Ã¢â‚¬Å“Partiesâ€� Ã©tÃ© made by and between " * 2_000,
        "This Agreement is made between " + "A B " * 250_000,
        "made by " + " " * 300_000 + "Tarn Ltd",
        "\u200bThis\u200b Agreement is made between \u202eTarn Ltd\u202c and Lake\u200b LLC",
        "Dieser Vertrag wird zwischen der Tarn GmbH und der See AG geschlossen. " * 3_000,
        "By: " + "_" * 200_000,
        ("OF AND " * 30 + "LLC By: ") * 500,
        "made between " + "Ada Stone, director of " * 4_000 + "A Tarn " * 4_000 + "to be formed by Ada",
    ],
    ids=["mojibake", "one long line", "spaces", "marks", "German", "rule", "capitals", "directors"],
)
def test_bad_text_is_read_in_bounded_time(text: str) -> None:
    started = time.process_time()
    parties = find_parties(text)
    assert time.process_time() - started < 10
    assert all(text[party.start : party.end].split() == party.name.split() for party in parties)


@pytest.mark.parametrize(
    ("word", "role"), [("the Vendor", "provider"), ("Clients", "recipient"), ("Lessor", "landlord"), ("Acme", "")]
)
def test_role_words(word: str, role: str) -> None:
    assert role_of(word) == role
