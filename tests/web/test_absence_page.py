from __future__ import annotations

from typing import Any

from django.test import Client

from contracts.models import Contract
from search import absence
from search.absence import run_absence_check
from search.models import AbsenceCheck
from tests.web.test_search_page import HTMX, text_of

STATEMENT = "the Supplier indemnifies the Customer"


def check_page() -> str:
    return f"/search/absence/{AbsenceCheck.objects.get().pk}/"


def test_found_clauses_near_misses_and_the_nearest_are_shown(lena: Client, oak: Contract) -> None:
    assert lena.get("/search/absence/").status_code == 200
    response = lena.post("/search/absence/", {"q": STATEMENT, "contracts": [oak.pk]}, follow=True)
    passages = oak.passages.exclude(kind="heading").count()
    assert "1 clause says it." in text_of(response)
    assert f"Read {passages} of {passages} passages, all there are in 1 contract but for headings." in text_of(response)
    page = response.content.decode()
    assert 'id="group-flagged"' in page and "<details open>" in page
    assert "not a proof" in page
    assert STATEMENT in text_of(lena.get("/search/absence/"))


def test_nothing_is_called_absent_while_something_was_not_read(lena: Client, oak: Contract) -> None:
    oak.passages.update(reading="A clause [crash]")
    response = lena.post("/search/absence/", {"q": STATEMENT}, follow=True)
    assert "No clause was found that says it, but" in text_of(response)
    assert "could not be read." in text_of(response)


def test_progress_then_the_answer(lena: Client, oak: Contract, monkeypatch: Any) -> None:
    monkeypatch.setattr(absence, "AT_ONCE", 0)
    response = lena.post("/search/absence/", {"q": STATEMENT}, follow=True)
    assert f"Waiting: 0 of {oak.passages.exclude(kind='heading').count()} passages read." in text_of(response)
    assert b'hx-trigger="every 3s"' in response.content
    fragment = lena.get(check_page(), headers=HTMX)
    assert b"<header class=" not in fragment.content
    run_absence_check(AbsenceCheck.objects.get())
    done = lena.get(check_page(), headers=HTMX)
    assert "1 clause says it." in text_of(done) and b"hx-trigger" not in done.content


def test_a_check_that_stopped_says_why_and_goes_on(lena: Client, oak: Contract, monkeypatch: Any) -> None:
    monkeypatch.setattr(absence, "AT_ONCE", 0)
    lena.post("/search/absence/", {"q": STATEMENT})
    AbsenceCheck.objects.update(state="failed", error="The disk is full. Make room.")
    response = lena.get(check_page())
    assert "so it says nothing yet." in text_of(response) and "The disk is full. Make room." in text_of(response)
    assert "Waiting: 0 of" in text_of(lena.post(check_page(), follow=True))


def test_a_check_is_for_its_own_user(lena: Client, stranger: Client, oak: Contract) -> None:
    lena.post("/search/absence/", {"q": STATEMENT})
    assert stranger.get(check_page()).status_code == 404
    refused = stranger.post("/search/absence/", {"q": STATEMENT, "contracts": [oak.pk]})
    assert refused.status_code == 422
    assert "There is no contract to read in this scope." in text_of(stranger.post("/search/absence/", {"q": STATEMENT}))


def test_without_the_verifier_nothing_is_said(lena: Client, settings: Any) -> None:
    settings.VERIFIER_LOADER = "tests.fakes.load_missing"
    response = lena.post("/search/absence/", {"q": STATEMENT})
    assert response.status_code == 503 and "Nothing was read." in text_of(response)
    assert not AbsenceCheck.objects.exists()


def test_a_clause_can_be_decided_on_from_the_check(lena: Client, oak: Contract) -> None:
    page = lena.post("/search/absence/", {"q": STATEMENT}, follow=True).content.decode()
    search = AbsenceCheck.objects.get().search
    assert search is not None and f"/search/{search.pk}/hits/1/why/" in page and "Try again" not in page
    decided = lena.post(
        f"/search/{search.pk}/hits/1/decision/", {"decision": "relevant", "next": check_page()}, follow=True
    )
    assert decided.redirect_chain[-1][0] == f"{check_page()}#clause-1"
    assert b'aria-pressed="true"' in decided.content


def test_the_stored_answer_offers_no_search_by_meaning_instead(lena: Client, oak: Contract) -> None:
    lena.post("/search/absence/", {"q": STATEMENT})
    search = AbsenceCheck.objects.get().search
    assert search is not None
    page = lena.get(f"/search/{search.pk}/")
    assert "every passage read" in text_of(page) and "Search again" not in text_of(page)
