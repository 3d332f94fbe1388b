from __future__ import annotations

import pytest

from contracts.text.money import find_amounts


@pytest.mark.parametrize(
    ("written", "currency", "amount"),
    [
        ("US$1,500,000", "USD", "1500000"),
        ("U.S. $5,000", "USD", "5000"),
        ("$2.5 million", "$", "2500000.0"),
        ("$100,000 USD", "USD", "100000"),
        ("EUR 10,000.50", "EUR", "10000.50"),
        ("€ 500", "EUR", "500"),
        ("£2 million", "GBP", "2000000"),
        ("RMB 300,000", "CNY", "300000"),
        ("5 million dollars", "$", "5000000"),
        ("2,000 Euros", "EUR", "2000"),
    ],
)
def test_amounts(written: str, currency: str, amount: str) -> None:
    text = f"The Buyer shall pay {written}, and no more."
    (found,) = find_amounts(text)
    assert (text[found.start : found.end], found.currency, str(found.amount)) == (written, currency, amount)


def test_figures_repeat_words_once() -> None:
    (found,) = find_amounts("one hundred thousand dollars ($100,000.00)")
    assert str(found.amount) == "100000.00"


@pytest.mark.parametrize(
    "text",
    [
        "common stock, $.01 par value",
        "common stock, par value $0.01",
        "Section 4.2",
        "twenty (20) days",
        "20 pounds of flour",
        "$1,2345",
        "$" + "9" * 40,
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert find_amounts(text) == ()
