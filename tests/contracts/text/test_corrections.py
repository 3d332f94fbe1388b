"""Corrections are put back into every later reading, wherever their words then stand."""

from __future__ import annotations

import pytest

from contracts.text.corrections import ANCHOR, Correction, Field
from contracts.text.reading import read_contract
from contracts.text.types import ClauseSpan, Reading

TEXT = """SUPPLY AGREEMENT

This Agreement is dated 1 June 2024 and made between Tarn Mills Ltd (the "Supplier") and Lake Dairies plc (the "Buyer").

1. Delivery. The Supplier shall deliver the Goods. (b) Title shall pass on payment.

2. Payment. The Buyer shall pay within 30 days.

2.1 The invoice shall be sent by post.

3. Law. This Agreement is governed by the laws of England.
"""


def read(*corrections: Correction, text: str = TEXT) -> Reading:
    return read_contract(text.encode(), "supply.txt", lambda words: len(words.split()), corrections)


FIRST = read()


def at(words: str, text: str = FIRST.document.text) -> tuple[int, str]:
    start = text.index(words)
    return start, text[start : start + ANCHOR]


def numbers(reading: Reading) -> list[str]:
    return [clause.number for clause in reading.clauses if clause.number]


def clause(reading: Reading, number: str) -> ClauseSpan:
    return next(clause for clause in reading.clauses if clause.number == number)


def is_partition(reading: Reading) -> bool:
    text = reading.document.text
    return "".join(text[clause.start : clause.end] for clause in reading.clauses) == text


def test_a_fact_takes_the_corrected_value_and_its_place_in_the_text() -> None:
    reading = read(
        Correction(1, "governing_law", "Wales"),
        Correction(2, "title", "Goods Supply"),
        Correction(3, "agreement_date", "1 June 2024"),
    )
    facts = {fact.kind: fact for fact in reading.facts}
    assert facts["governing_law"].value == "Wales"
    assert facts["title"].value == "Goods Supply" and facts["title"].start == facts["title"].end == 0
    date = facts["agreement_date"]
    assert reading.document.text[date.start : date.end] == "1 June 2024"
    assert reading.corrected == {1, 2, 3}


def test_a_corrected_fact_points_beside_what_was_read() -> None:
    text = TEXT.replace("Mills Ltd", "Mills Ltd, a Delaware company,").replace("of England", "of England, not Delaware")
    laws = [Correction(1, "governing_law", "Wales"), Correction(2, "governing_law", "Delaware")]
    reading = read(*laws, Correction(3, "expiry_date", "Agreement"), text=text)
    facts = {fact.kind: fact for fact in reading.facts}
    assert facts["governing_law"].start == reading.document.text.rindex("Delaware")
    assert facts["expiry_date"].end == 0  # the words stand twice, and nothing was read of the end


def test_a_party_added_by_hand_keeps_the_term_that_is_read_of_it_since() -> None:
    reading = read(Correction(1, "added", "Tarn Mills", *at("Tarn Mills")))
    assert (reading.parties[0].name, reading.parties[0].term) == ("Tarn Mills", "Supplier")


def test_a_corrected_term_is_the_bearer_of_its_duties() -> None:
    reading = read(
        Correction(1, "term", "Seller", *at("Tarn Mills")), Correction(2, "role", "Supplier", *at("Tarn Mills"))
    )
    assert [(party.name, party.term) for party in reading.parties] == [
        ("Tarn Mills Ltd", "Seller"),
        ("Lake Dairies plc", "Buyer"),
    ]
    assert reading.obligations[0][1].bearer == "Seller"


def test_a_party_is_renamed_taken_away_and_added() -> None:
    renamed = read(Correction(1, "name", "Tarn Mills Limited", *at("Tarn Mills")))
    assert [party.name for party in renamed.parties] == ["Tarn Mills Limited", "Lake Dairies plc"]
    without = read(Correction(1, "name", "", *at("Lake Dairies")))
    assert [party.name for party in without.parties] == ["Tarn Mills Ltd"]
    place, anchor = at("England")
    more = read(Correction(1, "added", "England", place, anchor))
    assert [party.name for party in more.parties][-1] == "England"


def test_a_clause_is_split_where_a_person_says() -> None:
    reading = read(Correction(1, "split", "", *at("(b) Title")))
    assert is_partition(reading)
    assert numbers(reading) == ["1", "(b)", "2", "2.1", "3"]
    assert reading.document.text[clause(reading, "(b)").start :].startswith("(b) Title shall pass")
    assert any(passage.reading(reading.document.text) == "Title shall pass on payment." for passage in reading.passages)


def test_a_clause_is_joined_with_the_one_before_and_hands_on_what_stood_under_it() -> None:
    reading = read(Correction(1, "join", "", *at("2. Payment")))
    assert is_partition(reading)
    assert numbers(reading) == ["1", "2.1", "3"]
    parent = clause(reading, "2.1").parent
    assert parent is not None and reading.clauses[parent].number == "1"


def test_a_split_is_taken_back_by_a_join() -> None:
    split = Correction(1, "split", "", *at("(b) Title"))
    reading = read(split, Correction(2, "join", "", *at("(b) Title")))
    assert reading.clauses == FIRST.clauses
    assert reading.corrected == {1, 2}


@pytest.mark.parametrize(
    ("bearer", "expected"),
    [("Buyer", "Buyer"), ("", ""), ("each party", "each party"), ("Vendor", "Vendor")],
)
def test_a_corrected_bearer_stays_with_its_statement(bearer: str, expected: str) -> None:
    start, anchor = at("The Supplier shall deliver")
    vendor = Correction(1, "term", "Vendor", *at("Tarn Mills"))
    reading = read(vendor, Correction(2, "bearer", bearer, start, anchor, len("The Supplier ")))
    first = reading.obligations[0][1]
    assert first.bearer == expected
    assert first.mutual is (bearer == "each party")
    assert 2 in reading.corrected


def test_a_bearer_is_found_under_the_term_that_its_party_had_then() -> None:
    start, anchor = at("The Supplier shall deliver")
    bearer = Correction(1, "bearer", "Buyer", start, anchor, len("The Supplier "))
    reading = read(bearer, Correction(2, "term", "Purchaser", *at("Lake Dairies")))
    assert reading.obligations[0][1].bearer == "Purchaser"


def test_words_that_moved_are_found_again() -> None:
    longer = TEXT.replace("SUPPLY AGREEMENT", "SUPPLY AGREEMENT OF THE YEAR 2024")
    reading = read(Correction(1, "split", "", *at("(b) Title")), text=longer)
    assert "(b)" in numbers(reading) and reading.corrected == {1}


def test_what_no_longer_fits_is_not_applied_and_not_named() -> None:
    gone = TEXT.replace("(b) Title shall pass on payment.", "")
    corrections = (
        Correction(1, "split", "", *at("(b) Title")),
        Correction(2, "bearer", "Nobody known", *at("The Supplier shall"), len("The Supplier ")),
        Correction(3, "term", "Seller", *at("Supplier shall")),
    )
    reading = read(*corrections, text=gone)
    assert reading.corrected == frozenset()
    assert reading.clauses == read(text=gone).clauses


def test_words_that_stand_twice_are_not_guessed_at() -> None:
    twice = "1. The Supplier shall deliver.\n\n2. The Supplier shall deliver.\n"
    reading = read(Correction(1, "join", "", 500, "The Supplier shall deliver."), text=twice)
    assert reading.corrected == frozenset()


LISTS = """SERVICES AGREEMENT

9. Caps. The following applies:

9.1 Nothing is excluded:

(a) for fraud; or

(b) for death.

10. Law. English law governs.
"""
LISTED = read(text=LISTS).document.text


TREE = [("9", "Caps", 0), ("9.1", "", 1), ("9.1(a)", "", 2), ("9.1(b)", "", 2)]


def tree(reading: Reading) -> list[tuple[str, str, int]]:
    return [(one.number, one.heading, one.level) for one in reading.clauses if one.number]


@pytest.mark.parametrize(
    ("field", "value", "words", "expected"),
    [
        ("number", "8", "9. Caps", [("8", "Caps", 0), ("8.1", "", 1), ("8.1(a)", "", 2), ("8.1(b)", "", 2)]),
        ("number", "", "9.1 Nothing", [("9", "Caps", 0), ("(a)", "", 2), ("(b)", "", 2)]),
        ("heading", "Liability", "9. Caps", [("9", "Liability", 0), ("9.1", "", 1)]),
        ("heading", "", "9. Caps", [("9", "", 0), ("9.1", "", 1)]),
        ("level", "0", "9.1 Nothing", [("9", "Caps", 0), ("9.1", "", 0), ("9.1(a)", "", 1), ("9.1(b)", "", 1)]),
        ("level", "1", "(b) for", [("9", "Caps", 0), ("9.1", "", 1), ("9.1(a)", "", 2), ("9(b)", "", 1)]),
        ("level", "3", "(b) for", [("9", "Caps", 0), ("9.1", "", 1), ("9.1(a)", "", 2), ("9.1(a)(b)", "", 3)]),
        ("level", "1", "10. Law", [*TREE, ("10", "Law", 1)]),
    ],
)
def test_number_heading_and_level_of_a_clause(
    field: Field, value: str, words: str, expected: list[tuple[str, str, int]]
) -> None:
    reading = read(Correction(1, field, value, *at(words, LISTED)), text=LISTS)
    assert is_partition(reading) and reading.corrected == {1}
    assert tree(reading)[: len(expected)] == expected


@pytest.mark.parametrize("level", ["4", "-1"])
def test_a_clause_stands_under_none_that_is_not_there(level: str) -> None:
    reading = read(Correction(1, "level", level, *at("(b) for", LISTED)), text=LISTS)
    assert reading.corrected == frozenset() and reading.clauses == read(text=LISTS).clauses


DUTY = (*at("The Supplier shall deliver"), len("The Supplier "))


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("modality", "permission", ("Supplier", "", "permission")),
        ("counterparty", "Buyer", ("Supplier", "Buyer", "obligation")),
        ("counterparty", "the other party", ("Supplier", "the other party", "obligation")),
    ],
)
def test_a_statement_is_corrected(field: Field, value: str, expected: tuple[str, str, str]) -> None:
    reading = read(Correction(1, field, value, *DUTY))
    first = reading.obligations[0][1]
    assert (first.bearer, first.counterparty, first.modality) == expected
    assert len(reading.obligations) == len(FIRST.obligations) and reading.corrected == {1}


def test_a_false_statement_is_taken_away() -> None:
    reading = read(Correction(1, "no_statement", "", *DUTY))
    assert reading.obligations == FIRST.obligations[1:] and reading.corrected == {1}


@pytest.mark.parametrize(
    ("new", "aliases"),
    [("", ("Tarn", "Client")), ("Tarn", ("Tarn", "Client")), ("Mills", ("Mills", "Tarn", "Client"))],
)
def test_a_wrong_alias_is_taken_away_or_mended(new: str, aliases: tuple[str, ...]) -> None:
    place = at("Tarn Mills")
    reading = read(Correction(1, "role", "Client", *place), Correction(2, "alias", new, *place, old="Tarn Mills"))
    assert reading.parties[0].aliases == aliases and reading.corrected == {1, 2}


PRICE = TEXT.replace("30 days.", "30 days the sum of EUR 1.5 million, or two million dollars.")
EURO = ("EUR", "1500000.0", "EUR 1.5 million")
PRICED = read(text=PRICE).document.text


@pytest.mark.parametrize(
    ("words", "value", "expected"),
    [
        ("EUR 1.5 million", "USD 1500000", [("USD", "1500000", "EUR 1.5 million")]),
        ("EUR 1.5 million", "", []),
        ("two million dollars", "$ 2000000", [EURO, ("$", "2000000", "two million dollars")]),
    ],
)
def test_an_amount_is_corrected_taken_away_or_added(
    words: str, value: str, expected: list[tuple[str, str, str]]
) -> None:
    reading = read(Correction(1, "amount", value, *at(words, PRICED), offset=len(words)), text=PRICE)
    text = reading.document.text
    assert [(one.currency, str(one.amount), text[one.start : one.end]) for one in reading.amounts] == expected
    assert reading.corrected == {1}


def test_the_kind_is_corrected_like_any_fact() -> None:
    facts = {fact.kind: fact for fact in read(Correction(1, "kind", "amendment")).facts}
    assert (facts["kind"].value, facts["kind"].end) == ("amendment", 0)
