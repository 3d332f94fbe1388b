"""Lists over REST: made, filled from an answer, ordered, noted, exported, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from openpyxl import load_workbook
from rest_framework.test import APIClient

from contracts.audit.models import AuditEvent
from contracts.models import Contract, Matter
from search.lists.listing import new_list
from search.models import ClauseList, Search
from tests.api.conftest import QUERY, SUPPORTED, same_vector
from tests.search.conftest import add_contract

LISTS = "/api/v1/lists"


@pytest.fixture
def search(client: APIClient, oak_contract: Contract, elm: Matter) -> str:
    """Three clauses: rank 1 of Elm or Oak, as both say the same; rank 3 is Oak's near miss."""
    add_contract(elm, [[SUPPORTED]], same_vector([SUPPORTED]), title="Elm's agreement")
    return str(client.post("/api/v1/searches", {"query": QUERY}, format="json").json()["id"])


def make(client: APIClient, name: str = "Cover", **headers: str) -> Any:
    return client.post(LISTS, {"name": name}, format="json", headers=headers)


def put_in(client: APIClient, pk: int, search: str, *ranks: int, **body: Any) -> Any:
    asked = {"search": search, "ranks": list(ranks)} | body
    headers = {"Idempotency-Key": asked.pop("key")} if "key" in asked else {}
    return client.post(f"{LISTS}/{pk}/clauses", asked, format="json", headers=headers)


def clauses(client: APIClient, pk: int) -> list[dict[str, Any]]:
    return list(client.get(f"{LISTS}/{pk}/clauses").json()["results"])


def ranks(client: APIClient, pk: int) -> list[int]:
    return [one["hit"]["rank"] for one in clauses(client, pk)]


def test_a_list_is_made_renamed_and_deleted(client: APIClient, lena: User) -> None:
    made = make(client)
    pk = made.json()["id"]
    assert (made.status_code, made.json()["name"], made.json()["clauses"]) == (201, "Cover", 0)
    assert client.get(made["Location"]).json() == made.json()
    assert client.patch(f"{LISTS}/{pk}", {"name": "Indemnities"}, format="json").json()["name"] == "Indemnities"
    make(client, "Second")
    assert [one["name"] for one in client.get(LISTS).json()["results"]] == ["Second", "Indemnities"]
    assert client.delete(f"{LISTS}/{pk}").status_code == 204
    assert client.get(f"{LISTS}/{pk}").status_code == 404


def test_clauses_of_an_answer_go_in_once_at_the_end_with_a_note(client: APIClient, search: str) -> None:
    pk = make(client).json()["id"]
    assert put_in(client, pk, search, 2, note="Ask for a cap").json()["clauses"] == 1
    filled = put_in(client, pk, search, 1, 2, 3)
    assert (filled.status_code, filled.json()["clauses"]) == (201, 3)
    found = clauses(client, pk)
    assert [(one["hit"]["rank"], one["note"]) for one in found] == [(2, "Ask for a cap"), (1, ""), (3, "")]
    assert {(one["search"], one["query"]) for one in found} == {(search, QUERY)}
    hits = client.get(f"/api/v1/searches/{search}/hits").json()["results"]
    as_found = [{name: of for name, of in hit.items() if name != "review"} for hit in hits]  # decided on in its answer
    assert [one["hit"] for one in found] == [as_found[1], as_found[0], as_found[2]]


def test_clauses_are_moved_noted_and_taken_out(client: APIClient, search: str) -> None:
    pk = make(client).json()["id"]
    put_in(client, pk, search, 1, 2, 3)
    first, second, third = (one["id"] for one in clauses(client, pk))

    def change(clause: int, **body: Any) -> Any:
        return client.patch(f"{LISTS}/{pk}/clauses/{clause}", body, format="json")

    assert change(third, before=first, note="First of all").json()["note"] == "First of all"
    assert ranks(client, pk) == [3, 1, 2]
    change(third, before=None)
    assert ranks(client, pk) == [1, 2, 3]
    change(third, before=third)  # where it is
    change(first, before=third)
    assert ranks(client, pk) == [2, 1, 3]
    assert client.get(f"{LISTS}/{pk}/clauses/{third}").json()["note"] == "First of all"
    assert client.delete(f"{LISTS}/{pk}/clauses/{second}").status_code == 204
    assert ranks(client, pk) == [1, 3]
    refused = change(first, before=second)
    assert refused.status_code == 400 and refused.json()["errors"][0]["pointer"] == "/before"


def test_pages_follow_the_order_of_the_list(client: APIClient, search: str) -> None:
    pk = make(client).json()["id"]
    put_in(client, pk, search, 3, 1)
    put_in(client, pk, search, 2)
    page, seen = client.get(f"{LISTS}/{pk}/clauses?page_size=1").json(), []
    while True:
        seen += [one["hit"]["rank"] for one in page["results"]]
        if not page["next"]:
            break
        page = client.get(page["next"]).json()
    assert seen == [1, 3, 2]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/search"),
        ({"search": "6f1f6a3e-1c7b-4a55-9c0e-2f6f0f7f6a11", "ranks": [1]}, "/search"),
        ({"ranks": []}, "/ranks"),
        ({"ranks": [1, 9]}, "/ranks"),
        ({"ranks": [1], "note": "x" * 2001}, "/note"),
        ({"ranks": [1], "rank": 1}, "/rank"),
    ],
)
def test_what_cannot_be_put_in_is_refused_by_name(
    client: APIClient, search: str, body: dict[str, Any], pointer: str
) -> None:
    pk = make(client).json()["id"]
    asked = {"search": search} | body if body else {}
    refused = client.post(f"{LISTS}/{pk}/clauses", asked, format="json")
    assert refused.status_code == 400 and refused["Content-Type"] == "application/problem+json"
    assert pointer in [one["pointer"] for one in refused.json()["errors"]]
    assert ranks(client, pk) == []


def test_a_name_is_taken_once(client: APIClient) -> None:
    pk = make(client).json()["id"]
    for refused in (make(client), make(client, " "), client.patch(f"{LISTS}/{pk}", {"named": "x"}, format="json")):
        assert refused.status_code == 400
    other = make(client, "Other").json()["id"]
    taken = client.patch(f"{LISTS}/{other}", {"name": "Cover"}, format="json")
    assert taken.status_code == 400 and "already" in taken.json()["errors"][0]["detail"]


def test_a_request_sent_twice_is_done_once(client: APIClient, search: str) -> None:
    key = {"idempotency_key": "make-1"}
    pk = make(client, **key).json()["id"]
    assert make(client, **key).json()["id"] == pk and ClauseList.objects.count() == 1
    put_in(client, pk, search, 1, key="put-1")
    taken_out = clauses(client, pk)[0]["id"]
    client.delete(f"{LISTS}/{pk}/clauses/{taken_out}")
    assert put_in(client, pk, search, 1, key="put-1").json()["clauses"] == 0  # answered again, not done again
    assert put_in(client, pk, search, 2, key="put-1").status_code == 422


def test_a_list_is_taken_along(client: APIClient, search: str) -> None:
    pk = make(client).json()["id"]
    put_in(client, pk, search, 2, 1, note="Ask for a cap")
    answer = client.get(f"{LISTS}/{pk}/export?format=xlsx")
    rows = list(load_workbook(BytesIO(answer.content))["Results"].iter_rows(values_only=True))
    assert len(rows) == 3 and "Ask for a cap" in str(rows[1])
    assert client.get(f"{LISTS}/{pk}/export?format=pdf").status_code == 400
    assert AuditEvent.objects.get(action="exported").kind == "list"


def test_nobody_else_s_list_is_there_and_a_restricted_token_sees_its_matters_only(
    client: APIClient, client_with: Callable[..., APIClient], search: str, oak: Matter, elm: Matter
) -> None:
    sams = new_list(User.objects.create_user("sam"), "Sam's").pk
    assert client.get(f"{LISTS}/{sams}").status_code == 404
    assert [one["id"] for one in client.get(LISTS).json()["results"]] == []
    mixed, oaks = make(client, "Mixed").json()["id"], make(client, "Oak").json()["id"]
    by_matter = {hit.matter_id: hit.rank for hit in Search.objects.get(pk=search).hits.order_by("-rank")}
    put_in(client, mixed, search, 1, 2, 3)
    put_in(client, oaks, search, by_matter[oak.pk])
    restricted = client_with("search", matters=[oak])
    assert [one["id"] for one in restricted.get(LISTS).json()["results"]] == [oaks]
    assert restricted.delete(f"{LISTS}/{mixed}").status_code == 404
    assert put_in(restricted, oaks, search, 1).status_code == 400  # it sees no search wider than its matters
    elm.members.clear()
    assert len(clauses(client, mixed)) == client.get(f"{LISTS}/{mixed}").json()["clauses"] == 2


def test_it_wants_the_scope_search(client_with: Callable[..., APIClient]) -> None:
    assert client_with("read").get(LISTS).status_code == 403
