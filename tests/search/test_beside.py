"""A clause is not called a near miss for one passage while the next one says what was asked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.test import Client

from contracts.models import Contract, Matter
from search.encode import encode_texts
from search.export.report import report_of
from search.filters import Filters
from search.models import OpenSearch, Search
from search.page_state import Choice, PageState
from search.present import present_search
from search.result_page import lay_out_search
from search.search import search_clauses
from search.streaming.layout import lay_out_open
from search.streaming.open import go_on, open_search
from tests.fakes import FakeVerifier
from tests.search.conftest import add_contract

QUERY = "Licensor may audit Licensee's records"
SWAPPED = "Licensee may audit Licensor's records. [party_swapped .9]"
SAYS = "Licensor may audit Licensee's records. [supported .8]"
NEGATED = "Licensor may audit nothing. [negated .99]"
OTHER = "Audits take a day."

# Clauses, of which recall brings the first passage alone; what the answer then says; passages read besides.
TABLE: list[tuple[list[list[str]], list[str], int]] = [
    ([[SWAPPED, SAYS]], ["supported"], 1),
    ([[SWAPPED, OTHER, SAYS]], ["supported"], 2),
    ([[SWAPPED, NEGATED]], ["party_swapped"], 1),  # what was not recalled can only support
    ([[SWAPPED, OTHER, OTHER, SAYS]], ["party_swapped"], 2),  # too far off
    ([[SWAPPED, SAYS.replace(".8", ".6")]], ["party_swapped"], 1),  # a close call
    ([[SWAPPED], [SAYS]], ["party_swapped"], 0),  # another clause
    ([[SAYS, SWAPPED]], ["supported"], 0),
    ([[OTHER, SAYS]], ["unrelated"], 0),
]


@pytest.fixture(autouse=True)
def one_recalled(settings: Any, fake_verifier: FakeVerifier) -> None:
    settings.RECALL_LIMIT = settings.READ_ON_LIMIT = 1


def add(matter: Matter, clauses: list[list[str]]) -> Contract:
    asked = encode_texts([QUERY])[0]
    texts = [text for clause in clauses for text in clause]
    return add_contract(matter, clauses, np.stack([asked, *[np.roll(asked, 1)] * (len(texts) - 1)]), title="Licence")


@pytest.mark.parametrize(("clauses", "labels", "beside"), TABLE)
def test_what_stands_beside_is_read_at_once_or_in_steps(
    matter: Matter, lawyer: User, clauses: list[list[str]], labels: list[str], beside: int
) -> None:
    add(matter, clauses)
    found: OpenSearch | Search | None = open_search(QUERY, lawyer, Filters())
    flagged_with: list[int] = []  # read beside, at each step that showed a flagged clause
    while isinstance(found, OpenSearch):
        view = lay_out_open(found, PageState(QUERY), lawyer)
        flagged_with += [view.beside for section in view.sections if section.key == "flagged"]
        found = go_on(found.pk, lawyer)
    assert set(flagged_with) <= {beside}
    for search in (found, search_clauses(QUERY, lawyer)):
        assert search is not None
        view_of = present_search(search)
        assert (view_of.recalled, view_of.verified, view_of.beside) == (1, 1, beside)
        assert list(search.hits.values_list("label", flat=True)) == labels


def test_the_items_of_a_list_stand_beside_each_other(matter: Matter, lawyer: User) -> None:
    contract = add(matter, [[SWAPPED], [SAYS], [OTHER]])
    swapped, says, above = contract.clauses.order_by("position")
    contract.clauses.filter(pk__in=[swapped.pk, says.pk]).update(parent=above)
    contract.clauses.filter(pk=swapped.pk).update(number="11.1(b)")
    search = search_clauses(QUERY, lawyer)
    assert search.beside == 2
    hits = search.hits.order_by("rank").values_list("clause", "label", "similarity")
    assert [(clause, label) for clause, label, _ in hits] == [(says.pk, "supported"), (swapped.pk, "party_swapped")]
    assert hits[0][2] is None and hits[1][2] is not None
    assert list(search.hits.values_list("under", flat=True)) == [None, None]  # the other is no item


def test_a_flagged_item_stands_under_the_item_that_supports(matter: Matter, lawyer: User, client: Client) -> None:
    contract = add(matter, [[SWAPPED], [SAYS], [OTHER]])
    swapped, says, above = contract.clauses.order_by("position")
    for clause, number in ((swapped, "11.1(b)"), (says, "11.1(a)")):
        contract.clauses.filter(pk=clause.pk).update(parent=above, number=number, heading="")
    search = search_clauses(QUERY, lawyer)
    assert list(search.hits.order_by("rank").values_list("rank", "under")) == [(1, None), (2, 1)]
    page = lay_out_search(search, lawyer, PageState(QUERY), "")
    assert [(one.key, one.clauses, len(one.cards), one.folded) for one in page.sections] == [
        ("supported", 1, 1, 0),
        ("flagged", 1, 0, 1),
    ]
    assert [item.hit.number for item in page.sections[0].cards[0].items] == ["11.1(b)"]
    assert (page.view.flagged, page.shown, page.hidden) == (1, 2, 0)
    # What one looks for is folded under nothing, what is hidden stands nowhere.
    for state, counts in (
        (PageState(QUERY, "opposite"), [("contrary", 1), ("supported", 1)]),
        (PageState(QUERY, choices=(Choice("verdict", "party_swapped"),)), [("flagged", 1)]),
        (PageState(QUERY, hide_flagged=True), [("supported", 1), ("flagged", 0)]),
    ):
        page = lay_out_search(search, lawyer, state, "")
        assert [(one.key, len(one.cards)) for one in page.sections] == counts
        assert not any(card.items for one in page.sections for card in one.cards)
    client.force_login(lawyer)
    shown = client.get(f"/search/{search.pk}/").content.decode()
    assert shown.count('name="hit" value="2"') == 1 and "Also in the same list: 11.1(b)" in shown
    assert "1 of them stands under a supported clause of the same list." in shown
    [told] = [hit for group in report_of(search).groups for hit in group.hits if hit.under]
    assert "Stands in one list with number 1, which supports it." in told.reason_with_notices
