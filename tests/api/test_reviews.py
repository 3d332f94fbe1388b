"""A lawyer's own judgement over REST: decisions on hits, and what verdicts should have been."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from contracts.audit.models import AuditEvent
from contracts.models import Contract, Matter
from contracts.rest.models import ApiToken
from search.lists.listing import new_list, put_in
from search.models import Disagreement, Review, Search
from tests.api.conftest import QUERY

SEARCHES = "/api/v1/searches"


@pytest.fixture
def hit(client: APIClient, oak_contract: Contract) -> str:
    """The address of the supported one."""
    return f"{SEARCHES}/{ask(client)['id']}/hits/1"


def ask(client: APIClient, **fields: Any) -> Any:
    return client.post(SEARCHES, {"query": QUERY} | fields, format="json").json()


def decide(client: APIClient, hit: str, body: dict[str, Any], **headers: str) -> Any:
    return client.put(f"{hit}/review", body, format="json", headers=headers)


def disagree(client: APIClient, hit: str, body: dict[str, Any], **headers: str) -> Any:
    return client.post(f"{hit}/disagreements", body, format="json", headers=headers)


def test_a_decision_is_made_read_changed_and_taken_back(client: APIClient, hit: str) -> None:
    before = client.get(f"{hit}/review")
    assert before.json() == {"decision": None, "note": "", "decided_at": None}
    made = decide(client, hit, {"decision": "unsure", "note": "Ask the tax team"}, **{"If-Match": before["ETag"]})
    assert (made.status_code, made["ETag"]) == (200, client.get(f"{hit}/review")["ETag"])
    stale = decide(client, hit, {"decision": "relevant"}, **{"If-Match": before["ETag"]})
    assert (stale.status_code, stale.json()["code"]) == (412, "precondition_failed")
    decide(client, hit, {"decision": "relevant"})
    same = decide(client, hit, {"decision": "relevant"}).json()
    assert (same["decision"], same["note"]) == ("relevant", "Ask the tax team")
    shown = [client.get(f"{hit}").json(), client.get(hit[:-2]).json()["results"][0], ask(client)["hits"][0]]
    assert [one["review"] for one in shown] == [client.get(f"{hit}/review").json()] * 3  # also when it is found again
    assert (
        client.get(f"{hit}/review", headers={"If-None-Match": client.get(f"{hit}/review")["ETag"]}).status_code == 304
    )
    for _ in range(2):
        assert client.delete(f"{hit}/review").status_code == 204
    assert client.get(f"{hit}/review").json()["decision"] is None and not Review.objects.exists()
    events = AuditEvent.objects.filter(action="decided").order_by("pk")
    assert list(events.values_list("change", flat=True)) == [
        "none > unsure, note changed", "unsure > relevant", "relevant > none"
    ]  # fmt: skip
    assert set(events.values_list("token", flat=True)) == {ApiToken.objects.get().public_id}


def test_a_disagreement_is_kept_once_with_its_reason(client: APIClient, hit: str) -> None:
    body = {"should_be": "qualified", "reason": "Only after notice"}
    key = {"Idempotency-Key": "one"}
    said, again = disagree(client, hit, body, **key), disagree(client, hit, body, **key)
    assert (said.status_code, said.json()) == (201, again.json())
    kept = Disagreement.objects.get()
    assert (kept.label, kept.should_be, kept.reason) == ("supported", "qualified", "Only after notice")
    assert disagree(client, hit, {"should_be": "negated"}).json()["reason"] == ""
    listed = client.get(f"{hit}/disagreements").json()["results"]
    assert [one["should_be"] for one in listed] == ["negated", "qualified"] and listed[1] == said.json()
    changes = AuditEvent.objects.filter(action="disagreed").values_list("change", flat=True)
    assert set(changes) == {"supported > qualified", "supported > negated"}
    other = client.get(f"{hit[:-1]}2/disagreements").json()
    assert other["results"] == []


@pytest.mark.parametrize(
    ("send", "body", "pointer", "code"),
    [
        (decide, {"decision": "maybe"}, "/decision", "invalid_choice"),
        (decide, {"decision": None}, "/decision", "null"),
        (decide, {}, "/decision", "required"),
        (decide, {"decision": "relevant", "note": "n" * 2001}, "/note", "max_length"),
        (decide, {"decision": "relevant", "comment": ""}, "/comment", "unknown"),
        (disagree, {"should_be": "supported"}, "/should_be", "same_verdict"),
        (disagree, {"should_be": "not_verified"}, "/should_be", "invalid_choice"),
        (disagree, {"should_be": "negated", "reason": "\0"}, "/reason", "null_characters_not_allowed"),
    ],
)
def test_what_is_wrong_is_named(
    client: APIClient, hit: str, send: Callable[..., Any], body: dict[str, Any], pointer: str, code: str
) -> None:
    answer = send(client, hit, body)
    assert answer.status_code == 400
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(pointer, code)]
    assert not Review.objects.exists() and not Disagreement.objects.exists()


def test_words_without_a_verdict_can_be_decided_on_and_not_disagreed_with(
    client: APIClient, oak_contract: Contract
) -> None:
    found = ask(client, query="Supplier AND claims", mode="words")
    hit = f"{SEARCHES}/{found['id']}/hits/1"
    assert found["hits"][0]["label"] == "found" and found["hits"][0]["reason_code"] is None
    assert decide(client, hit, {"decision": "relevant"}).status_code == 200
    assert disagree(client, hit, {"should_be": "negated"}).json()["errors"][0]["code"] == "no_verdict"


def test_what_is_not_ones_own_or_not_there_any_more_answers_like_nothing(
    client: APIClient, client_with: Callable[..., APIClient], hit: str, lena: User, oak: Matter, elm: Matter
) -> None:
    body, against = {"decision": "relevant"}, {"should_be": "negated"}
    sam = APIClient()
    sam.force_authenticate(User.objects.create_user("sam"))
    refused = [decide(sam, hit, body), decide(client_with("search", matters=[elm]), hit, body)]
    assert decide(client_with("read"), hit, body).status_code == 403
    oak.walled.add(lena)
    refused += [decide(client, hit, body), disagree(client, hit, against), client.get(f"{hit}/review")]
    oak.walled.clear()
    Contract.objects.update(deleted_at="2026-01-01T00:00:00Z")
    refused += [client.delete(f"{hit}/review"), client.get(f"{hit}/disagreements"), decide(client, hit, body)]
    assert {answer.status_code for answer in refused} == {404}
    missing = decide(client, f"{hit}9", body).json()
    assert all(answer.json() | {"instance": ""} == missing | {"instance": ""} for answer in refused)


def test_decisions_of_many_hits_are_read_with_one_query(client: APIClient, hit: str) -> None:
    def queries(size: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert len(client.get(hit[:-2], {"page_size": size}).json()["results"]) == size
        return len(seen)

    queries(1)
    assert queries(1) == queries(2)


def test_a_search_is_forgotten_unless_a_list_or_a_check_rests_on_it(client: APIClient, hit: str, lena: User) -> None:
    search = Search.objects.get()
    kept = new_list(lena, "To renegotiate")
    put_in(kept, search.hits.all())
    refused = client.delete(f"{SEARCHES}/{search.pk}")
    assert (refused.status_code, refused.json()["code"]) == (409, "kept")
    assert "“To renegotiate”" in refused.json()["detail"]
    kept.delete()
    for fields in ({"unasked": True}, {"unasked": False, "recall_path": "every"}):
        Search.objects.update(**fields)
        assert "rests on this answer" in client.delete(f"{SEARCHES}/{search.pk}").json()["detail"]
    Search.objects.update(recall_path="exact")
    assert [client.delete(f"{SEARCHES}/{search.pk}").status_code for _ in range(2)] == [204, 404]
    assert AuditEvent.objects.filter(action="search.deleted", thing=str(search.pk)).exists()
