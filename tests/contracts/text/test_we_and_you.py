"""Contracts in the first and second person: whom "we" and "you" mean, and who is bound then."""

from __future__ import annotations

import pytest

from contracts.text.obligations import find_obligations
from contracts.text.parties import find_parties
from contracts.text.party_sides import with_sides

WE, YOU = ("we", "us", "our"), ("you", "your")
TARN = "Tarn Grill, Inc."

DECLARED = [
    (  # a sentence of its own; the franchisee of a form has no name
        f"This Agreement is entered into between {TARN}, a Florida corporation, and the individual or legal entity "
        f'identified on the cover page ("Franchisee"). In this Agreement, "we," "us" and "our" refers to {TARN}, the '
        'franchisor. "You" and "your" refers to the Franchisee.',
        [(TARN, "", WE, "franchisor"), ("Franchisee", "Franchisee", YOU, "franchisee")],
    ),
    (  # the bracket after an open party belongs to nobody who is named before
        f'This Agreement is made by and between: ● {TARN}, a Delaware corporation, of Leeds ("we," "us," or "our"); '
        'and ● a [resident of] the state of and having offices at ("you" or the "Franchisee").\nWHEREAS we agree.',
        [(TARN, "", WE, "franchisor"), ("Franchisee", "Franchisee", YOU, "franchisee")],
    ),
    (
        f'This Agreement is made between {TARN}, a Delaware corporation ("we," "us," the "Company," or "Tarn"); '
        '__________, as Franchise Owner ("you," "Franchise Owner," or "Franchisee"), and your owners. '
        f'In it we refer to {TARN} as "we," "us," or the "Company."',
        [(TARN, "Company", WE, "franchisor"), ("Franchisee", "Franchisee", YOU, "franchisee")],
    ),
    (  # both are named, and keep their names
        'AGREEMENT made by and between Tarn Kiosks, Inc., a New York corporation ("we", "us" or "our"), and Moor '
        'Truck, Inc., a Nevada corporation ("you" or "your"), with reference to the following facts: A. We sell soups.',
        [("Tarn Kiosks, Inc.", "", WE, ""), ("Moor Truck, Inc.", "", YOU, "")],
    ),
    (  # of two the one that is left
        'This Agreement is made between Tarn Kiosks, Inc., a New York corporation ("we"), and Moor Truck, Inc., a '
        'Nevada corporation. "You" means the franchisee.',
        [("Tarn Kiosks, Inc.", "", WE, ""), ("Moor Truck, Inc.", "", YOU, "")],
    ),
    (  # terms of a service
        'Terms of Service. When we say "Company", "we", "our", or "us" in this document, we are referring to [Tarn '
        "Software LLC](https://tarn.example). “The User,” “You,” and “Your” refer to the person who uses the Service.",
        [("Tarn Software LLC", "Company", WE, ""), ("User", "User", YOU, "")],
    ),
    (
        "AGREEMENT between Tarn Offshore, Inc. (the “Company”) and Ada Stone (“Executive” or “you”). We agree.",
        [("Tarn Offshore, Inc.", "Company", (), "employer"), ("Ada Stone", "Executive", YOU, "employee")],
    ),
    (  # a country, and quoted speech
        'SUPPLY AGREEMENT between Tarn Foods, Inc. ("Tarn"), of the United States ("US"), and Moor Ltd ("Buyer"). '
        '"We have been friends", said Ada Stone.',
        [("Tarn Foods, Inc.", "Tarn", (), "provider"), ("Moor Ltd", "Buyer", (), "recipient")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), DECLARED)
def test_whom_we_and_you_mean(text: str, expected: list[tuple[str, str, tuple[str, ...], str]]) -> None:
    parties = with_sides(text, find_parties(text))
    found = [
        (party.name, party.term, tuple(each for each in party.aliases if each in WE + YOU), party.role)
        for party in parties
    ]
    assert found == expected
    assert all(text[party.start : party.end] == party.name for party in parties)


def test_who_is_only_you_takes_its_terms_from_nobody_else() -> None:
    named, open_party = find_parties(DECLARED[2][0])
    assert named.aliases == ("Tarn", "Tarn Grill", *WE)
    assert open_party.aliases == ("Franchise Owner", *YOU)


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        ("You agree to pay us a royalty.", [("Franchisee", TARN)]),
        ("WE MAY INSPECT YOUR OFFICE.", [(TARN, "Franchisee")]),
        ("Neither you nor we shall be liable to the other.", [("each party", "each party")]),
        ("Your employees shall wear uniforms.", [("", "")]),
        ("The US shall have jurisdiction.", [("", "")]),
    ],
)
def test_who_is_bound(reading: str, expected: list[tuple[str, str]]) -> None:
    statements = find_obligations(reading, find_parties(DECLARED[0][0]))
    assert [(one.bearer, one.counterparty) for one in statements] == expected
