"""Searches answered later, narrowed as on the page, and taken along as files."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from contracts.models import Contract, Matter
from contracts.webhooks.models import Delivery
from contracts.worker import run_worker
from search.later import answer_later, stop_search_job
from search.models import Search, SearchJob
from tests.api.conftest import QUERY, same_vector
from tests.api.receiver import Receiver
from tests.search.conftest import add_contract

SEARCHES, JOBS = "/api/v1/searches", "/api/v1/jobs"


def ask(client: APIClient, headers: dict[str, str] | None = None, **asked: Any) -> Any:
    return client.post(SEARCHES, {"query": QUERY} | asked, format="json", headers=headers)


@pytest.mark.django_db(transaction=True)
def test_a_large_search_is_answered_by_a_worker(client: APIClient, oak_contract: Contract) -> None:
    queued = ask(client, limit=150, headers={"Idempotency-Key": "k"})
    assert (queued.status_code, queued.json()["state"], queued["Retry-After"]) == (202, "waiting", "2")
    assert ask(client, limit=150, headers={"Idempotency-Key": "k"}).json() == queued.json()
    assert not Search.objects.exists()
    run_worker(wait=False)
    done = client.get(queued["Location"])
    assert (done.json()["state"], done.json()["error"]) == ("done", "") and "Retry-After" not in done
    answer = client.get(f"{SEARCHES}/{done.json()['search']}").json()
    assert (answer["eligible"], answer["supported"], answer["flagged"]) == (2, 1, 1)
    assert [one["id"] for one in client.get(JOBS).json()["results"]] == [queued.json()["id"]]


def test_who_does_not_wait_says_so_and_is_told(
    client_with: Callable[..., APIClient], oak_contract: Contract, receiver: Receiver
) -> None:
    client = client_with("search", "webhooks")
    client.post("/api/v1/webhooks", {"url": receiver.url, "events": ["job.done", "job.failed"]}, format="json")
    job = ask(client, headers={"Prefer": "respond-async"}, mode="words", query="claims").json()["id"]
    answer_later(job)
    search = Search.objects.get()
    assert Delivery.objects.get().data == {"job": job, "search": str(search.pk)}
    assert search.recall_path == "words" and search.hits.count() == 2
    answer_later(job)
    assert Search.objects.count() == 1


def test_what_cannot_be_answered_fails_with_its_reason(
    client: APIClient, oak_contract: Contract, settings: Any
) -> None:
    settings.VERIFIER_LOADER = "tests.fakes.load_missing"
    job = ask(client, limit=200).json()["id"]
    answer_later(job)
    failed = client.get(f"{JOBS}/{job}").json()
    assert failed["state"] == "failed" and "weights are missing" in failed["error"] and failed["search"] is None
    killed = ask(client, limit=200).json()["id"]
    stop_search_job(killed, "The worker was killed.")
    assert "killed" in client.get(f"{JOBS}/{killed}").json()["error"]
    assert ask(client, limit=200, query="word " * 301).json()["errors"][0]["pointer"] == "/query"


def test_a_job_is_cancelled_until_it_is_begun(client: APIClient, oak_contract: Contract) -> None:
    job = ask(client, limit=200).json()["id"]
    assert client.post(f"{JOBS}/{job}/cancel").json()["state"] == "cancelled"
    answer_later(job)
    assert not Search.objects.exists()
    assert client.post(f"{JOBS}/{job}/cancel").json()["code"] == "too_late"


def test_a_restricted_token_s_job_stays_within_its_matters(
    client_with: Callable[..., APIClient], client: APIClient, oak: Matter, elm: Matter,
    oak_contract: Contract, elm_contract: Contract,
) -> None:  # fmt: skip
    restricted = client_with("search", matters=[oak])
    job = ask(restricted, limit=200).json()["id"]
    answer_later(job)
    assert Search.objects.get().eligible == 2
    wide = ask(client, limit=200).json()["id"]
    assert restricted.get(f"{JOBS}/{wide}").status_code == 404
    assert [one["id"] for one in restricted.get(JOBS).json()["results"]] == [job]
    gone = SearchJob.objects.get(pk=ask(restricted, limit=200).json()["id"])
    SearchJob.objects.filter(pk=gone.pk).update(only_matters=[], filters={})
    answer_later(str(gone.pk))
    assert Search.objects.latest("created_at").eligible == 0
    stranger = APIClient()
    stranger.force_login(User.objects.create_superuser("sam"))
    assert stranger.get(f"{JOBS}/{job}").status_code == 404


@pytest.fixture
def portfolio(oak: Matter) -> dict[str, int]:
    """One clause each, by name."""
    text = "Supplier shall indemnify Customer against all claims. [supported .9]"
    fields: dict[str, dict[str, Any]] = {
        "english": {"governing_law": "England and Wales"},
        "delaware": {"governing_law": "Delaware", "agreement_date": "3 March 2020", "contract_type": "supply"},
        "exhibit": {"kind": "exhibit", "agreement_date": ""},
    }
    return {name: add_contract(oak, [[text]], same_vector([text]), **one).pk for name, one in fields.items()}


@pytest.mark.parametrize(
    ("scope", "names"),
    [
        ({"laws": ["Delaware"]}, {"delaware"}),
        ({"laws": [""]}, {"exhibit"}),
        ({"laws": ["Delaware", ""]}, {"delaware", "exhibit"}),
        ({"not_laws": ["Delaware"]}, {"english", "exhibit"}),
        ({"kinds": ["exhibit"]}, {"exhibit"}),
        ({"not_kinds": ["exhibit"]}, {"english", "delaware"}),
        ({"types": ["supply"]}, {"delaware"}),
        ({"types": ["lease", ""]}, {"english", "exhibit"}),
        ({"not_types": [""]}, {"delaware"}),
        ({"dated_from": "2021-01-01"}, {"english"}),
        ({"dated_until": "2020-12-31"}, {"delaware"}),
        ({"dated_from": "2020-01-01", "not_laws": ["Delaware"]}, {"english"}),
    ],
)
def test_the_filters_of_the_page(
    client: APIClient, portfolio: dict[str, int], scope: dict[str, Any], names: set[str]
) -> None:
    for headers in ({}, {"Prefer": "respond-async"}):
        answer = ask(client, headers=headers, **scope)
        if answer.status_code == 202:
            answer_later(answer.json()["id"])
        search = Search.objects.latest("created_at")
        assert set(search.hits.values_list("contract", flat=True)) == {portfolio[name] for name in names}
        assert client.get(f"{SEARCHES}/{search.pk}").json()["filters"] == scope


@pytest.mark.parametrize(
    ("scope", "pointer"),
    [
        ({"kinds": ["letter"]}, "/kinds/0"),
        ({"types": ["letter"]}, "/types/0"),
        ({"dated_from": "yesterday"}, "/dated_from"),
        ({"not_matters": [999_999]}, "/not_matters/0"),
        ({"law": "Delaware"}, "/law"),
    ],
)
def test_a_wrong_filter_is_named(client: APIClient, oak: Matter, scope: dict[str, Any], pointer: str) -> None:
    answer = ask(client, **scope)
    assert answer.status_code == 400 and answer.json()["errors"][0]["pointer"] == pointer


def test_hits_are_narrowed_by_what_they_say(client: APIClient, oak_contract: Contract) -> None:
    hits = f"{SEARCHES}/{ask(client).json()['id']}/hits"

    def labels(query: str) -> list[str]:
        return [hit["label"] for hit in client.get(f"{hits}?{query}").json()["results"]]

    assert labels("") == ["supported", "party_swapped"]
    assert labels("label=party_swapped") == labels("group=flagged") == labels("bearer=Customer") == ["party_swapped"]
    assert labels("label=party_swapped&label=supported") == ["supported", "party_swapped"]
    assert labels("counterparty=Customer&modality=obligation") == ["supported"]
    assert labels("modality=permission") == []
    assert len(labels("party=northgate analytics limited")) == 2 and labels("party=Acme") == []
    assert labels("not_party=Northgate Analytics Ltd.") == [] and len(labels("not_party=Acme")) == 2
    assert client.get(f"{hits}?group=good").json()["errors"][0]["pointer"] == "/group"


def test_an_answer_is_taken_along_as_a_file(
    client: APIClient, client_with: Callable[..., APIClient], oak: Matter, elm: Matter, oak_contract: Contract
) -> None:
    path = f"{SEARCHES}/{ask(client).json()['id']}/export"
    sheet = client.get(path, {"format": "xlsx"})
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert (sheet.status_code, sheet["Content-Type"]) == (200, office)
    book = openpyxl.load_workbook(BytesIO(sheet.content))
    words = {str(cell.value) for rows in book.worksheets for row in rows.iter_rows() for cell in row}
    assert QUERY in words and any("indemnify Customer" in word for word in words)
    word = client.get(path, {"format": "docx"}, headers={"Accept": "*/*"})
    assert word.content.startswith(b"PK") and ".docx" in word["Content-Disposition"]
    assert client.get(path, {"format": "xlsx"}, headers={"Accept": office}).status_code == 200
    problem = client.get(path, {"format": "pdf"}, headers={"Accept": office})
    assert problem.status_code == 400 and problem.json()["errors"][0]["pointer"] == "/format"
    assert client_with("search", matters=[elm]).get(path, {"format": "xlsx"}).status_code == 404
