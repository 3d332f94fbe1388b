"""The pages of saved searches and of lists."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import load_workbook

from contracts.audit.models import AuditEvent
from contracts.models import Contract
from search.models import Arrival, ClauseList, ListedClause, SavedSearch, Search
from search.saved.arrivals import search_arrival
from tests.web.agreement import AGREEMENT, store_agreement
from tests.web.test_search_page import QUESTION, text_of


def answered(client: Client) -> Search:
    client.get("/search/", {"q": QUESTION})
    return Search.objects.latest("created_at")


def test_a_search_is_saved_from_its_answer_with_its_filters(lena: Client, oak: Contract) -> None:
    page = lena.get("/search/", {"q": QUESTION, "not-verdict": "modality", "matter": oak.matter_id}).content.decode()
    address = page.split('name="address" value="')[1].split('"')[0].replace("&amp;", "&")
    saved = lena.post("/search/saved/", {"name": "Cover", "address": address}, follow=True)
    assert "“Cover” is saved." in text_of(saved) and "nothing new" in text_of(saved)
    assert "not-verdict=modality" in SavedSearch.objects.get().address
    again = lena.post("/search/saved/", {"name": "Cover", "address": address})
    assert again.status_code == 422 and "already" in text_of(again)


def test_what_is_new_is_counted_everywhere_and_shown_on_its_page(lena: Client, oak: Contract) -> None:
    lena.post("/search/saved/", {"name": "Cover", "address": "q=The+Supplier+indemnifies+the+Customer"})
    saved = SavedSearch.objects.get()
    search_arrival(oak.pk)
    assert "Saved 1 new" in text_of(lena.get("/contracts/"))
    page = lena.get(f"/search/saved/{saved.pk}/")
    assert "1 contract came in since your last look." in text_of(page)
    assert "s 2.1" in text_of(page)
    assert "s 2.2" not in text_of(page)  # a near miss is no news
    lena.post(f"/search/saved/{saved.pk}/seen/")
    assert "1 new" not in text_of(lena.get("/search/saved/"))
    lena.post(f"/search/saved/{saved.pk}/rename/", {"name": "Indemnities"})
    assert "Indemnities" in text_of(lena.get("/search/saved/"))
    lena.post(f"/search/saved/{saved.pk}/delete/")
    assert not SavedSearch.objects.exists()


def news_of(client: Client, oak: Contract, contracts: int) -> str:
    """The page of a saved search for which so many more contracts came in."""
    for number in range(contracts):
        another = store_agreement(
            oak.matter, AGREEMENT.replace("1 May 2024", f"{number + 1} June 2024"), f"{number}.txt"
        )
        search_arrival(another.pk)
    return f"/search/saved/{SavedSearch.objects.get().pk}/"


def test_what_is_new_takes_as_many_queries_however_much_it_is(lena: Client, oak: Contract) -> None:
    lena.post("/search/saved/", {"name": "Cover", "address": "q=The+Supplier+indemnifies+the+Customer"})
    lena.get(news_of(lena, oak, 1))  # a first look is on record once
    with CaptureQueriesContext(connection) as few:
        lena.get(f"/search/saved/{SavedSearch.objects.get().pk}/")
    search_arrival(oak.pk)
    search_arrival(store_agreement(oak.matter, f"{AGREEMENT}4. Law", "law.txt").pk)
    with CaptureQueriesContext(connection) as many:
        page = lena.get(f"/search/saved/{SavedSearch.objects.get().pk}/")
    assert "3 contracts came in" in text_of(page) and len(many) == len(few)
    assert AuditEvent.objects.filter(action="reread", kind="saved_search", username="lena").count() == 1


def test_what_is_new_is_shown_page_by_page(lena: Client, oak: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.saved.views.CONTRACTS_A_PAGE", 2)
    lena.post("/search/saved/", {"name": "Cover", "address": "q=The+Supplier+indemnifies+the+Customer"})
    path = news_of(lena, oak, 3)
    first, second = (lena.get(path, {"page": number}) for number in (1, 2))
    assert "3 contracts came in since your last look. Page 1 of 2." in text_of(first)
    headings = [re.findall(r'<h2 id="news-\d+">', page.content.decode()) for page in (first, second)]
    assert [len(one) for one in headings] == [2, 1]
    seen = re.findall(r'name="arrival" value="(\d+)"', first.content.decode())
    lena.post(f"{path}seen/", {"arrival": ["x"]})  # names none of them
    assert Arrival.objects.filter(seen_at=None).count() == 3
    assert lena.post(f"{path}seen/", {"arrival": seen}).headers["Location"] == path
    assert len(seen) == 2 and "1 contract came in since your last look." in text_of(lena.get(path))
    lena.post(f"{path}seen/")
    assert not Arrival.objects.filter(seen_at=None)


def test_selected_clauses_go_into_a_list_with_a_note(lena: Client, oak: Contract) -> None:
    search = answered(lena)
    collect = f"/search/{search.pk}/collect/"
    assert "Tick the clauses first" in text_of(lena.post(collect, {"name": "Cover"}))
    page = lena.post(collect, {"hit": [1, 2], "name": "Cover", "note": "Renegotiate"}, follow=True)
    assert "2 clauses put in “Cover”." in text_of(page) and "Renegotiate" in text_of(page)
    cover = ClauseList.objects.get()
    again = lena.post(collect, {"hit": [2, 3], "list": cover.pk}, follow=True)
    assert "1 clause put in “Cover”. 1 was there already." in text_of(again)
    assert [one.hit.rank for one in cover.clauses.all()] == [1, 2, 3]
    assert "No list is chosen." in text_of(lena.post(collect, {"hit": [1]}))
    assert "No list is chosen." in text_of(lena.post(collect, {"hit": [1], "list": "9" * 5000}))


def listed(client: Client) -> ClauseList:
    client.post(f"/search/{answered(client).pk}/collect/", {"hit": [1, 2, 3], "name": "Cover"})
    return ClauseList.objects.get()


def test_a_close_call_says_so_in_a_list_and_in_its_file(lena: Client, oak: Contract) -> None:
    close = answered(lena).hits.get(label="modality")  # [modality .62]
    lena.post(f"/search/{close.search_id}/collect/", {"hit": [close.rank], "name": "Options"})
    made = f"/search/lists/{ClauseList.objects.get().pk}/"
    lena.post(f"/search/{close.search_id}/hits/{close.rank}/decision/", {"decision": "unsure"})
    page = text_of(lena.get(made))
    assert "Close call ◇ Permitted, not required" in page
    assert "Close call, read it yourself (probability 62 %)" in page and "Your decision: Unsure" in page
    words = [paragraph.text for paragraph in Document(BytesIO(lena.get(f"{made}export.docx").content)).paragraphs]
    assert any("probability 62 %, a close call. " in line for line in words)


def test_a_list_is_ordered_noted_and_shortened(lena: Client, oak: Contract) -> None:
    cover = listed(lena)

    def change(rank: int, **fields: str) -> int:
        one = cover.clauses.get(hit__rank=rank)
        return lena.post(f"/search/lists/{cover.pk}/clauses/{one.pk}/", fields).status_code

    assert change(3, action="up") == 302
    change(1, action="down")
    assert [one.hit.rank for one in cover.clauses.all()] == [3, 1, 2]
    change(3, action="up")  # the first stays the first
    change(2, action="note", note="Ask for more")
    change(1, action="remove")
    assert [(one.hit.rank, one.note) for one in cover.clauses.all()] == [(3, ""), (2, "Ask for more")]
    assert change(2, action="burn") == 422


def test_a_list_is_taken_along_as_it_stands(lena: Client, oak: Contract) -> None:
    cover = listed(lena)
    cover.clauses.filter(hit__rank=2).update(note="Ask for more", place=0)
    book = load_workbook(BytesIO(lena.get(f"/search/lists/{cover.pk}/export.xlsx").content))
    heads, first, *_ = book["Results"].iter_rows(values_only=True)
    row = dict(zip(heads, first, strict=True))
    assert (row["No."], row["Note"]) == (1, f"Asked: “{QUESTION}”. Ask for more")
    document = Document(BytesIO(lena.get(f"/search/lists/{cover.pk}/export.docx").content))
    assert AuditEvent.objects.filter(action="exported", kind="list", thing=str(cover.pk)).count() == 2
    assert any("Ask for more" in paragraph.text for paragraph in document.paragraphs)


def test_lists_and_saved_searches_are_for_their_own_user_within_its_walls(
    lena: Client, stranger: Client, oak: Contract
) -> None:
    cover = listed(lena)
    lena.post("/search/saved/", {"name": "Cover", "address": "q=x"})
    saved = SavedSearch.objects.get()
    for path in (f"/search/lists/{cover.pk}/", f"/search/lists/{cover.pk}/export.xlsx", f"/search/saved/{saved.pk}/"):
        assert (stranger.get(path).status_code, lena.get(path).status_code) == (404, 200)
    search = Search.objects.earliest("created_at")
    assert stranger.post(f"/search/{search.pk}/collect/", {"hit": [1], "name": "x"}).status_code == 404
    oak.matter.walled.add(User.objects.get(username="lena"))
    assert "indemnify" not in text_of(lena.get(f"/search/lists/{cover.pk}/"))
    one = ListedClause.objects.earliest("place")
    assert lena.post(f"/search/lists/{cover.pk}/clauses/{one.pk}/", {"action": "up"}).status_code == 404


def test_e_mail_is_chosen_with_the_search_or_later(lena: Client, oak: Contract, settings: Any) -> None:
    assert 'name="alerts"' not in lena.get("/search/", {"q": QUESTION}).content.decode()  # no mail server, no promise
    settings.ALERTS_BY_MAIL = True
    User.objects.filter(username="lena").update(email="lena@firm.example")
    assert 'name="alerts"' in lena.get("/search/", {"q": QUESTION}).content.decode()
    address = "q=The+Supplier+indemnifies+the+Customer"
    saved = lena.post("/search/saved/", {"name": "Cover", "address": address, "alerts": "daily"}, follow=True)
    assert "e-mail: every day" in text_of(saved)
    page = f"/search/saved/{SavedSearch.objects.get().pk}/"
    assert '<option value="daily" selected>' in lena.get(page).content.decode()
    changed = lena.post(f"{page}alerts/", {"alerts": "weekly"}, follow=True)
    assert "E-mail for this search: Every week." in text_of(changed)
    assert "is no choice of e-mail" in text_of(lena.post(f"{page}alerts/", {"alerts": "x"}, follow=True))
    User.objects.update(email="")
    assert "Your account has no e-mail address." in text_of(lena.get(page))
    refused = lena.post("/search/saved/", {"name": "Other", "address": address, "alerts": "daily"})
    assert refused.status_code == 422 and SavedSearch.objects.count() == 1


def test_a_filter_by_decision_is_not_saved_as_no_clause_that_comes_in_would_pass(lena: Client, oak: Contract) -> None:
    address = "q=The+Supplier+indemnifies+the+Customer&decision=relevant&not-verdict=modality"
    page = text_of(lena.post("/search/saved/", {"name": "Cover", "address": address}, follow=True))
    assert "The filter by your decision was left out" in page
    saved = SavedSearch.objects.get()
    assert "decision" not in saved.address and "not-verdict=modality" in saved.address
    SavedSearch.objects.update(address=address)  # saved before it was left out
    search_arrival(oak.pk)
    assert "Saved 1 new" in text_of(lena.get("/contracts/"))
