"""What an answer says over REST beside its verdicts: where hits come from, what is left out, which come first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from contracts.models import Contract, Matter
from search.models import SearchJob
from tests.api.conftest import QUERY, SWAPPED, same_vector
from tests.search.conftest import add_contract

SEARCHES = "/api/v1/searches"
NEGATED = "Supplier shall not indemnify Customer. [negated .7]"


def ask(client: APIClient, **fields: Any) -> Any:
    return client.post(SEARCHES, {"query": QUERY} | fields, format="json").json()


def hits_of(client: APIClient, answer: Any, **asked: Any) -> list[dict[str, Any]]:
    return list(client.get(f"{SEARCHES}/{answer['id']}/hits", asked).json()["results"])


def test_a_hit_says_of_which_matter_and_version_it_is(client: APIClient, oak: Matter, oak_contract: Contract) -> None:
    Contract.objects.update(version=3)
    answer = ask(client)
    said = {(hit["matter"], hit["version"], hit["current"]) for hit in answer["hits"]}
    assert said == {(oak.pk, 3, True)}
    Contract.objects.update(current=False)
    assert {hit["current"] for hit in hits_of(client, answer)} == {False}
    oak_contract.delete()
    said = {(hit["matter"], hit["version"], hit["current"]) for hit in hits_of(client, answer)}
    assert said == {(oak.pk, None, None)}


def test_a_hit_is_shown_among_the_clauses_around_it(
    client: APIClient, client_with: Callable[..., APIClient], lena: User, oak_contract: Contract, elm: Matter
) -> None:
    Contract.objects.update(text="First words. Last words.")
    first, last = oak_contract.clauses.all()
    for clause, start, end in ((first, 0, 12), (last, 13, 24)):
        type(clause).objects.filter(pk=clause.pk).update(start=start, end=end)
    answer = ask(client)
    path = f"{SEARCHES}/{answer['id']}/hits"
    shown = client.get(f"{path}/1").json()
    around = shown.pop("around")
    assert shown == answer["hits"][0]
    assert [(one["clause_id"], one["text"], one["hit"]) for one in around["clauses"]] == [
        (first.pk, "First words.", True), (last.pk, "Last words.", False),
    ]  # fmt: skip
    assert (around["previous"], around["next"]) == (None, 2)
    narrow = client_with("search", matters=[elm])
    assert narrow.get(f"{path}/1").status_code == client.get(f"{path}/9").status_code == 404
    oak_contract.clauses.all().delete()  # as when it is read anew
    assert client.get(f"{path}/1").json()["around"] is None
    oak_contract.matter.walled.add(lena)
    assert client.get(f"{path}/1").status_code == 404


def test_clauses_that_a_wall_hides_are_counted_but_not_shown(
    client: APIClient, lena: User, oak_contract: Contract, elm_contract: Contract
) -> None:
    answer = ask(client)
    assert (answer["hidden"], answer["truncated"], answer["supported"] + answer["flagged"]) == (0, 0, 3)
    elm_contract.matter.walled.add(lena)
    shown = client.get(f"{SEARCHES}/{answer['id']}").json()
    assert (shown["hidden"], shown["supported"] + shown["flagged"]) == (1, 2)
    with CaptureQueriesContext(connection) as one:
        client.get(SEARCHES)
    ask(client)
    with CaptureQueriesContext(connection) as two:
        client.get(SEARCHES)
    assert len(one) == len(two)


def test_words_that_stand_in_more_clauses_than_the_answer_holds(client: APIClient, oak_contract: Contract) -> None:
    answer = ask(client, query="claims", mode="words", limit=1)
    assert (answer["recalled"], answer["found"], answer["truncated"], answer["hidden"]) == (2, 1, 1, 0)
    assert ask(client, query="claims", mode="words")["truncated"] == 0


def test_the_opposite_comes_first_where_it_is_asked_for(client: APIClient, oak: Matter, oak_contract: Contract) -> None:
    add_contract(oak, [[NEGATED]], same_vector([NEGATED]))
    by_rank = [hit["label"] for hit in ask(client)["hits"]]
    assert by_rank[0] == "supported"
    answer = ask(client, mode="opposite")
    assert [hit["label"] for hit in answer["hits"]] == ["party_swapped", "negated", "supported"]
    assert [hit["label"] for hit in hits_of(client, answer)] == by_rank
    paged: list[str] = []
    url: str | None = f"{SEARCHES}/{answer['id']}/hits?mode=opposite&page_size=1"
    while url:
        page = client.get(url).json()
        paged += [hit["label"] for hit in page["results"]]
        url = page["next"]
    assert paged == ["party_swapped", "negated", "supported"]
    refused = client.get(f"{SEARCHES}/{answer['id']}/hits", {"mode": "support"})
    assert refused.status_code == 400 and refused.json()["errors"][0]["pointer"] == "/mode"


def test_a_job_takes_the_mode_too(client: APIClient, oak_contract: Contract) -> None:
    asked = {"query": QUERY, "mode": "opposite"}
    sent = client.post(SEARCHES, asked, format="json", headers={"Prefer": "respond-async"})
    assert sent.status_code == 202 and SearchJob.objects.get().mode == "opposite"


def test_a_check_whose_address_was_lost_is_found_again(
    client: APIClient, client_with: Callable[..., APIClient], elm: Matter, oak_contract: Contract
) -> None:
    absence = client.post("/api/v1/absence-checks", {"query": SWAPPED}, format="json").json()["id"]
    text = {"name": "Supply", "positions": [{"statement": QUERY}]}
    playbook = client.post("/api/v1/playbooks", text, format="json").json()["id"]
    check = client.post("/api/v1/playbook-checks", {"playbook": playbook}, format="json").json()["id"]
    for path, made in (("absence-checks", absence), ("playbook-checks", check)):
        assert [one["id"] for one in client.get(f"/api/v1/{path}").json()["results"]] == [made]
        assert client_with("search", matters=[elm]).get(f"/api/v1/{path}").json()["results"] == []
        assert client_with("read").get(f"/api/v1/{path}").status_code == 403
