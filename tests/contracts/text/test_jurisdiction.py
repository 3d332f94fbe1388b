from __future__ import annotations

import pytest

from contracts.text.jurisdiction import jurisdiction
from contracts.text.law_places import ADJECTIVES, names_of


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("England and Wales", "English|English law|England|England & Wales|the laws of England and Wales|ENGLAND"),
        ("New York", "New York law|State of New York|the State of New York|New York State|NEW YORK|New  York"),
        ("New York", "New York, United States of America|New York, USA|New York, New York|New York State law"),
        ("Germany", "German|German law|Federal Republic of Germany|the Federal Republic of Germany"),
        ("Massachusetts", "Commonwealth of Massachusetts|the Commonwealth of Massachusetts"),
        ("Ontario", "Province of Ontario|Ontario, Canada|Ontario and Canada"),
        ("Washington", "State of Washington|Washington State"),
        ("District of Columbia", "Washington, D.C.|Washington DC"),
        ("China", "PRC|P.R.C.|People’s Republic of China"),
        ("United States", "U.S.|United States of America|American"),
        ("United Kingdom", "UK|U.K.|British"),
        ("Scotland", "Scots law|Scottish|Scotland"),
        ("Northern Ireland", "Northern Ireland|Northern Irish"),
        ("South Korea", "Republic of Korea|Korea"),
        ("Ireland", "Republic of Ireland|Irish"),
        ("Georgia", "State of Georgia|Georgia, USA"),
        ("Georgia (country)", "Republic of Georgia|the Republic of Georgia"),
        ("Hong Kong", "Hong Kong SAR|Hong Kong"),
        ("Switzerland", "Swiss|Swiss law"),
        ("Quebec", "Québec|Quebec|Province of Québec"),
        ("", "|  "),
        # Two laws, or a place that is not known, stay as they are written
        ("England and Scotland", "England and Scotland"),
        ("California or Nevada", "California or Nevada"),
        ("Sealand", "Sealand"),
        ("[STATE]", "[STATE]"),
    ],
)
def test_one_law_has_one_name(name: str, written: str) -> None:
    assert {jurisdiction(one) for one in written.split("|")} == {name}
    assert jurisdiction(name) == name


def test_every_adjective_that_is_read_has_its_place() -> None:
    read = [name for name in names_of(ADJECTIVES) if name.replace(" ", "").isalpha()]
    assert len(read) > 60 and [name for name in read if jurisdiction(name) == name] == []
