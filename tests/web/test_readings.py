"""Who has read clauses of an answer is on record once: while it is verified, when it is asked again, when looked at."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from contracts.audit.models import AuditEvent
from contracts.models import Contract
from search import readings
from search.models import ClauseList, OpenSearch, Search
from tests.web.test_search_page import HTMX, QUESTION
from tests.web.test_streaming import begin, poll


def told(*actions: str) -> list[tuple[str, str, str]]:
    events = AuditEvent.objects.filter(action__in=actions or ("searched", "reread"), username="lena").order_by("pk")
    return list(events.values_list("action", "kind", "thing"))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every look is a reading of its own."""
    monkeypatch.setattr(readings, "ONE_READING", timedelta(0))


def test_who_leaves_while_it_is_verified_has_searched(lena: Client) -> None:
    begin(lena)
    assert told() == [("searched", "search", str(OpenSearch.objects.get().pk))]


@pytest.mark.parametrize("asked", [{"q": QUESTION}, {"q": "The Supplier shall W/3 indemnify", "mode": "words"}])
def test_what_is_verified_in_steps_is_one_search(lena: Client, asked: dict[str, str]) -> None:
    begin(lena, **asked)
    while OpenSearch.objects.exists():
        poll(lena, **asked)
    assert told() == [("searched", "search", str(Search.objects.get().pk))]


def test_filters_and_redirects_are_one_reading(lena: Client) -> None:
    lena.get("/search/", {"q": QUESTION, "again": "1"}, follow=True)
    search = Search.objects.get()
    lena.get("/search/", {"q": QUESTION, "verdict": "supported"}, headers=HTMX)
    lena.get(f"/search/{search.pk}/")
    lena.get(reverse("hit-why", args=[search.pk, 1]))
    assert told() == [("searched", "search", str(search.pk))]


def test_an_answer_from_the_store_is_on_record(lena: Client, later: None) -> None:
    lena.get("/search/", {"q": QUESTION})
    search = Search.objects.get()
    events = len(told())
    for path in (
        f"/search/?q={QUESTION}",
        f"/search/{search.pk}/",
        reverse("hit-why", args=[search.pk, 1]),
        reverse("hit-compare", args=[search.pk, 1]),
    ):
        lena.get(path)
        events += 1
        assert len(told()) == events and told()[-1] == ("reread", "search", str(search.pk)), path


def test_an_answer_read_over_rest_is_on_record(lena: Client, later: None) -> None:
    lena.get("/search/", {"q": QUESTION})
    search, program = Search.objects.get(), APIClient()
    program.force_authenticate(User.objects.get(username="lena"))
    before = len(told())
    assert program.get(f"/api/v1/searches/{search.pk}/hits").status_code == 200
    assert told()[before:] == [("reread", "search", str(search.pk))]


def test_a_list_looked_at_is_on_record(lena: Client) -> None:
    lena.get("/search/", {"q": QUESTION})
    lena.post(f"/search/{Search.objects.get().pk}/collect/", {"hit": [1], "name": "Cover"}, follow=True)
    assert told("reread") == [("reread", "list", str(ClauseList.objects.get().pk))]


def test_another_s_reading_is_no_reading_of_mine(lena: Client, stranger: Client) -> None:
    lena.get("/search/", {"q": QUESTION})
    assert stranger.get(f"/search/{Search.objects.get().pk}/").status_code == 404
    assert not AuditEvent.objects.filter(username="sam").exists()


def test_the_wording_before_tracked_changes_is_on_record(lena: Client, oak: Contract) -> None:
    path = reverse("contract-original", args=[oak.pk])
    assert lena.get(path).status_code == 404 and told("opened") == []
    Contract.objects.update(original_text="As it was.")
    lena.get(path)
    assert told("opened") == [("opened", "contract", str(oak.pk))]
