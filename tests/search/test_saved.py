from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.audit.models import AuditEvent
from contracts.models import Contract, Matter
from contracts.queue import FOLLOWING
from search.jobs import search_saved
from search.models import Arrival, SavedSearch, Search
from search.query import QueryError
from search.read_state import read_state
from search.saved.arrivals import enqueue_arrival
from search.saved.saving import mark_seen, not_searched_yet, save_search, unseen_arrivals, with_news
from tests.fakes import FakeVerifier
from tests.search import conftest

SUPPORTED = "Supplier shall indemnify Customer. [supported .9]"
SWAPPED = "Customer shall indemnify Supplier. [party_swapped .8]"


@pytest.fixture(autouse=True)
def _no_encoder(monkeypatch: pytest.MonkeyPatch, fake_verifier: FakeVerifier) -> None:
    monkeypatch.setattr("search.search.encode_texts", lambda texts: np.full((len(texts), 384), 0.05, np.float32))
    monkeypatch.setattr("search.query.count_tokens", lambda text: len(text.split()))


def comes_in(matter: Matter, *texts: str, **fields: Any) -> Contract:
    vectors = np.full((len(texts), 384), 0.05, np.float32)
    fields = {"read_at": timezone.now()} | fields
    return conftest.add_contract(matter, [[text] for text in texts], vectors, **fields)


def save(user: User, address: str, name: str = "Indemnities") -> SavedSearch:
    return save_search(user, name, read_state(QueryDict(address)))


def news(user: User) -> list[int]:
    return [saved.news for saved in with_news(user)]


def test_what_comes_in_is_searched_and_new_until_it_is_seen(matter: Matter, lawyer: User) -> None:
    saved = save(lawyer, "q=Supplier+indemnifies+Customer")
    contract = comes_in(matter, SUPPORTED, SWAPPED)
    assert (news(lawyer), not_searched_yet(saved, lawyer)) == ([0], 1)
    search_saved(contract.pk)
    assert (news(lawyer), not_searched_yet(saved, lawyer)) == ([1], 0)
    [arrival] = unseen_arrivals(saved, lawyer)
    assert arrival.search.filters == {"contracts": [contract.pk]}
    search_saved(contract.pk)  # a job that runs again asks nothing twice
    assert Search.objects.count() == 1
    assert AuditEvent.objects.get(action="searched").user is None  # the worker asked, not the lawyer
    mark_seen(saved, lawyer)
    assert news(lawyer) == [0] and Arrival.objects.count() == 1


def test_a_near_miss_and_what_could_not_be_read_is_no_news(matter: Matter, lawyer: User) -> None:
    save(lawyer, "q=Supplier+indemnifies+Customer")
    search_saved(comes_in(matter, SWAPPED, "A clause [crash]").pk)
    assert news(lawyer) == [0] and Arrival.objects.get().clauses == 0


def test_a_close_call_is_told_apart_and_is_no_news(matter: Matter, lawyer: User, client: Any) -> None:
    saved = save(lawyer, "q=Supplier+indemnifies+Customer")
    search_saved(comes_in(matter, SUPPORTED, "Supplier shall hold Customer harmless. [supported .5]").pk)
    search_saved(comes_in(matter, "Supplier shall hold Customer free. [supported .6]").pk)
    [counted] = with_news(lawyer)
    assert (counted.news, counted.close_calls) == (1, 2)
    client.force_login(lawyer)
    assert "and 2 close calls" in client.get("/search/saved/").content.decode()
    page = client.get(f"/search/saved/{saved.pk}/").content.decode()
    assert "1 and 1 close call</span>" in page and "0 and 1 close call</span>" in page
    assert page.index("indemnify Customer") < page.index("hold Customer harmless")
    assert client.get(f"/api/v1/saved-searches/{saved.pk}").json()["close_calls"] == 2


def test_the_way_to_search_and_the_facets_decide_what_is_news(matter: Matter, lawyer: User) -> None:
    save(lawyer, "q=Supplier+indemnifies+Customer&mode=opposite", "a")
    save(lawyer, "q=indemnify+Supplier&mode=words", "b")
    save(lawyer, "q=Supplier+indemnifies+Customer&not-bearer=Supplier", "c")
    search_saved(comes_in(matter, SUPPORTED, SWAPPED).pk)
    assert news(lawyer) == [1, 1, 0]


def test_only_who_may_see_the_contract_hears_of_it(matter: Matter, lawyer: User) -> None:
    saved = save(lawyer, "q=Supplier+indemnifies+Customer")
    elsewhere = save(lawyer, f"q=Supplier+indemnifies+Customer&not-matter={matter.pk}", "Elsewhere")
    save(User.objects.create_user("sam"), "q=Supplier+indemnifies+Customer")
    search_saved(comes_in(matter, SUPPORTED).pk)
    assert [arrival.saved for arrival in Arrival.objects.all()] == [saved]
    assert not_searched_yet(elsewhere, lawyer) == 0
    matter.walled.add(lawyer)
    assert news(lawyer) == [0, 0] and not unseen_arrivals(saved, lawyer)


def test_a_contract_read_anew_is_searched_anew(matter: Matter, lawyer: User) -> None:
    saved = save(lawyer, "q=Supplier+indemnifies+Customer")
    contract = comes_in(matter, SUPPORTED)
    search_saved(contract.pk)
    mark_seen(saved, lawyer)
    Contract.objects.filter(pk=contract.pk).update(read_at=timezone.now())
    search_saved(contract.pk)
    assert news(lawyer) == [1]


def test_a_search_that_cannot_be_asked_says_so_and_stops_no_other(matter: Matter, lawyer: User) -> None:
    broken = save(lawyer, "q=%28assign&mode=words", "a")
    save(lawyer, "q=Supplier+indemnifies+Customer", "b")
    search_saved(comes_in(matter, SUPPORTED).pk)
    broken.refresh_from_db()
    assert broken.problem and news(lawyer) == [0, 1] and not_searched_yet(broken, lawyer) == 1


def test_a_job_is_queued_only_where_something_is_saved(matter: Matter, lawyer: User) -> None:
    contract = comes_in(matter, SUPPORTED)
    enqueue_arrival(contract.pk)
    assert not ProcrastinateJob.objects.exists()
    save(lawyer, "q=Supplier+indemnifies+Customer")
    enqueue_arrival(contract.pk)
    job = ProcrastinateJob.objects.get()
    assert (job.args, job.priority) == ({"contract_id": contract.pk}, FOLLOWING)


def test_a_name_is_given_once_and_a_question_is_needed(lawyer: User) -> None:
    save(lawyer, "q=x")
    with pytest.raises(QueryError, match="named “Indemnities” already"):
        save(lawyer, "q=y")
    with pytest.raises(QueryError, match="question is empty"):
        save(lawyer, "matter=3", "Other")


def test_over_http(matter: Matter, ask: Any, client: Any, lawyer: User) -> None:
    body = {"name": "Indemnities", "query": "Supplier indemnifies Customer", "matters": [matter.pk]}
    made = client.post("/api/v1/saved-searches", body, content_type="application/json")
    assert (made.status_code, made.json()["filters"], made.json()["new"]) == (201, {"matters": [matter.pk]}, 0)
    path = made["Location"]
    contract = comes_in(matter, SUPPORTED)
    search_saved(contract.pk)
    assert client.get("/api/v1/saved-searches").json()["results"][0]["new"] == 1
    [arrival] = client.get(f"{path}/new").json()["results"]
    assert (arrival["contract_id"], arrival["clauses"]) == (contract.pk, 1)
    assert client.get(f"/api/v1/searches/{arrival['search']}/hits").json()["results"][0]["label"] == "supported"
    assert client.post(f"{path}/seen").status_code == 204
    assert client.get(path).json()["new"] == 0
    renamed = client.patch(path, {"name": "Cover"}, content_type="application/json")
    assert renamed.json()["name"] == "Cover"
    assert (
        client.post("/api/v1/saved-searches", body | {"limit": 5}, content_type="application/json").status_code == 400
    )
    client.force_login(User.objects.create_user("sam"))
    assert client.get(path).status_code == client.get(f"{path}/new").status_code == 404
    client.force_login(lawyer)
    assert client.delete(path).status_code == 204 and not SavedSearch.objects.exists()
