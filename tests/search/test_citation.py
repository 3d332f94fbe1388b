"""What stands in brackets behind a contract's title in a citation."""

from __future__ import annotations

import pytest

from search.citation import said_date


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1 May 2024", "1 May 2024"),
        ("27t h day of March, 2017", "27t h day of March, 2017"),
        ("_____ day of ____________, 2015", "2015"),
        (", 2012", "2012"),
        ("[●]", ""),
        ("[ ] day of [ ], 2020", "2020"),
        ("", ""),
    ],
)
def test_a_date_is_cited_without_the_blanks_of_a_form(written: str, said: str) -> None:
    assert said_date(written) == said
