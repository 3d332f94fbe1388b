"""Lengths of time as contracts write them: "three (3) years", "a one-year period", "12 months"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from contracts.text.number_words import CARDINAL, below_hundred

_AGAIN = r"(?:\s*[-\u2013]?\s*\(\s*-?[\w-]{1,12}\s*\))?"  # "three (3)"; scans write (I) for (1)
_NUMBER = rf"(?:\b{CARDINAL}\b|(?<![\w.,/$-])\d{{1,3}}){_AGAIN}"
_UNIT = r"(?:day|week|month|year)"
_OF_A_KIND = r"(?:(?:full|consecutive|calendar|business|additional|successive|contract)\s+)*"
PERIOD = rf"(?:{_NUMBER}[-\u2013\s]*{_OF_A_KIND}{_UNIT}s?\b)"
_READ = re.compile(
    rf"(?:(?P<words>\b{CARDINAL}\b)|(?P<figures>\d{{1,3}})){_AGAIN}[-\u2013\s]*(?:[a-z]+\s+)*?(?P<unit>{_UNIT})", re.I
)
_EVERY = (
    (
        re.compile(
            r"\b(?:annual|yearly|year[-\s]to[-\s]year|(?:each|every|another|additional|further|successive)\s+year)",
            re.I,
        ),
        "year",
    ),
    (
        re.compile(
            r"\b(?:monthly|month[-\s]to[-\s]month|(?:each|every|another|additional|further|successive)\s+month)", re.I
        ),
        "month",
    ),
)


@dataclass(frozen=True, slots=True)
class Period:
    number: int
    unit: str  # day, week, month or year

    def __str__(self) -> str:
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"

    def after(self, day: date) -> date | None:
        """The same day so much later; the last of the month where that month is shorter. None beyond year 9999."""
        try:
            if self.unit in ("day", "week"):
                return day + timedelta(days=self.number * (7 if self.unit == "week" else 1))
            months = day.year * 12 + day.month - 1 + self.number * (12 if self.unit == "year" else 1)
            year, month = divmod(months, 12)
            return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
        except (ValueError, OverflowError, calendar.IllegalMonthError):
            return None


def read_period(words: str) -> Period | None:
    """ "three (3) years" -> 3 years; "annual" and "year to year" -> 1 year."""
    if found := _READ.search(words):
        number = int(found["figures"]) if found["figures"] else _number(found["words"])
        return Period(number, found["unit"].lower()) if number else None
    return next((Period(1, unit) for form, unit in _EVERY if form.search(words)), None)


def _number(words: str) -> int:
    hundreds, split, rest = words.lower().partition("hundred")
    if not split:
        return below_hundred(words)
    before, after = hundreds.strip(), re.sub(r"^\s*and\s+", "", rest).strip()
    return 100 * (below_hundred(before) if before not in ("", "a") else 1) + (below_hundred(after) if after else 0)
