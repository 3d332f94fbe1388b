from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict

from search.models import Search
from search.page_state import Choice, PageState
from search.query import QueryError
from search.read_state import read_state, read_stored_state

ADDRESS = (
    "q=Supplier+pays&mode=opposite&matter=3&not-law=New+York&law=none&from=2020-01-31&bearer=Supplier&hide=flagged"
    "&sort=date"
)


def test_an_address_is_read_and_written_again() -> None:
    state = read_state(QueryDict(ADDRESS))
    assert (state.query, state.mode, state.hide_flagged) == ("Supplier pays", "opposite", True)
    filters = state.filters
    assert (filters.matters, filters.laws, filters.not_laws) == ((3,), ("",), ("New York",))
    assert (filters.dated_from, filters.dated_until) == (date(2020, 1, 31), None)
    assert read_state(QueryDict(state.url().partition("?")[2])) == state


def test_how_much_is_read_stands_in_the_address_and_not_in_the_form() -> None:
    state = read_state(QueryDict("q=x&limit=100&bearer=Supplier"))
    assert state.limit == 100 and state.url() == "/search/?q=x&limit=100&bearer=Supplier"
    assert state.hidden_fields() == [("bearer", "Supplier")]
    assert read_state(QueryDict("q=x&limit=")).limit is None


def test_including_takes_the_place_of_excluding() -> None:
    state = PageState().toggled(Choice("law", "New York", excluded=True)).toggled(Choice("law", "New York"))
    assert state.choices == (Choice("law", "New York"),)
    assert state.toggled(Choice("law", "New York")).choices == ()


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("q=x&laws=England", "“laws” is no filter"),
        ("q=x&matter=oak", "Matter cannot be “oak”"),
        ("q=x&matter=%D9%A3", "Matter cannot be “٣”"),
        (f"q=x&contract={'9' * 20}", "Contract cannot be “9999"),
        (f"q=x&limit={'9' * 5000}", "A search cannot read “9999"),
        ("q=x&from=yesterday", "Dated from cannot be “yesterday”"),
        ("q=x&not-until=2020-01-01", "“not-until” is no filter"),
        ("q=x&verdict=true", "Verification cannot be “true”"),
        ("q=x&kind=letter", "Kind of document cannot be “letter”"),
        ("q=x&type=letter", "Type of contract cannot be “letter”"),
        ("q=x&bearer=%00", "cannot be"),
        ("q=x&mode=magic", "“magic” is no way to search"),
        ("q=x&sort=length", "cannot be sorted by “length”. Choose one of: relevance, date, contract"),
        ("q=x&limit=501", "cannot read “501” passages. Ask for 1 to 500"),
        ("q=x&limit=-1", "cannot read “-1” passages"),
        ("q=x&limit=all", "cannot read “all” passages"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(address: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        read_state(QueryDict(address))


def test_empty_fields_of_the_form_are_no_filters() -> None:
    assert read_state(QueryDict("q=x&from=&heading=+&not-heading=")) == PageState("x")


def test_a_stored_search_keeps_its_own_filters() -> None:
    search = Search(
        query="Supplier pays",
        filters={"laws": ["", "New York"], "types": ["supply", ""], "not_matters": [4], "dated_until": "2024-05-01"},
    )
    state = read_stored_state(search, QueryDict("q=other&law=Ohio&bearer=Supplier"))
    assert state.query == "Supplier pays"
    assert state.filters.stored() == search.filters
    assert state.values("bearer") == ("Supplier",)


def test_what_words_found_stays_in_its_mode() -> None:
    words = Search(query="assign!", filters={}, recall_path="words", recalled=3)
    assert read_stored_state(words, QueryDict("mode=opposite")).mode == "words"
    meaning = Search(query="assign", filters={}, recall_path="exact", recalled=3)
    assert read_stored_state(meaning, QueryDict("mode=words")).mode == "support"
