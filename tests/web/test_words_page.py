from __future__ import annotations

from django.test import Client

from contracts.models import Contract
from search.models import Search
from tests.web.test_search_page import text_of


def test_plain_hits_say_that_they_are_plain(lena: Client) -> None:
    response = lena.get("/search/", {"q": "indemnif! W/5 Customer", "mode": "words"})
    page = response.content.decode()
    assert 'name="mode" value="words" checked' in page
    assert "¶</span> Plain word hit" in page and 'id="group-supported"' not in page
    assert "2 plain word hits, not verified" in text_of(response)
    assert "2 clauses have a word that begins with “indemnif” and “Customer”, within 5 words" in text_of(response)
    assert '<mark class="mark-found"><span class="visually-hidden">[found word: </span>indemnify' in page
    assert "Not verified" in text_of(response).partition("Shown")[0]


def test_a_statement_is_verified(lena: Client, oak: Contract) -> None:
    said = "The Supplier shall indemnify the Customer [supported .95]"
    oak.passages.filter(reading__contains="Supplier shall indemnify").update(reading=said)
    response = lena.get("/search/", {"q": "Supplier shall indemnify the Customer", "mode": "words"})
    assert "1 supported · 0 near misses · 0 related only · 0 not verified." in text_of(response)
    assert "1 clause has “Supplier shall indemnify the Customer”" in text_of(response)


def test_an_error_names_the_place_and_keeps_the_mode(lena: Client) -> None:
    response = lena.get("/search/", {"q": "assign (consent", "mode": "words"})
    assert response.status_code == 422
    assert "Nothing says how “(” at character 8 belongs" in text_of(response)
    assert "<details open>" in response.content.decode() and "checked" in response.content.decode()
    assert not Search.objects.exists()


def test_no_hits_say_how_to_find_more(lena: Client) -> None:
    response = lena.get("/search/", {"q": "assign AND novate", "mode": "words"})
    assert "has “assign” and “novate”." in text_of(response)
    assert "try assign! for assigns and assignment" in text_of(response)


def test_the_stored_answer_keeps_its_mode(lena: Client) -> None:
    lena.get("/search/", {"q": "indemnify", "mode": "words"})
    response = lena.get(f"/search/{Search.objects.get().pk}/")
    assert "2 plain word hits" in text_of(response) and "checked" in response.content.decode()


def test_without_words_mode_the_page_is_as_before(lena: Client) -> None:
    page = lena.get("/search/", {"q": "indemnify"}).content.decode()
    assert "checked" not in page and "mark-found" not in page
