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
]


@pytest.mark.parametrize(("text", "term", "words"), CASES)
def test_term_and_its_words(text: str, term: str, words: str) -> None:
    (found,) = find_definitions(text)
    assert (found.term, text[found.start : found.end]) == (term, term)
    assert text[found.definition_start : found.definition_end] == words


def test_quoted_words_without_a_meaning_define_nothing() -> None:
    assert find_definitions('The box is marked "Fragile" and kept dry.') == ()


def test_terms_come_in_the_order_of_the_text() -> None:
    text = 'The tools (the "Kit") are lent. "Day" means a calendar day.'
    assert [found.term for found in find_definitions(text)] == ["Kit", "Day"]
