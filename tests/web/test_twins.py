"""The same text in several contracts: one card, on which each place is selected and decided on for itself."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract
from search.models import ClauseList, Review, Search
from tests.web.agreement import AGREEMENT, store_agreement
from tests.web.test_search_page import HTMX, QUESTION, text_of


@pytest.fixture
def elm(oak: Contract) -> Contract:
    """The same indemnities in another contract."""
    return store_agreement(oak.matter, AGREEMENT.replace("1 May 2024", "2 June 2025"), "elm.txt")


@pytest.fixture
def card(lena: Client, elm: Contract) -> str:
    """The one supported card, as HTML."""
    page = lena.get("/search/", {"q": QUESTION}).content.decode()
    [card] = re.findall(r'<article id="clause-\d+" class="card label-supported".*?</article>', page, re.DOTALL)
    return card


def test_each_place_has_a_tick_box_and_a_decision(lena: Client, card: str) -> None:
    ranks = sorted(Search.objects.get().hits.filter(label="supported").values_list("rank", flat=True))
    assert len(ranks) == 2 and "Same text in 1 other contract" in card
    assert sorted(int(rank) for rank in re.findall(r'name="hit" value="(\d+)" form="collect"', card)) == ranks
    forms = re.findall(r'<form class="decision" method="post" action="[^"]*/hits/(\d+)/decision/"', card)
    assert sorted(map(int, forms)) == ranks
    assert re.findall(r'id="(clause-\d+)"', card) == [
        f"clause-{rank}" for rank in ranks
    ]  # where a decision leads back to
    # The card's own buttons come first, for the keys.
    assert card.index('class="actions"') < card.index('class="twins"')


def test_a_decision_on_one_place_is_shown_there_alone(lena: Client, card: str, elm: Contract) -> None:
    search = Search.objects.get()
    twin = search.hits.get(label="supported", contract=elm)
    fragment = lena.post(reverse("hit-decide", args=[search.pk, twin.rank]), {"decision": "relevant"}, headers=HTMX)
    assert f'id="decide-relevant-{twin.rank}" type="submit" name="decision" value="" ' in fragment.content.decode()
    assert Review.objects.get().contract == elm
    page = lena.get(f"/search/{search.pk}/").content.decode()
    assert re.findall(r'id="decide-(\w+)-(\d+)"[^>]*aria-pressed="true"', page) == [("relevant", str(twin.rank))]


def test_one_place_goes_into_a_list(lena: Client, card: str, elm: Contract) -> None:
    search = Search.objects.get()
    twin = search.hits.get(label="supported", contract=elm)
    page = lena.post(f"/search/{search.pk}/collect/", {"hit": [twin.rank], "name": "Cover"}, follow=True)
    assert "1 clause put in “Cover”." in text_of(page)
    assert [one.hit.contract for one in ClauseList.objects.get().clauses.all()] == [elm]
