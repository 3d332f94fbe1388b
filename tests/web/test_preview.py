"""The clauses around a hit, beside it in the answer or as a page of its own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.audit.models import AuditEvent
from contracts.models import Contract
from search import surroundings
from search.models import Hit, Search
from tests.web.agreement import store_agreement
from tests.web.test_search_page import HTMX, QUESTION, text_of

DEEP = """SUPPLY AGREEMENT

It is made between Northgate Analytics Ltd ("Supplier") and Harbour Retail plc ("Customer").

1. Cover

1.1 The Supplier shall:

(a) store the Goods;

(b) label the Goods;

(c) pack the Goods;

(d) indemnify the Customer against claims [supported .99];

(e) insure the Goods.

1.2 "Goods" means what is bought.
"""


@pytest.fixture
def asked(lena: Client) -> Search:
    lena.get("/search/", {"q": QUESTION})
    return Search.objects.get()


def hit_of(search: Search, number: str) -> Hit:
    return search.hits.get(number=number)


def url_of(hit: Hit) -> str:
    return reverse("hit-preview", args=[hit.search_id, hit.rank])


def numbers(page: str) -> list[str]:
    """Of the clauses shown, as they are written."""
    clauses = re.sub(r"<[^>]+>", "", page.partition("near-clauses")[2].partition("near-ways")[0])
    return re.findall(r"(?m)^\s*(\d\.\d?|\([a-z]\))", clauses)


def test_a_hit_stands_among_its_neighbours_with_all_hits_marked(lena: Client, asked: Search) -> None:
    fragment = lena.get(url_of(hit_of(asked, "2.2")), headers=HTMX).content.decode()
    assert "<html" not in fragment and "data-close" in fragment
    assert [numbers(fragment)[place] for place in (0, 1, 2, 3)] == ["2.", "2.1", "2.2", "2.3"]
    assert fragment.count("near-here") == 1
    here = fragment[fragment.index("near-here") :]
    assert "Other party" in here[: here.index("</div>")]
    assert re.findall(r'<mark class="hit hit-(\w+)">', fragment) == ["supported", "party_swapped", "modality"]


def test_as_a_page_it_leads_back_and_to_the_contract(lena: Client, asked: Search, oak: Contract) -> None:
    hit = hit_of(asked, "2.2")
    page = lena.get(url_of(hit), {"bearer": "Customer"}).content.decode()
    assert f'href="/search/{asked.pk}/?bearer=Customer#clause-{hit.rank}"' in page
    assert f'href="/search/{asked.pk}/contracts/{oak.pk}/?bearer=Customer#c-{hit.clause_id}"' in page
    before, after = hit_of(asked, "2.1"), hit_of(asked, "2.3")
    assert f'href="{url_of(before)}?bearer=Customer">Hit before it' in page
    assert f'href="{url_of(after)}?bearer=Customer">Hit after it' in page
    assert "data-close" not in page and "hx-get" not in page
    assert 'aria-keyshortcuts="p"' in lena.get(f"/search/{asked.pk}/").content.decode()


def test_what_stands_above_a_list_item_is_shown_however_far(lena: Client, oak: Contract) -> None:
    store_agreement(oak.matter, DEEP, "deep.txt")
    lena.get("/search/", {"q": QUESTION})
    hit = Search.objects.get().hits.get(number="1.1(d)")
    page = lena.get(url_of(hit)).content.decode()
    assert numbers(page) == ["1.", "1.1", "(b)", "(c)", "(d)", "(e)", "1.2"]
    assert page.count("Clauses between are left out.") == 1
    assert re.findall(r"<dt>(\w+)</dt>", page) == ["Supplier", "Goods", "Customer"]


def test_long_neighbours_are_cut(lena: Client, asked: Search, monkeypatch: Any) -> None:
    monkeypatch.setattr(surroundings, "MOST_BESIDE", 10)
    monkeypatch.setattr(surroundings, "MOST_HERE", 0)
    contract = hit_of(asked, "2.2").contract
    assert contract is not None
    clause = contract.clauses.get(number="2.1")
    text = contract.text[: clause.end].rstrip() + "\nOne line more." + contract.text[clause.end :]
    contract.clauses.filter(start__gt=clause.start).update(start=0, end=0)
    contract.clauses.filter(pk=clause.pk).update(end=clause.end + 15)
    Contract.objects.filter(pk=contract.pk).update(text=text)
    page = lena.get(url_of(hit_of(asked, "2.2"))).content.decode()
    assert "against claims of third parties [supported .95]." in page and "One line more." not in page
    assert '<p aria-hidden="true">…</p>' in page
    whole = lena.get(url_of(hit_of(asked, "2.1"))).content.decode()
    assert "One line more." not in whole


def test_a_contract_read_anew_has_lost_the_place(lena: Client, asked: Search) -> None:
    hit = hit_of(asked, "2.2")
    Hit.objects.filter(pk=hit.pk).update(clause=None)
    page = text_of(lena.get(url_of(hit)))
    assert "was read anew since this search" in page and "Open the contract here" not in page


def test_looking_around_a_clause_is_on_record(lena: Client, asked: Search, oak: Contract) -> None:
    hit = hit_of(asked, "2.2")
    lena.get(url_of(hit), headers=HTMX)
    event = AuditEvent.objects.filter(action="opened").get()
    assert (event.kind, event.thing, event.matter) == ("clause", str(hit.clause_id), oak.matter_id)


def test_another_user_and_a_walled_clause_get_what_is_missing(
    lena: Client, stranger: Client, asked: Search, oak: Contract
) -> None:
    url = url_of(hit_of(asked, "2.2"))
    assert stranger.get(url).status_code == 404
    oak.matter.walled.add(User.objects.get(username="lena"))
    assert lena.get(url).status_code == 404 and not AuditEvent.objects.filter(action="opened").exists()


def test_it_asks_as_many_queries_for_many_hits_as_for_few(lena: Client, asked: Search) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked_for:
            lena.get(url_of(hit_of(asked, "2.2")), headers=HTMX)
        return len(asked_for)

    lena.get(url_of(hit_of(asked, "2.2")), headers=HTMX)
    many = queries()
    asked.hits.exclude(number__in=["2.2"]).delete()
    assert queries() == many
