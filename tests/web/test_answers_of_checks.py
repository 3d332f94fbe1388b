"""The answer of a check: narrowed without a new search, on several pages, and with the way back to what it covers."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from contracts.models import Contract
from search.absence.check import start_absence_check
from search.filters import Filters
from search.models import AbsenceCheck, CheckedPosition, Search
from search.playbook.check import start_playbook_check
from search.playbook.positions import PositionText, new_playbook
from tests.fakes import FAKE
from tests.web.test_search_page import HTMX, QUESTION, text_of

STATEMENT = "the Supplier indemnifies the Customer"


@pytest.fixture
def check(lena: Client, oak: Contract) -> AbsenceCheck:
    return start_absence_check(STATEMENT, User.objects.get(username="lena"), Filters(contracts=(oak.pk,)))


@pytest.fixture
def position(lena: Client, oak: Contract) -> CheckedPosition:
    user = User.objects.get(username="lena")
    start_playbook_check(new_playbook(user, "Supply", [PositionText(STATEMENT)]), user, Filters())
    return CheckedPosition.objects.select_related("reading").get()


def ranks(page: str) -> list[int]:
    return [int(rank) for rank in re.findall(r'<article id="clause-(\d+)" class="card', page)]


def test_an_answer_of_a_check_is_narrowed_and_shown_whole_without_a_search(lena: Client, check: AbsenceCheck) -> None:
    path = reverse("search-result", args=[check.search_id])
    FAKE.read.clear()
    for headers in ({}, HTMX):
        page = lena.get(path, {"verdict": "negated", "bearer": "Supplier"}, headers=headers)
        assert "No clause passes your filters" in text_of(page)
        html = page.content.decode()
        assert html.count(f'href="{path}">Show the whole answer') == 2
        # Nothing here asks by meaning, over other contracts than the check read.
        assert 'href="/search/?' not in html and "Search in" not in html and 'name="contract"' not in html
        assert f'<form id="heading-form" method="get" action="{path}">' in html
        assert 'form="heading-form" name="heading"' in html
        assert '<input type="hidden" name="bearer" value="Supplier">' in html
    assert ranks(lena.get(path, {"heading": "Notices"}).content.decode()) == [6]
    assert FAKE.read == [] and Search.objects.count() == 1


def test_a_stored_answer_is_shown_whole_with_the_scope_that_it_had(lena: Client, oak: Contract) -> None:
    lena.get("/search/", {"q": QUESTION, "matter": oak.matter_id})
    path = reverse("search-result", args=[Search.objects.get().pk])
    page = lena.get(path, {"verdict": "negated", "bearer": "Supplier"}).content.decode()
    assert page.count(f'href="{path}">Show the whole answer') == 2
    assert "Show the whole answer" not in lena.get(path).content.decode()
    assert "Search in" in page and "Clear all" not in page


def test_hundreds_of_clauses_stand_on_several_pages(
    lena: Client, check: AbsenceCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, stored = reverse("absence-check", args=[check.pk]), reverse("search-result", args=[check.search_id])
    assert 'class="pages"' not in lena.get(own).content.decode()
    monkeypatch.setattr("search.answer_pages.CARDS", 2)
    for path in (own, stored):
        first, last = lena.get(path), lena.get(path, {"page": "9"}).content.decode()
        assert "1 clause says it." in text_of(first) or "1 supported · 2 near misses" in text_of(first)
        assert "Page 1 of 3: Supported 1, from page 1 · Near misses and contradictions 2, from page 1" in text_of(first)
        assert (ranks(first.content.decode()), ranks(last)) == ([1, 2], [5, 6])
        assert f'href="{path}?page=2" rel="next"' in first.content.decode() and 'rel="next"' not in last
        middle = lena.get(path, {"clause": "3"}).content.decode()
        assert (
            ranks(middle) == [3, 4]
            and 'id="group-flagged">Near misses and contradictions <span class="count">2<' in middle
        )
        assert f'name="next" value="{path}?page=2"' in middle
    kept = lena.get(stored, {"verdict": ["unrelated"], "page": "1"}).content.decode()
    assert ranks(kept) == [4, 5]
    narrowed = lena.get(stored, {"not-verdict": "supported"}).content.decode()
    assert f'href="{stored}?not-verdict=supported&amp;page=2" rel="next"' in narrowed


def test_from_a_clause_one_comes_back_to_the_check(lena: Client, oak: Contract, check: AbsenceCheck) -> None:
    own, stored = reverse("absence-check", args=[check.pk]), reverse("search-result", args=[check.search_id])
    assert f'<a href="{own}">absence check</a>' in lena.get(stored).content.decode()
    for name in ("hit-why", "hit-preview", "hit-compare"):
        address = reverse(name, args=[check.search_id, 3])
        assert way_back(lena, address) == (f"{own}?clause=3#clause-3", "Back to the check")
        shown = (f"{stored}?verdict=negated&clause=3#clause-3", "Back to the results")
        assert way_back(lena, f"{address}?verdict=negated") == shown
    document = reverse("search-document", args=[check.search_id, oak.pk])
    assert way_back(lena, document) == (own, "Back to the check")
    check.delete()
    assert way_back(lena, document) == (stored, "Back to the results")


def test_from_a_clause_of_a_cell_one_comes_back_to_the_cell(
    lena: Client, oak: Contract, position: CheckedPosition
) -> None:
    answer = position.reading.search_id
    cell = reverse("playbook-cell", args=[position.check_of_id, 1, oak.pk])
    assert way_back(lena, reverse("hit-why", args=[answer, 2])) == (f"{cell}#clause-2", "Back to the cell")
    assert way_back(lena, reverse("search-document", args=[answer, oak.pk])) == (cell, "Back to the cell")
    grid = reverse("playbook-check", args=[position.check_of_id])
    assert f'<a href="{grid}">playbook check</a>' in lena.get(reverse("search-result", args=[answer])).content.decode()


def way_back(client: Client, address: str) -> tuple[str, str]:
    page = client.get(address).content.decode()
    found = re.search(r'<p class="back">\s*<a href="([^"]*)"><span aria-hidden="true">←</span> ([^<]*)</a>', page)
    assert found, address
    return unescape(found[1]), found[2]


def test_what_could_not_be_read_is_read_again_from_the_pages(
    lena: Client, oak: Contract, check: AbsenceCheck, position: CheckedPosition, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, grid = reverse("absence-check", args=[check.pk]), reverse("playbook-check", args=[position.check_of_id])
    cell = reverse("playbook-cell", args=[position.check_of_id, 1, oak.pk])
    pages = {own: own, grid: grid, cell: grid}
    assert all("could not be read" not in text_of(lena.get(page)) for page in pages)
    for reading in AbsenceCheck.objects.all():
        part = reading.parts.get()
        reading.parts.update(verified=part.verified - 1)
        Search.objects.filter(pk=reading.search_id).update(verified=part.verified - 1)
    for page, action in pages.items():
        shown = lena.get(page)
        assert "1 passage could not be read: time ran out, or the verifier failed." in text_of(shown)
        assert f'<form method="post" action="{action}">' in shown.content.decode()
    with monkeypatch.context() as replaced:
        replaced.setattr(FAKE, "sha256", "ba" * 32)
        for action in (own, grid):
            assert "start a new check" in text_of(lena.post(action, follow=True))
    assert not AbsenceCheck.objects.exclude(state="done").exists()
    for action in (own, grid):
        assert "Waiting: 0 of" in text_of(lena.post(action, follow=True))
    for page, answer in {own: check.search_id, cell: position.reading.search_id}.items():
        kept = reverse("search-result", args=[answer])
        assert f'is kept: <a href="{kept}">stored answer' in lena.get(page).content.decode()
        assert way_back(lena, reverse("hit-why", args=[answer, 2])) == (
            f"{kept}?clause=2#clause-2",
            "Back to the results",
        )
    assert "Not read against this yet" in text_of(lena.get(cell))
