from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from contracts.models import Matter
from search.models import Hit, Search
from tests.fakes import FakeVerifier
from tests.search.conftest import add_contract

QUERY = "Supplier indemnifies Customer"


@pytest.fixture
def oak(matter: Matter) -> Matter:
    add_contract(matter, [[f"Supplier shall indemnify Customer, case {i}. [supported .{i}]"] for i in range(10, 35)])
    return matter


def test_ask_then_read_all_pages(
    oak: Matter, ask: Callable[..., Any], client: Any, fake_verifier: FakeVerifier
) -> None:
    answer = ask(query=QUERY)
    body = answer.json()
    assert answer.status_code == 201
    assert {name: body[name] for name in ("eligible", "recalled", "verified", "supported", "flagged")} == {
        "eligible": 25, "recalled": 25, "verified": 25, "supported": 25, "flagged": 0
    }  # fmt: skip
    assert [hit["rank"] for hit in body["hits"]] == list(range(1, 21))
    assert body["hits"][0]["group"] == "supported" and body["hits"][0]["probability"] == 0.34
    assert client.get(answer["Location"]).json() == {name: body[name] for name in body if name != "hits"}

    first = client.get(f"/api/v1/searches/{body['id']}/hits", {"page_size": 15}).json()
    second = client.get(first["next"]).json()
    assert [hit["rank"] for hit in first["results"] + second["results"]] == list(range(1, 26))
    assert first["results"] == body["hits"][:15] and second["next"] is None


def test_a_hit_carries_what_the_page_shows(
    oak: Matter, ask: Callable[..., Any], client: Any, fake_verifier: FakeVerifier
) -> None:
    body = ask(query=QUERY, limit=1).json()
    [hit] = body["hits"]
    assert hit["probabilities"]["supported"] == hit["probability"]
    assert hit["evidence"] == [{"start": 0, "end": 8, "weight": 1.0}] and hit["text"].startswith("Supplier shall")
    assert (hit["roles"]["bearer"], hit["roles"]["counterparty"]) == ("Supplier", "Customer")
    assert hit["roles"]["parties"] == ["Supplier = Northgate Analytics Ltd", "Customer = Harbour Retail plc"]
    assert hit["reason"].startswith("Here Supplier shall indemnify Customer") and hit["reason_code"] == "says_it"
    Hit.objects.update(reason_code="")  # as it was before there were codes
    assert client.get(f"/api/v1/searches/{body['id']}/hits").json()["results"][0]["reason_code"] is None
    assert hit["citation"] == f"Master Services Agreement (1 May 2024), s {hit['number']}, p. {hit['page']}"
    assert hit["verifier"] == body["verifier"] == {"name": "fake-verifier", "sha256": "fa" * 32}


def test_searches_are_listed_latest_first_in_pages(
    oak: Matter, ask: Callable[..., Any], client: Any, fake_verifier: FakeVerifier, django_assert_max_num_queries: Any
) -> None:
    asked = [ask(query=f"{QUERY} {number}").json() for number in range(3)]
    with django_assert_max_num_queries(5):
        first = client.get("/api/v1/searches?page_size=2").json()
    second = client.get(first["next"]).json()
    listed = first["results"] + second["results"]
    assert listed == [{name: one[name] for name in one if name != "hits"} for one in reversed(asked)]


def test_a_filter_that_is_not_yours_to_see_is_named(
    oak: Matter, ask: Callable[..., Any], fake_verifier: FakeVerifier
) -> None:
    hidden = Matter.objects.create(name="Hidden")
    refused = ask(query=QUERY, matters=[oak.pk, hidden.pk])
    assert refused.json()["errors"][0]["pointer"] == "/matters/1"
    assert refused.content == ask(query=QUERY, matters=[oak.pk, 999_999]).content
    assert ask(query=QUERY, matters=[oak.pk]).json()["filters"] == {"matters": [oak.pk]}


def test_another_user_s_search_does_not_exist(
    oak: Matter, ask: Callable[..., Any], client: Any, fake_verifier: FakeVerifier
) -> None:
    theirs = f"/api/v1/searches/{ask(query=QUERY).json()['id']}"
    stranger = User.objects.create_superuser("sam", password="sign-in-sam")
    client.force_login(stranger)
    missing = client.get("/api/v1/searches/00000000-0000-4000-8000-000000000000")
    for path in (theirs, f"{theirs}/hits"):
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (404, missing.content)
    client.logout()
    assert client.get(theirs).status_code == 401


def test_a_wall_built_later_hides_stored_hits(
    oak: Matter, ask: Callable[..., Any], client: Any, lawyer: User, fake_verifier: FakeVerifier
) -> None:
    path = f"/api/v1/searches/{ask(query=QUERY).json()['id']}"
    oak.walled.add(lawyer)
    assert client.get(path).json()["supported"] == 0
    assert client.get(f"{path}/hits").json()["results"] == []


def test_without_the_verifier_there_is_no_answer(oak: Matter, ask: Callable[..., Any], settings: Any) -> None:
    settings.VERIFIER_LOADER = "tests.fakes.load_missing"
    answer = ask(query=QUERY)
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert "weights are missing" in answer.json()["detail"]
    assert not Search.objects.exists()


def test_without_the_encoder_there_is_no_answer(
    oak: Matter, ask: Callable[..., Any], settings: Any, tmp_path: Any, fake_verifier: FakeVerifier
) -> None:
    settings.ENCODER_PATH = str(tmp_path)
    answer = ask(query=QUERY)
    assert answer.status_code == 503 and "ENCODER_PATH" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "pointer", "detail"),
    [
        ({}, "/query", "required"),
        ({"query": "  "}, "/query", "blank"),
        ({"query": "word " * 301}, "/query", "301 words"),
        ({"query": QUERY, "matter": [1]}, "/matter", "Unknown field. Known fields: query, limit, matters"),
        ({"query": QUERY, "limit": 0}, "/limit", "greater than or equal to 1"),
        ({"query": QUERY, "contracts": ["x"]}, "/contracts/0", "valid integer"),
    ],
)
def test_a_bad_request_names_the_field(
    ask: Callable[..., Any], fake_verifier: FakeVerifier, body: dict[str, Any], pointer: str, detail: str
) -> None:
    answer = ask(**body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    [error] = answer.json()["errors"]
    assert error["pointer"] == pointer and detail in error["detail"]


def test_an_unknown_parameter_of_results(
    oak: Matter, ask: Callable[..., Any], client: Any, fake_verifier: FakeVerifier
) -> None:
    answer = client.get(f"/api/v1/searches/{ask(query=QUERY).json()['id']}/hits?page=2")
    assert answer.status_code == 400 and answer.json()["errors"][0]["pointer"] == "/page"
