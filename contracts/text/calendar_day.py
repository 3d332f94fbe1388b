"""Dates as contracts write them, read into calendar days."""

from __future__ import annotations

import re
from datetime import date

from contracts.text.number_words import ORDINAL, below_hundred

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_YEAR = r"(?P<year>(?:19|20)\s?\d\d)"
_DAY = rf"(?P<day>\d{{1,2}}|{ORDINAL})"
_AGAIN = r"(?:\s*\((?:\d{1,2}|\w+)\s?(?:st|nd|rd|th)?\))?"  # "fifteenth (15th)"
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"\b{_DAY}\s?(?:st|nd|rd|th)?{_AGAIN}\s*(?:day\s+)?(?:of\s+)?{_MONTH}\s*,?\s*(?:in\s+the\s+year\s+)?{_YEAR}",
        rf"\b{_MONTH}\s*(?:the\s+)?{_DAY}\s?(?:st|nd|rd|th)?{_AGAIN}\s*,?\s*{_YEAR}",
        rf"\b{_MONTH}\s*,?\s*{_YEAR}",
        r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b",
    )
)
_LEFT_OPEN = re.compile(r"(?:_|\]|\bday(?:\s+of)?(?:\s+the)?)\s*$", re.I)  # "____ day of March, 2024"
_NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)\b")


def read_date(written: str) -> date | None:
    """ "1st day of May, 2024" -> 2024-05-01; a month alone is its first day.

    None when the words give no calendar day, and for "03/04/2021", which is March in New York and April in London.
    """
    for form in _FORMS:
        if match := form.search(written):
            parts = match.groupdict()
            month = int(parts["number"]) if "number" in parts else _MONTHS.index(parts["month"].lower()) + 1
            if "day" not in parts and _LEFT_OPEN.search(written[: match.start()]):
                return None
            return _day(int("".join(parts["year"].split())), month, _number(parts.get("day") or "1"))
    if match := _NUMERIC.search(written):
        first, second, year = (int(number) for number in match.groups())
        if first > 12 or first == second:
            return _day(year, second, first)
        if second > 12:
            return _day(year, first, second)
    return None


def _number(day: str) -> int:
    return int(day) if day.isdecimal() else below_hundred(day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None  # 31 June
