"""A hit over REST names what amends its clause, of what its reader may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from contracts.models import Contract, Matter
from search.lists.listing import new_list
from search.models import ClauseList
from tests.api.conftest import QUERY, SUPPORTED, SWAPPED, same_vector
from tests.search.conftest import add_contract

REPLACES = "Clause 1.1 of the Agreement is deleted and replaced by the following: “No indemnity is due.” [unrelated .9]"
SEARCHES = "/api/v1/searches"


@pytest.fixture
def amendment(oak: Matter, elm: Matter, oak_contract: Contract) -> Contract:
    """In the other matter."""
    made = add_contract(elm, [[REPLACES]], same_vector([REPLACES]), title="Amendment No. 1", read_at=timezone.now())
    Contract.objects.filter(pk=made.pk).update(parent=oak_contract, relation=Contract.Relation.AMENDMENT)
    return made


def ask(client: APIClient) -> Any:
    return client.post(SEARCHES, {"query": QUERY}, format="json").json()


def test_each_way_to_a_hit_names_the_amendment_of_its_clause(client: APIClient, amendment: Contract) -> None:
    answer = ask(client)
    hits = f"{SEARCHES}/{answer['id']}/hits"
    one = ClauseList.objects.get(pk=client.post("/api/v1/lists", {"name": "Cover"}, format="json").json()["id"])
    put = {"search": answer["id"], "ranks": [1]}
    client.post(f"/api/v1/lists/{one.pk}/clauses", put, format="json")
    listed = f"/api/v1/lists/{one.pk}/clauses"
    clause = client.get(listed).json()["results"][0]
    told = {
        "said": "Replaced by",
        "contract_id": amendment.pk,
        "clause_id": amendment.clauses.get().pk,
        "title": "Amendment No. 1",
        "place": "s 1.1",
        "section": "1.1",
    }
    shown = [
        answer["hits"][0],
        client.get(hits).json()["results"][0],
        client.get(f"{hits}/1").json(),
        clause["hit"],
        client.get(f"{listed}/{clause['id']}").json()["hit"],
    ]
    assert [one["amended"] for one in shown] == [[told]] * 5
    assert client.get(f"{hits}/2").json()["amended"] == []  # s 2.1
    Contract.objects.filter(title="Master Services Agreement").update(deleted_at=timezone.now())
    gone = client.get(hits).json()["results"][0]
    assert (gone["contract_id"], gone["amended"]) == (None, [])


def test_an_amendment_behind_a_wall_is_not_named(
    client_with: Callable[..., APIClient], oak: Matter, amendment: Contract
) -> None:
    assert ask(client_with("search", matters=[oak]))["hits"][0]["amended"] == []


def test_naming_amendments_takes_a_number_of_queries_that_does_not_grow(
    client: APIClient, oak: Matter, amendment: Contract
) -> None:
    def queries() -> int:
        hits = f"{SEARCHES}/{ask(client)['id']}/hits"
        with CaptureQueriesContext(connection) as asked:
            assert client.get(hits).status_code == 200
        return len(asked)

    few = queries()
    for _ in range(3):
        add_contract(oak, [[SUPPORTED], [SWAPPED]], same_vector([SUPPORTED, SWAPPED]))
    assert queries() == few


def test_a_list_asks_as_often_for_many_clauses(client: APIClient, oak: Matter, amendment: Contract) -> None:
    for number in range(3):
        words = f"{SUPPORTED} {number}"
        add_contract(oak, [[words]], same_vector([words]))
    answer = ask(client)
    lists = [new_list(oak.members.get(), name) for name in ("Few", "Many")]
    for one, ranks in zip(lists, ([1], [1, 2, 3, 4]), strict=True):
        client.post(f"/api/v1/lists/{one.pk}/clauses", {"search": answer["id"], "ranks": ranks}, format="json")
    counts = []
    for one in lists:
        with CaptureQueriesContext(connection) as asked:
            clauses = client.get(f"/api/v1/lists/{one.pk}/clauses").json()["results"]
        counts.append((len(clauses), len(asked)))
    assert [number for number, _ in counts] == [1, 4] and counts[0][1] == counts[1][1]
