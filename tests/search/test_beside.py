"""A clause is not called a near miss for one passage while the next one says what was asked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import User

from contracts.models import Contract, Matter
from search.encode import encode_texts
from search.filters import Filters
from search.models import OpenSearch, Search
from search.page_state import PageState
from search.present import present_search
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
    while isinstance(found, OpenSearch):
        view = lay_out_open(found, PageState(QUERY), lawyer)
        assert not any(section.key == "flagged" for section in view.sections) or view.beside == beside
        found = go_on(found.pk, lawyer)
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
