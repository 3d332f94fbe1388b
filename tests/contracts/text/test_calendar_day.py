from __future__ import annotations

from datetime import date

import pytest

from contracts.text.calendar_day import read_date


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1 May 2024", date(2024, 5, 1)),
        ("14th day of March, 2024", date(2024, 3, 14)),
        ("March 3, 2021", date(2021, 3, 3)),
        ("Sept. 30 2019", date(2019, 9, 30)),
        ("2020-02-29", date(2020, 2, 29)),
        ("June 2018", date(2018, 6, 1)),
        ("25/12/2020", date(2020, 12, 25)),
        ("12/25/2020", date(2020, 12, 25)),
        ("4.4.2020", date(2020, 4, 4)),
        ("the fifteenth day of March, 2024", date(2024, 3, 15)),
        ("Twenty-first (21st) day of March 2024", date(2024, 3, 21)),
        ("March the thirtieth, 2024", date(2024, 3, 30)),
        ("____ day of March, 2024", None),
        ("[●] March 2024", None),
        ("day of March 2024", None),
        ("03/04/2021", None),
        ("31 June 2020", None),
        ("the ___ day of May", None),
        ("", None),
    ],
)
def test_dates_as_written(written: str, read: date | None) -> None:
    assert read_date(written) == read
