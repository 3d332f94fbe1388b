"""What is shown of a date that a form left open or an export tore apart: as 300 CUAD contracts have them."""

from __future__ import annotations

import pytest

from contracts.text.said_date import said_date


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1 May 2024", "1 May 2024"),
        ("6.5.96", "6.5.96"),
        ("27t h day of March, 2017", "27th day of March, 2017"),
        ("1 st day of May 2006", "1st day of May 2006"),
        ("1s t day of March, 2018", "1st day of March, 2018"),
        ("March 9t h , 2015", "March 9th, 2015"),
        ("1st day of ____, 2019", "2019"),
        ("_____ day of ____________, 2015", "2015"),
        ("____ day of March, 2018", "March 2018"),
        ("February ____, 2017", "February 2017"),
        ("____ day of _______________2000", "2000"),
        ("___________ __, 2000", "2000"),
        ("day of , 2015", "2015"),
        (", 2012", "2012"),
        ("[·] day of [·], 2019", "2019"),
        ("[ ] day of [ ], 2020", "2020"),
        ("__ day of ____, 20__", ""),
        ("day of ___________________", ""),
        ("[***], [***]", ""),
        ("[●]", ""),
        ("", ""),
    ],
)
def test_a_date_is_said_without_the_blanks_of_a_form(written: str, said: str) -> None:
    assert said_date(written) == said
