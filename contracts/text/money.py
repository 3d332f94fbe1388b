"""The amounts of money that a contract names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from contracts.text.types import AmountSpan

# A sign that several countries use stays a sign: a dollar is nobody's for certain.
_SIGNS = {
    "us$": "USD", "u.s.$": "USD", "$": "$", "c$": "CAD", "a$": "AUD", "hk$": "HKD", "s$": "SGD", "nz$": "NZD",
    "€": "EUR", "£": "GBP", "¥": "¥", "₹": "INR", "rs": "INR", "rmb": "CNY", "rmb¥": "CNY",
}  # fmt: skip
_CODES = "USD EUR GBP JPY CNY CHF INR CAD AUD HKD SGD NZD SEK NOK DKK ZAR BRL MXN KRW ILS PLN".split()  # noqa: SIM905
_NAMES = {
    "dollars": "$", "us dollars": "USD", "u.s. dollars": "USD", "united states dollars": "USD",
    "canadian dollars": "CAD", "australian dollars": "AUD", "euro": "EUR", "euros": "EUR",
    "pounds sterling": "GBP", "yen": "JPY", "swiss francs": "CHF", "renminbi": "CNY", "rmb": "CNY", "rupees": "INR",
}  # fmt: skip
_TIMES = {"thousand": 10**3, "million": 10**6, "mm": 10**6, "billion": 10**9, "bn": 10**9}
_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,4}(?!\d))?|\.\d{1,4}(?!\d)"
_SCALE = rf"(?:\s?(?P<{{name}}>{'|'.join(_TIMES)})\b)?"
_BEFORE = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_AFTER = "|".join(name.replace(" ", r"\s+").replace(".", r"\.") for name in sorted(_NAMES, key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?<![\w$.])(?:(?P<before>U\.S\.\s?\$|{_BEFORE}|\b(?:{'|'.join(_CODES)})\b)\.?\s?(?P<number>{_NUMBER})"
    rf"{_SCALE.format(name='scale')}(?:\s?(?P<code>{'|'.join(_CODES)})\b)?"
    rf"|(?P<bare>{_NUMBER}){_SCALE.format(name='times')}\s?(?P<after>{'|'.join(_CODES)}|{_AFTER})\b)(?!\d|,\d)",
    re.I,
)
_PAR_VALUE = re.compile(r"\s*(?:per\s+share\s+)?par\s+value", re.I)
_OF_PAR_VALUE = re.compile(r"\bpar\s+value\s+(?:of\s+)?$", re.I)
_MOST = 2_000  # of one contract


def find_amounts(text: str) -> tuple[AmountSpan, ...]:
    """In reading order; without the par values of shares."""
    found: list[AmountSpan] = []
    for amount in _amounts(text):
        found.append(amount)
        if len(found) == _MOST:
            break
    return tuple(found)


def _amounts(text: str) -> Iterator[AmountSpan]:
    for match in _AMOUNT.finditer(text):
        before = text[max(0, match.start() - 20) : match.start()]
        if _PAR_VALUE.match(text, match.end()) or _OF_PAR_VALUE.search(before):
            continue
        scale = (match["scale"] or match["times"] or "").lower()
        try:
            amount = Decimal((match["number"] or match["bare"]).replace(",", "")) * _TIMES.get(scale, 1)
        except InvalidOperation:
            continue
        yield AmountSpan(_currency(match["code"] or match["before"] or match["after"]), amount, *match.span())


def _currency(written: str) -> str:
    words = " ".join(written.lower().split())
    return _SIGNS.get(words.replace(" ", "")) or _NAMES.get(words) or written.upper()
