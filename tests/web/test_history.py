"""What one asked is found again, asked again and deleted; nobody sees another's questions."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contracts.audit.models import AuditEvent
from contracts.models import Contract
from search.history import views
from search.lists.listing import new_list, put_in
from search.models import AbsenceCheck, Arrival, Search
from search.page_state import PageState
from search.saved.arrivals import search_arrival
from search.saved.saving import save_search
from tests.web.test_search_page import QUESTION, text_of

HISTORY = "/search/history/"
NOTICES = "Notices are given in writing"


def questions(page: Any) -> list[str]:
    return re.findall(r'<p class="asked-question"><a href="[^"]+">([^<]+)</a>', page.content.decode())


def deleted() -> list[str]:
    return list(AuditEvent.objects.filter(action="search.deleted", username="lena").values_list("thing", flat=True))


def test_questions_come_latest_first_with_what_came_of_them(lena: Client, oak: Contract) -> None:
    assert "You have not searched yet." in text_of(lena.get(HISTORY))
    lena.get("/search/", {"q": QUESTION, "matter": oak.matter_id, "not-law": "New York"})
    lena.get("/search/", {"q": "indemnify OR insure", "mode": "words"})
    page = lena.get(HISTORY)
    assert questions(page) == ["indemnify OR insure", QUESTION]
    assert "1 supported, 2 near misses, " in text_of(page)
    assert "UTC · words: 3 clauses with the words · all contracts" in text_of(page)
    assert "related only · Project Oak · without New York" in text_of(page)
    again = re.findall(r'<a href="([^"]+)">Ask again', page.content.decode())
    assert again[1].replace("&amp;", "&") == lena.get(again[1].replace("&amp;", "&"))["HX-Push-Url"]
    assert Search.objects.count() == 2  # nothing changed, so the stored answer answers
    assert f'href="/search/{Search.objects.get(query=QUESTION).pk}/"' in page.content.decode()


def test_what_checks_and_saved_searches_read_is_no_question(lena: Client, oak: Contract) -> None:
    save_search(User.objects.get(username="lena"), "Cover", PageState(QUESTION))
    search_arrival(oak.pk)
    Contract.objects.update(read_at=timezone.now())  # read again, so searched again
    search_arrival(oak.pk)
    lena.post("/search/absence/", {"q": NOTICES})
    assert Arrival.objects.count() == 1 and AbsenceCheck.objects.get().search and Search.objects.count() == 3
    assert questions(lena.get(HISTORY)) == []


def test_an_answer_to_nobody_answers_no_question(lena: Client, oak: Contract) -> None:
    """What a saved search found is shown where it was found; asked, the same question is one's own, and on record."""
    save_search(User.objects.get(username="lena"), "Cover", PageState(QUESTION))
    search_arrival(oak.pk)
    lena.get("/search/", {"q": QUESTION, "contract": oak.pk})
    assert questions(lena.get(HISTORY)) == [QUESTION]


def test_another_user_sees_and_deletes_none(lena: Client, stranger: Client) -> None:
    lena.get("/search/", {"q": QUESTION})
    assert questions(stranger.get(HISTORY)) == []
    url = reverse("history-delete", args=[Search.objects.get().pk])
    assert stranger.post(url).status_code == 404
    stranger.post("/search/history/older/delete/", {"age": "0"})
    assert Search.objects.exists()


def test_what_was_walled_off_since_is_counted_and_not_named(lena: Client, oak: Contract) -> None:
    lena.get("/search/", {"q": QUESTION, "matter": oak.matter_id, "contract": oak.pk})
    found = Search.objects.get().hits.count()
    oak.matter.walled.add(User.objects.get(username="lena"))
    page = text_of(lena.get(HISTORY))
    assert f"no clause, {found} closed to you now · closed to you now · closed to you now" in page
    assert "Project Oak" not in page and "Master" not in page


def test_a_question_is_found_by_its_words_and_pages_keep_them(lena: Client, monkeypatch: Any) -> None:
    for question in (QUESTION, NOTICES, "Claims are paid"):
        lena.get("/search/", {"q": question})
    monkeypatch.setattr(views, "ENTRIES_A_PAGE", 1)
    page = lena.get(HISTORY, {"words": "claims the"})
    assert questions(page) == [QUESTION]
    page = lena.get(HISTORY, {"words": "claims"})
    assert questions(page) == ["Claims are paid"] and "1 to 1 of 2" in text_of(page)
    assert questions(lena.get(HISTORY + "?words=claims&page=2")) == [QUESTION]
    assert '?words=claims&amp;page=2" rel="next"' in page.content.decode()
    assert "None of your questions has “rent”." in text_of(lena.get(HISTORY, {"words": "rent"}))


def test_an_answer_is_deleted_and_that_is_on_record(lena: Client) -> None:
    lena.get("/search/", {"q": QUESTION})
    search = Search.objects.get()
    url = reverse("history-delete", args=[search.pk])
    assert lena.get(url).status_code == 405
    assert f"The answer to “{QUESTION}” is deleted." in text_of(lena.post(url, follow=True))
    assert not Search.objects.exists() and deleted() == [str(search.pk)]
    assert lena.get(f"/search/{search.pk}/").status_code == 404


def test_what_a_list_holds_stays(lena: Client) -> None:
    lena.get("/search/", {"q": QUESTION})
    search = Search.objects.get()
    put_in(new_list(User.objects.get(username="lena"), "Cover"), search.hits.all()[:1])
    said = text_of(lena.post(reverse("history-delete", args=[search.pk]), follow=True))
    assert "stays: clauses of it are in “Cover”. Take them out there first." in said
    said = text_of(lena.post("/search/history/older/delete/", {"age": "0"}, follow=True))
    assert "0 stored answers are deleted. 1 stays: lists hold clauses of it." in said
    assert Search.objects.exists() and deleted() == []


def test_old_answers_are_deleted_together(lena: Client) -> None:
    for question, days in ((QUESTION, 40), (NOTICES, 20), ("Rent is paid", 400)):
        lena.get("/search/", {"q": question})
        Search.objects.filter(query=question).update(created_at=timezone.now() - timedelta(days=days))
    lena.post("/search/absence/", {"q": NOTICES})
    old = {str(pk) for pk in Search.objects.exclude(query=NOTICES).values_list("pk", flat=True)}
    said = text_of(lena.post("/search/history/older/delete/", {"age": "30"}, follow=True))
    assert "2 stored answers are deleted." in said and set(deleted()) == old
    assert questions(lena.get(HISTORY)) == [NOTICES]
    assert "choose how old" in text_of(lena.post("/search/history/older/delete/", {"age": "7"}, follow=True))
    lena.post("/search/history/older/delete/", {"age": "0"})
    assert AbsenceCheck.objects.get().search  # a check is deleted on its own page


def test_the_page_asks_no_query_per_question(lena: Client, oak: Contract) -> None:
    asked = {"matter": oak.matter_id, "contract": oak.pk}
    lena.get("/search/", {"q": QUESTION, **asked})
    lena.get(HISTORY)
    counts = []
    for question in (None, NOTICES, "Claims are paid", "shall indemnify"):
        if question:
            lena.get("/search/", {"q": question, **asked, "mode": "words" if "shall" in question else "support"})
        with CaptureQueriesContext(connection) as queries:
            lena.get(HISTORY)
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_the_empty_page_offers_the_last_questions_once_each(lena: Client) -> None:
    for question in (QUESTION, NOTICES):
        lena.get("/search/", {"q": question})
    lena.get("/search/", {"q": QUESTION, "again": "1"})
    page = lena.get("/search/").content.decode()
    section = page[page.index("What you asked last") :]
    assert re.findall(r"<li><a [^>]*>([^<]+)</a>", section[: section.index("</ul>")]) == [QUESTION, NOTICES]
