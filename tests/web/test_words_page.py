from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client

from contracts.models import Contract
from search.models import Search
from search.words.search import search_words
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
    page = response.content.decode()
    assert '<details class="words-syntax" open>' in page and 'value="words" checked' in page
    assert not Search.objects.exists()


def test_no_hits_say_how_to_find_more(lena: Client) -> None:
    response = lena.get("/search/", {"q": "assign AND novate", "mode": "words"})
    assert "has “assign” and “novate”." in text_of(response)
    assert "try assign! for assigns and assignment" in text_of(response)


def test_the_stored_answer_keeps_its_mode(lena: Client) -> None:
    lena.get("/search/", {"q": "indemnify", "mode": "words"})
    response = lena.get(f"/search/{Search.objects.get().pk}/")
    assert "2 plain word hits" in text_of(response) and 'value="words" checked' in response.content.decode()


def test_without_words_mode_the_page_is_as_before(lena: Client) -> None:
    page = lena.get("/search/", {"q": "indemnify"}).content.decode()
    assert 'value="support" checked' in page and 'value="words" checked' not in page and "mark-found" not in page


def test_facets_search_no_words_again(lena: Client) -> None:
    query = {"q": "indemnify", "mode": "words"}
    lena.get("/search/", query)
    response = lena.get("/search/", {**query, "heading": "indemnities"})
    assert Search.objects.count() == 1
    assert 'id="group-found"' in response.content.decode()
    assert "0 of 2 clauses shown, 2 left out by your filters" in text_of(
        lena.get("/search/", {**query, "heading": "x"})
    )
    lena.get("/search/", {**query, "again": "1"})
    lena.get("/search/", {"q": "indemnify"})  # by meaning, it is another question
    assert list(Search.objects.values_list("recall_path", flat=True)) == ["exact", "words", "words"]


def test_an_answer_of_fewer_clauses_is_not_shown_again(lena: Client, oak: Contract) -> None:
    search_words("indemnify", User.objects.get(username="lena"), limit=1)
    assert "2 plain word hits" in text_of(lena.get("/search/", {"q": "indemnify", "mode": "words"}))
    assert Search.objects.count() == 2


def test_why_of_a_plain_hit_claims_no_verdict(lena: Client) -> None:
    lena.get("/search/", {"q": "indemnify", "mode": "words"})
    page = text_of(lena.get(f"/search/{Search.objects.get().pk}/hits/1/why/"))
    assert "There is no verdict to check." in page and "nobody: these are plain word hits" in page
    assert "Disagree with the verdict" not in page


def test_why_of_a_verified_hit_asks_the_statement_not_its_operators(lena: Client, oak: Contract) -> None:
    said = "The Supplier shall indemnify the Customer [supported .95]"
    oak.passages.filter(reading__contains="Supplier shall indemnify").update(reading=said)
    lena.get("/search/", {"q": "Supplier shall indemnify W/2 Customer", "mode": "words"})
    search = Search.objects.get()
    assert search.hits.get().label == "supported"
    page = text_of(lena.get(f"/search/{search.pk}/hits/1/why/"))
    assert "“Customer shall indemnify Supplier”" in page


def test_words_are_searched_in_the_chosen_scope(lena: Client) -> None:
    response = lena.get("/search/", {"q": "indemnify", "mode": "words", "kind": "amendment"})
    assert "in 0 of the 1 contract you may see" in text_of(response)
    assert Search.objects.get().filters == {"kinds": ["amendment"]}


def test_words_that_no_clause_has_leave_nothing_to_narrow(lena: Client, oak: Contract) -> None:
    page = text_of(lena.get("/search/", {"q": "zebra W/3 crossing", "mode": "words"}))
    assert "No clause has these words." in page and "Narrow the answer" not in page and "Search in" in page
    kept = lena.get("/search/", {"q": "zebra", "mode": "words", "heading": "Rent"}).content.decode()
    assert kept.count('<input form="search-form" name="heading"') == 1  # kept in sight, to be taken back
