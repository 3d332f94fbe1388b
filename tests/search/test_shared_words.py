from __future__ import annotations

import pytest

from search.shared_words import Scanned, nearest_with_words

ASKED = "Manufacturer must deliver the products to Buyer"
PRICES = "The Manufacturer may alter the prices of the Buyer."
DELIVERS = "The Host shall deliver the Products on the delivery date."
PRODUCTS = "The Products are listed in Schedule 1."


@pytest.mark.parametrize(
    ("query", "readings", "order"),
    [
        (ASKED, [(0.6, PRICES), (0.5, PRODUCTS), (0.3, DELIVERS)], [DELIVERS, PRODUCTS, PRICES]),
        # What the parties are called counts for nothing, nor does a word that all of them have, or none.
        (ASKED, [(0.6, "The Host may enter."), (0.5, PRICES)], ["The Host may enter.", PRICES]),
        ("products", [(0.6, PRODUCTS), (0.5, DELIVERS)], [PRODUCTS, DELIVERS]),
        ("insurance", [(0.6, PRODUCTS), (0.5, DELIVERS)], [PRODUCTS, DELIVERS]),
        # Other forms of a word are the word.
        (
            "who indemnifies",
            [(0.6, PRICES), (0.5, "Each party shall indemnify.")],
            ["Each party shall indemnify.", PRICES],
        ),
        # Words do not outweigh any distance.
        ("delivery", [(0.9, PRICES), (0.4, DELIVERS)], [PRICES, DELIVERS]),
        ("", [(0.6, PRICES), (0.5, DELIVERS)], [PRICES, DELIVERS]),
        ("products", [], []),
    ],
)
def test_order(query: str, readings: list[tuple[float, str]], order: list[str]) -> None:
    near = [Scanned(number, similarity, reading) for number, (similarity, reading) in enumerate(readings)]
    assert [near[ranked.passage].reading for ranked in nearest_with_words(query, near)] == order


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    near = [Scanned(number, 0.5, "Each delivery is inspected.") for number in range(8)]
    near.append(Scanned(8, 0.5, "The escrow agent keeps the code."))
    assert nearest_with_words("delivery out of escrow", near)[0].passage == 8
