from __future__ import annotations

import re
from datetime import date

import pytest

from contracts.text.periods import PERIOD, Period, read_period


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("three (3) years", "3 years"),
        ("a one-year term", "1 year"),
        ("12-month", "12 months"),
        ("twelve (12) full calendar months", "12 months"),
        ("one (I) year", "1 year"),  # a scan
        ("one hundred and eighty (180) days", "180 days"),
        ("thirty-six (36) months", "36 months"),
        ("six (6) weeks", "6 weeks"),
    ],
)
def test_lengths_of_time(written: str, read: str) -> None:
    found = re.search(PERIOD, written, re.I)
    assert found is not None
    assert str(read_period(found.group())) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("year to year", "1 year"),
        ("successive annual periods", "1 year"),
        ("month-to-month", "1 month"),
        ("soon", "None"),
    ],
)
def test_lengths_without_a_number(written: str, read: str) -> None:
    assert str(read_period(written)) == read


@pytest.mark.parametrize(
    ("day", "period", "after"),
    [
        (date(2024, 1, 31), Period(1, "month"), date(2024, 2, 29)),
        (date(2024, 2, 29), Period(1, "year"), date(2025, 2, 28)),
        (date(2023, 11, 15), Period(18, "month"), date(2025, 5, 15)),
        (date(2023, 12, 31), Period(2, "week"), date(2024, 1, 14)),
        (date(9990, 1, 1), Period(10, "year"), None),
    ],
)
def test_a_day_so_much_later(day: date, period: Period, after: date | None) -> None:
    assert period.after(day) == after
