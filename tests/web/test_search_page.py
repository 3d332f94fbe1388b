from __future__ import annotations

import hashlib
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract
from search.models import Search
from search.query import LONGEST_TYPED
from tests.fakes import FAKE
from verifier.types import Share

QUESTION = "The Supplier indemnifies the Customer against claims"
HTMX = {"HX-Request": "true"}


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", response.content.decode()).split())


def test_the_empty_page_asks_nothing_and_stores_nothing(lena: Client) -> None:
    response = lena.get("/search/")
    assert response.status_code == 200
    assert "What must the clause say?" in response.content.decode()
    assert not Search.objects.exists()


def test_a_request_is_read_as_the_statement_in_it_and_says_so(lena: Client) -> None:
    typed = {"q": "find clauses where the Supplier indemnifies the Customer"}
    said = "Read as “the Supplier indemnifies the Customer”"
    response = lena.get("/search/", typed)
    assert said in text_of(response)
    assert [search.query for search in Search.objects.all()] == ["the Supplier indemnifies the Customer"]
    assert response["HX-Push-Url"] == "/search/?q=the+Supplier+indemnifies+the+Customer"
    fragment = lena.get("/search/", typed, headers=HTMX).content.decode()
    assert 'hx-swap-oob="innerHTML:#q-note"' in fragment and said in fragment
    assert said not in text_of(lena.get("/search/", typed | {"mode": "words"}))


def test_who_is_offered_party_by_party(lena: Client) -> None:
    page = lena.get("/search/", {"q": "who pays for taxes?"}).content.decode()
    assert ">The Customer pays for taxes</a>" in page and "?q=The%20Supplier%20pays%20for%20taxes" in page


def test_a_close_call_says_so_beside_its_verdict(lena: Client) -> None:
    cards = re.findall(r'<p class="verdict">(.*?)</p>', lena.get("/search/", {"q": QUESTION}).content.decode())
    close = [card for card in cards if "Close call" in card]
    assert len(close) == 1 and "Permitted, not required" in close[0]  # [modality .62]


def test_how_sure_supported_is_follows_from_what_was_measured(
    lena: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(FAKE, "support", Share(0.96, shown=200, right=180, low=0.85, high=0.94))
    monkeypatch.setattr(FAKE, "support_in_searches", Share(0.96, shown=50, right=31, low=0.48, high=0.74))
    response = lena.get("/search/", {"q": QUESTION})
    cards = re.findall(r'<p class="verdict">(.*?)</p>', response.content.decode())
    assert any("Close call" in card and "Supported" in card for card in cards)  # [supported .95]
    assert "a probability of 96 % or more was right in 180 of 200 verdicts" in text_of(response)
    assert "What a search brings is mostly about something near: there 31 of 50 as sure ones were right" in text_of(
        response
    )
    settings.VERIFIER_LOADER = "tests.fakes.load_missing"  # a stored answer is shown without loading the weights
    stored = text_of(lena.get(f"/search/{Search.objects.get().pk}/"))
    assert "a probability of 96 % or more was right in 180 of 200 verdicts" in stored


def test_results_come_in_groups_with_honest_counts(lena: Client) -> None:
    response = lena.get("/search/", {"q": QUESTION})
    page = response.content.decode()
    groups = [page.index(f'id="group-{key}"') for key in ("supported", "flagged", "related")]
    assert groups == sorted(groups)
    search = Search.objects.get()
    assert (
        f"Clauses: 1 supported · 2 near misses · {search.hits.count() - 3} related only · 0 not verified."
        in text_of(response)
    )
    assert f"Verified {search.recalled} of {search.recalled} passages recalled, from {search.eligible} in" in text_of(
        response
    )
    assert "in 1 contract you may see" in text_of(response)


def test_what_is_read_again_is_counted_and_what_was_never_read_is_said(lena: Client, oak: Contract) -> None:
    assert "not searched" not in text_of(lena.get("/search/", {"q": QUESTION}))
    Contract.objects.filter(pk=oak.pk).update(state=Contract.State.RECEIVED)  # its last reading is still searched
    Contract.objects.create(matter=oak.matter, file_name="new.txt", sha256="0" * 64, size=1)
    for mode in ("support", "words"):
        answer = text_of(lena.get("/search/", {"q": QUESTION, "mode": mode}))
        assert "in 1 contract you may see. 1 more is not read, waiting or failed, and is not searched." in answer


def test_a_card_says_verdict_in_icon_and_word_and_leads_to_its_clause(lena: Client, oak: Contract) -> None:
    page = lena.get("/search/", {"q": QUESTION}).content.decode()
    assert "⇄</span> Other party" in page
    clause = oak.clauses.get(number="2.2")
    assert f'/search/{Search.objects.get().pk}/contracts/{oak.pk}/#c-{clause.pk}"' in page
    assert '<mark class="mark-' in page


def test_htmx_gets_the_fragment_and_the_status_beside_it(lena: Client) -> None:
    lena.get("/search/", {"q": QUESTION})
    response = lena.get("/search/", {"q": QUESTION}, headers=HTMX)
    assert b"<header class=" not in response.content
    assert b'hx-swap-oob="innerHTML:#search-status"' in response.content
    assert "HX-Request" in response.headers["Vary"]


def test_going_back_gets_the_whole_page(lena: Client) -> None:
    response = lena.get("/search/", {"q": QUESTION}, headers=HTMX | {"HX-History-Restore-Request": "true"})
    assert b"<!doctype html>" in response.content


def test_a_question_that_is_too_long_is_answered_with_the_remedy(lena: Client) -> None:
    response = lena.get("/search/", {"q": "levy " * 301})
    assert response.status_code == 422
    assert "The question has 301 words; at most 300 are read." in text_of(response)
    assert not Search.objects.exists()


def test_without_the_verifier_nothing_is_shown_and_the_page_says_why(lena: Client, settings: Any) -> None:
    settings.VERIFIER_LOADER = "tests.fakes.load_missing"
    response = lena.get("/search/", {"q": QUESTION})
    assert response.status_code == 503
    assert "weights are missing" in text_of(response)
    assert b"<article" not in response.content


def test_a_clause_that_cannot_be_verified_is_called_so(lena: Client, oak: Contract) -> None:
    oak.passages.filter(reading__contains="in writing").update(reading="Notices of claims in writing [crash]")
    response = lena.get("/search/", {"q": QUESTION})
    page = response.content.decode()
    assert "… Not verified" in text_of(response) and 'id="group-not_verified"' in page
    unread = page.index("[crash]")
    assert page.rindex('<h2 id="group-', 0, unread) == page.index('<h2 id="group-not_verified"')
    recalled = Search.objects.get().recalled
    assert f"Verified {recalled - 1} of {recalled} passages recalled" in text_of(response)


def test_markup_in_a_contract_is_shown_as_text(lena: Client) -> None:
    page = lena.get("/search/", {"q": "Services means analysis of sales data"}).content.decode()
    assert "&lt;b&gt;analysis&lt;/b&gt;" in page and "<b>analysis" not in page


def test_who_is_member_of_nothing_finds_nothing(stranger: Client) -> None:
    response = stranger.get("/search/", {"q": QUESTION})
    assert "There are no passages you may search yet." in text_of(response)
    assert "in 0 contracts you may see" in text_of(response)


def test_a_stored_answer_is_for_its_own_user(lena: Client, stranger: Client) -> None:
    lena.get("/search/", {"q": QUESTION})
    url = reverse("search-result", args=[Search.objects.get().pk])
    assert "1 supported" in text_of(lena.get(url))
    assert stranger.get(url).status_code == 404


def test_signed_out_goes_to_sign_in_also_from_htmx(client: Client, db: None) -> None:
    login = "/login/?next=/search/%3Fq%3Dindemnity"
    assert client.get("/search/?q=indemnity").headers["Location"] == login
    assert client.get("/search/?q=indemnity", headers=HTMX).headers["HX-Redirect"] == login


def test_examples_are_shown_to_who_sees_the_samples(
    lena: Client, stranger: Client, oak: Contract, settings: Any
) -> None:
    assert "Try one of these" not in text_of(lena.get("/search/"))
    sample = (settings.BASE_DIR / "fixtures" / "agreements" / "lease.pdf").read_bytes()
    Contract.objects.filter(pk=oak.pk).update(sha256=hashlib.sha256(sample).hexdigest())
    assert "Try one of these" in text_of(lena.get("/search/"))
    assert "Try one of these" not in text_of(stranger.get("/search/"))


def test_what_fills_the_line_may_be_cut_off_and_is_not_searched(lena: Client) -> None:
    response = lena.get("/search/", {"q": ("“a” " * 600)[:LONGEST_TYPED], "mode": "words"})
    assert response.status_code == 422 and "it fills the 2000 characters of the line" in text_of(response)
    assert f'maxlength="{LONGEST_TYPED}"' in response.content.decode()


def test_the_builder_keeps_what_was_typed_and_the_filters(lena: Client, oak: Contract) -> None:
    path, parts = "/search/build/", {"who": "Supplier", "must": "must", "what": "", "whom": "", "when": ""}
    assert lena.get(path, parts, headers=HTMX).status_code == 204
    written = lena.get(path, parts | {"what": "insure"}, headers=HTMX)
    assert 'value="Supplier must insure"' in written.content.decode()
    kept = {"q": QUESTION, "mode": "opposite", "matter": oak.matter_id, "not-verdict": "modality"}
    start = lena.get("/search/", kept).content.decode()
    for name, value in kept.items():
        assert f'<input type="hidden" form="builder" name="{name}" value="{value}">' in start
    plain = lena.get(path, kept | parts).content.decode()
    assert f'id="q" name="q" type="search" value="{QUESTION}"' in plain
    plain = lena.get(path, kept | parts | {"what": "insure"}).content.decode()
    assert 'id="q" name="q" type="search" value="Supplier must insure"' in plain
    asked = lena.get(path, kept | parts | {"what": "insure", "search": "built"})  # the button that Enter presses
    assert asked.headers["Location"].startswith("/search/?q=Supplier+must+insure&mode=opposite&")
    assert "not-verdict=modality" in asked.headers["Location"]
    untold = lena.get(path, parts | {"what": "sell to any person", "whom": "Buyer"}, headers=HTMX).content.decode()
    assert "“Buyer” is not in the sentence" in untold
    assert 'value="opposite" checked' in plain and 'form="search-form" name="not-verdict" value="modality"' in plain
    assert "Matter: Project Oak" in plain
    assert lena.get(path, parts | {"what": "insure", "matter": "oak"}).status_code == 422


def test_where_no_clause_says_it_the_page_leads_to_the_absence_check(lena: Client, oak: Contract) -> None:
    said = "passages read says it."
    assert said not in text_of(lena.get("/search/", {"q": QUESTION}))
    oak.passages.filter(reading__contains="[supported").update(reading="The Supplier shall pay. [negated .9]")
    asked = {"q": "The Supplier pays", "matter": oak.matter_id, "law": ["none", "England"], "from": "2024-01-01"}
    page = lena.get("/search/", asked)
    assert said in text_of(page) and "The near misses come closest." in text_of(page)
    address = page.content.decode().split('<a href="/search/absence/?')[1].split('"')[0].replace("&amp;", "&")
    # The form has one field for a law, so the contracts of two are ticked.
    form = lena.get(f"/search/absence/?{address}&contracts=x&law=nowhere").content.decode()
    assert 'value="The Supplier pays"' in form and f'name="contracts" value="{oak.pk}" checked' in form
    one_law = lena.get("/search/", asked | {"law": "none"}).content.decode()
    address = one_law.split('<a href="/search/absence/?')[1].split('"')[0].replace("&amp;", "&")
    assert address == f"q=The+Supplier+pays&matter={oak.matter_id}&law=none&dated_from=2024-01-01"
    for mode in ("opposite", "words"):
        assert said not in text_of(lena.get("/search/", {"q": "The Supplier shall pay", "mode": mode}))
