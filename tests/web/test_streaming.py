"""Verification that comes in while one reads: what is recalled at once, then the verdicts."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from contracts.models import Contract
from search.models import OpenSearch, Search
from search.page_state import PageState
from search.streaming import open as steps
from search.streaming.layout import lay_out_open
from tests.fakes import FAKE
from tests.web.test_search_page import HTMX, QUESTION, text_of


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two passages a step."""
    monkeypatch.setattr(steps, "BATCH_PAIRS", 2)
    monkeypatch.setattr(steps, "STEP_SECONDS", 0.0)


def begin(client: Client, **asked: str) -> Any:
    return client.get("/search/", {"q": QUESTION} | asked, headers=HTMX)


def poll(client: Client, **asked: str) -> Any:
    return client.get(f"/search/verifying/{OpenSearch.objects.get().pk}/", {"q": QUESTION} | asked, headers=HTMX)


def test_nothing_is_shown_of_a_clause_before_its_verdict(lena: Client) -> None:
    FAKE.read.clear()
    response = begin(lena)
    assert FAKE.read == [] and not Search.objects.exists()
    page = response.content.decode()
    assert 'hx-trigger="load' in page and "<article" not in page and "shall indemnify" not in text_of(response)
    opened = OpenSearch.objects.get()
    line = f"Verifying: 0 of {len(opened.recalled)} recalled passages read, from {opened.eligible}."
    assert line in text_of(response) and "so far" not in text_of(response)


def test_only_how_it_ended_is_announced(lena: Client, small_steps: None) -> None:
    said = 'hx-swap-oob="innerHTML:#search-status"'
    fragments = [begin(lena)]
    while OpenSearch.objects.exists():
        fragments.append(poll(lena))
    *before, last = (one.content.decode() for one in fragments)
    assert not any(said in one or 'role="status"' in one or 'role="alert"' in one for one in before)
    assert last.count(said) == 1


def test_verdicts_come_in_and_the_last_brings_the_answer(lena: Client, small_steps: None) -> None:
    begin(lena)
    recalled = len(OpenSearch.objects.get().recalled)
    shown: list[str] = []
    while OpenSearch.objects.exists():
        response = poll(lena)
        shown.append(response.content.decode())
        opened = OpenSearch.objects.first()
        if opened:
            assert f"Verifying: {len(opened.verdicts)} of {recalled} recalled passages read" in text_of(response)
    assert "Clauses so far: 1 supported" in " ".join(shown)
    assert len(shown) == -(-recalled // 2)
    search = Search.objects.get()
    assert (search.recalled, search.verified) == (recalled, recalled)
    assert response.headers["HX-Replace-Url"] == PageState(QUESTION).url()
    assert response.headers["HX-Retarget"] == "#results" and "1 supported · 2 near misses" in text_of(response)
    whole = Client()
    whole.force_login(User.objects.get())
    assert "1 supported · 2 near misses" in text_of(whole.get("/search/", {"q": QUESTION}))
    assert Search.objects.count() == 1  # the same answer


def test_a_clause_is_only_judged_when_all_of_it_is_read(lena: Client, oak: Contract) -> None:
    begin(lena)
    opened = OpenSearch.objects.get()
    swapped = oak.passages.get(reading__contains="[party_swapped")
    other = oak.passages.get(reading__contains="[modality")
    oak.passages.filter(pk=other.pk).update(clause=swapped.clause)
    probabilities = {"party_swapped": 0.9}
    opened.verdicts = {str(swapped.pk): {"label": "party_swapped", "probabilities": probabilities, "evidence": []}}
    opened.save()
    view = lay_out_open(opened, PageState(QUESTION), opened.user)
    assert view.sections == () and view.verified == 1


def test_time_that_runs_out_leaves_the_rest_not_verified(lena: Client, settings: Any, small_steps: None) -> None:
    settings.VERIFY_SECONDS = 0.0
    begin(lena)
    response = poll(lena)
    assert not OpenSearch.objects.exists()
    assert "0 supported" in text_of(response) and 'id="group-not_verified"' in response.content.decode()


def test_what_is_walled_off_or_read_anew_meanwhile_is_asked_anew(
    lena: Client, oak: Contract, small_steps: None
) -> None:
    begin(lena)
    oak.matter.walled.add(User.objects.get())
    response = poll(lena)
    assert not OpenSearch.objects.exists() and "indemnify the" not in text_of(response)


def test_an_open_search_is_for_its_own_user(lena: Client, stranger: Client) -> None:
    begin(lena)
    response = poll(stranger)
    assert "There are no passages you may search yet." in text_of(response)
    assert OpenSearch.objects.get().verdicts == {}


def test_without_the_verifier_nothing_is_recalled(lena: Client, settings: Any) -> None:
    settings.VERIFIER_LOADER = "tests.fakes.load_missing"
    response = begin(lena)
    assert response.status_code == 503 and not OpenSearch.objects.exists()


WORDS = {"q": "shall W/3 indemnify", "mode": "words"}
STATING = {"q": "The Supplier shall W/3 indemnify", "mode": "words"}


@pytest.fixture
def words_said_thrice(oak: Contract) -> None:
    """Two clauses have the words; of the second, two passages have them."""
    swapped = oak.passages.get(reading__contains="[party_swapped")
    swapped.reading = "If asked, the Supplier shall indemnify the Customer [party_swapped .88]"
    swapped.save()
    other = oak.passages.get(reading__contains="[modality")
    other.reading, other.clause = "The Supplier shall indemnify nobody [negated .7]", swapped.clause
    other.save()


def test_words_that_make_a_statement_are_verified_in_steps(
    lena: Client, words_said_thrice: None, small_steps: None
) -> None:
    FAKE.read.clear()
    response = begin(lena, **STATING)
    assert FAKE.read == [] and not Search.objects.exists()
    assert "<article" not in response.content.decode()
    words = "3 passages read with “The Supplier shall” and “indemnify”, within 3 words, from"
    assert f"Verifying: 0 of {words}" in text_of(response)
    response = poll(lena, **STATING)  # of two passages: the first clause, and half of the second
    assert f"Verifying: 2 of {words}" in text_of(response) and '<mark class="mark-found">' in response.content.decode()
    assert "Supported so far 1" in text_of(response) and "Negated" not in text_of(response)
    response = poll(lena, **STATING)
    assert not OpenSearch.objects.exists() and {pair.query for pair in FAKE.read} == {"The Supplier shall indemnify"}
    assert "1 supported · 1 near miss · 0 related only · 0 not verified." in text_of(response)


def test_words_verified_in_steps_leave_the_answer_that_one_request_leaves(
    lena: Client, words_said_thrice: None, small_steps: None
) -> None:
    begin(lena, **STATING)
    while OpenSearch.objects.exists():
        poll(lena, **STATING)
    lena.get("/search/", STATING | {"again": "1"})
    whole, streamed = Search.objects.order_by("-created_at")
    kept = ("rank", "label", "text", "roles", "reason", "evidence", "number")
    assert list(streamed.hits.values(*kept)) == list(whole.hits.values(*kept)) != []
    told = ("query", "understood", "filters", "eligible", "recalled", "verified", "recall_path", "verifier_sha256")
    assert [getattr(streamed, name) for name in told] == [getattr(whole, name) for name in told]
    assert begin(lena, **STATING).headers["HX-Push-Url"] and not OpenSearch.objects.exists()  # answered already


def test_plain_words_are_answered_at_once(lena: Client) -> None:
    response = begin(lena, **WORDS)
    assert not OpenSearch.objects.exists() and "2 plain word hits, not verified" in text_of(response)


BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize("asked", [{"q": f"Please find clauses where {QUESTION}"}, STATING])
def test_a_page_opens_before_anything_is_read_and_asks_by_itself(lena: Client, asked: dict[str, str]) -> None:
    FAKE.read.clear()
    opened = lena.get("/search/", asked, headers=BROWSER)
    page = html.unescape(opened.content.decode())
    assert FAKE.read == [] and not OpenSearch.objects.exists() and not Search.objects.exists()
    [by_itself] = re.findall(r'id="verifying"[^>]* hx-get="([^"]+)" hx-trigger="load', page)
    [unscripted] = re.findall(r'<noscript><meta http-equiv="refresh" content="0; url=([^"]+)"></noscript>', page)
    [waiting] = re.findall(r'id="whole-answer" href="([^"]+)"', page)
    assert unscripted == waiting == f"{by_itself}&whole=1"
    step = lena.get(by_itself, headers=HTMX | {"HX-Trigger": "verifying"})
    assert "Verifying: 0 of" in text_of(step) and OpenSearch.objects.exists()
    assert "HX-Push-Url" not in step.headers and step["HX-Replace-Url"].startswith("/search/?q=")
    assert text_of(step).count("Read as “") == text_of(opened).count("Read as “") == ("mode" not in asked)
    assert "1 supported" in text_of(lena.get(unscripted, headers=BROWSER))  # no page that would ask for itself again
    assert "1 supported" in text_of(lena.get(by_itself, headers=BROWSER))  # answered already


def test_a_page_asked_again_opens_first_and_reads_again(lena: Client, small_steps: None) -> None:
    lena.get("/search/", {"q": QUESTION})
    again = {"q": QUESTION, "again": "1"}
    page = lena.get("/search/", again, headers=BROWSER).content.decode()
    assert 'id="verifying"' in page and Search.objects.count() == 1
    step = lena.get("/search/", again, headers=HTMX | {"HX-Trigger": "verifying"})
    assert "Verifying: 0 of" in text_of(step)
    asked = PageState(QUESTION).url()
    assert step["HX-Replace-Url"] == f"{asked}&again=1"  # loaded again it is not the old answer
    [waiting] = re.findall(r'id="whole-answer" href="([^"]+)"', html.unescape(step.content.decode()))
    assert lena.get(waiting, headers=BROWSER)["Location"] == asked
    assert not OpenSearch.objects.exists() and Search.objects.count() == 2


def test_what_is_refused_or_needs_no_reading_is_answered_at_once(lena: Client) -> None:
    assert lena.get("/search/", {"q": "levy " * 301}, headers=BROWSER).status_code == 422
    assert "2 plain word hits, not verified" in text_of(lena.get("/search/", WORDS, headers=BROWSER))
