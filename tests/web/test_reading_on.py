"""Going on past what a search reads at first: by a link, over REST as by the page, up to a bound."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from contracts.models import Contract
from search.models import OpenSearch, Search
from tests.fakes import FAKE
from tests.web.test_search_filters import ask
from tests.web.test_search_page import HTMX, QUESTION, text_of


@pytest.fixture
def two_at_a_time(settings: Any) -> None:
    settings.RECALL_LIMIT, settings.READ_ON_LIMIT = 2, 0


@pytest.fixture
def most_is_three(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("search.query", "search.read_state", "search.result_page"):
        monkeypatch.setattr(f"{module}.MAX_LIMIT", 3)


def test_the_link_reads_on_and_only_what_is_new(lena: Client, two_at_a_time: None) -> None:
    FAKE.read.clear()
    first = ask(lena)
    eligible = first.context["page"].view.eligible
    assert f"The 2 nearest of {eligible} passages were read; further ones may say it too. Read the next 2" in text_of(
        first
    )
    read = {pair.clause for pair in FAKE.read}
    FAKE.read.clear()
    second = lena.get(first.context["page"].further.url)
    assert "Verified 4 of 4 passages recalled" in text_of(second) and f"The 4 nearest of {eligible}" in text_of(second)
    new = {pair.clause for pair in FAKE.read}
    assert len(new) == 2 and read.isdisjoint(new)
    assert "limit=6" in second.context["page"].further.url


def test_where_the_last_ones_still_say_it_more_is_to_be_expected(lena: Client, oak: Contract, settings: Any) -> None:
    more = "What was read last still surely says it, so passages that were not read may well say it too."
    settings.RECALL_LIMIT, settings.READ_ON_LIMIT = 4, 0
    ask(lena)
    for likely in (False, True):
        Search.objects.update(more_likely=likely)
        assert (more in text_of(ask(lena))) == likely


def test_it_ends_when_all_is_read(lena: Client, two_at_a_time: None) -> None:
    eligible = ask(lena).context["page"].view.eligible
    last = ask(lena, limit=eligible - 1)
    assert "Read the next 1" in text_of(last)
    assert lena.get(last.context["page"].further.url).context["page"].further is None


def test_at_the_bound_it_says_what_else_to_do(lena: Client, two_at_a_time: None, most_is_three: None) -> None:
    assert "Read the next 1" in text_of(ask(lena))
    page = text_of(ask(lena, limit=3))
    assert "One search reads no more: search fewer contracts, or check for absence" in page
    assert f'<a href="/search/absence/?q={QUESTION.replace(" ", "+")}">' in ask(lena, limit=3).content.decode()
    refused = ask(lena, limit=4)
    assert refused.status_code == 422 and "A search cannot read “4” passages. Ask for 1 to 3." in text_of(refused)


def test_an_answer_of_another_length_is_not_taken_for_it(lena: Client, two_at_a_time: None) -> None:
    ask(lena)
    ask(lena, limit=4)
    assert ask(lena).context["page"].view.recalled == 2
    assert ask(lena, limit=4).context["page"].view.recalled == 4
    assert Search.objects.count() == 2


def test_facets_stay_with_what_was_read_and_a_stored_answer_knows_its_length(lena: Client, two_at_a_time: None) -> None:
    page = ask(lena, limit=4).context["page"]
    assert all("limit=4" in value.include_url for facet in page.facets for value in facet.first)
    stored = lena.get(f"/search/{page.view.id}/").context["page"]
    assert "limit=6" in stored.further.url


def test_verdicts_come_in_for_as_many(lena: Client, two_at_a_time: None) -> None:
    opened = lena.get("/search/", {"q": QUESTION, "limit": "4"}, headers=HTMX)
    assert len(OpenSearch.objects.get().recalled) == 2  # what is read next depends on these
    assert f"q={QUESTION.replace(' ', '+')}&amp;limit=4" in opened.content.decode()
    answer = lena.get(f"/search/verifying/{OpenSearch.objects.get().pk}/", {"q": QUESTION, "limit": "4"}, headers=HTMX)
    assert answer.context["page"].view.recalled == 4


def test_words_go_on_too(lena: Client, oak: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("search.words.search", "search.read_state", "search.reuse"):
        monkeypatch.setattr(f"{module}.CLAUSES_READ", 1)
    first = lena.get("/search/", {"q": "indemnif!", "mode": "words"})
    assert "1 of 2 clauses with these words were looked at" in text_of(first)
    second = lena.get(first.context["page"].further.url)
    assert second.context["page"].found == 2 and second.context["page"].further is None
    assert lena.get("/search/", {"q": "indemnif!", "mode": "words"}).context["page"].found == 1


def test_the_api_has_the_same_bound(lena: Client) -> None:
    asked = {"query": QUESTION, "limit": 501}
    answer = lena.post("/api/v1/searches", asked, content_type="application/json")
    assert answer.status_code == 400 and answer.json()["errors"][0]["pointer"] == "/limit"
