from __future__ import annotations

import pytest

from contracts.text.definitions import find_definitions

CASES = [
    ('1.1 "Fees" means the sums in Schedule 1. Payment is due.', "Fees", "the sums in Schedule 1."),
    ("“Claims” shall mean all demands and suits.", "Claims", "all demands and suits."),
    ('"Plan", as used in Section 4, has the meaning given in Exhibit A.', "Plan", "given in Exhibit A."),
    (
        'The Supplier provides the work listed in Schedule 2 (the "Services").',
        "Services",
        "The Supplier provides the work listed in Schedule 2",
    ),
    ("1.1 'Buyer's Fees' means the sums in Schedule 1. Payment is due.", "Buyer's Fees", "the sums in Schedule 1."),
    (
        "It performs the work in Schedule 2 (the \u2018Services\u2019).",
        "Services",
        "It performs the work in Schedule 2",
    ),
    ('Supply Agreement\nThis Supply Agreement (the "Agreement") binds', "Agreement", "This Supply Agreement"),
    ('It (it) is made and entered into as of May 3, 2024 (the "Effective Date").', "Effective Date", "May 3, 2024"),
    ('(it) by and between Tarn Ltd, of York ("Supplier").', "Supplier", "Tarn Ltd, of York"),
    ("1.1 Price.\nFees means the sums in Schedule 1.\nThey are due.", "Fees", "the sums in Schedule 1."),
    ("(a) Terms of Use shall mean Exhibit B;", "Terms of Use", "Exhibit B;"),
]


@pytest.mark.parametrize(("text", "term", "words"), CASES)
def test_term_and_its_words(text: str, term: str, words: str) -> None:
    (found,) = find_definitions(text)
    assert (found.term, text[found.start : found.end]) == (term, term)
    assert text[found.definition_start : found.definition_end] == words


def test_quoted_words_without_a_meaning_define_nothing() -> None:
    assert find_definitions('The box is marked "Fragile" and kept dry.') == ()


@pytest.mark.parametrize(
    "text",
    [
        "The Buyer means to pay. This means that it pays.",
        "Notices: all notices are in writing.",
        "The parties' terms and the Buyer's means",
        "Definitions\nNotices: The parties write.",
        "A reference to “days” means calendar days.",
        "In a list “;” means that more follows.",
    ],
)
def test_other_words_define_nothing(text: str) -> None:
    assert find_definitions(text) == ()


def test_a_list_of_definitions_needs_no_quotes() -> None:
    text = (
        "1. Definitions\n1.1 In this Agreement:\nFees: the sums in Schedule 1, being:\n(a) rent; and\n(b) rates.\n"
        "Business Day: a day on which banks open\nGoods: pumps.\n2. Notices\nNotices: all notices are in writing."
    )
    found = [(one.term, text[one.definition_start : one.definition_end]) for one in find_definitions(text)]
    assert found == [
        ("Fees", "the sums in Schedule 1, being:\n(a) rent; and\n(b) rates."),
        ("Business Day", "a day on which banks open"),
        ("Goods", "pumps."),
    ]


def test_terms_come_in_the_order_of_the_text() -> None:
    text = 'The tools (the "Kit") are lent. "Day" means a calendar day.'
    assert [found.term for found in find_definitions(text)] == ["Kit", "Day"]
