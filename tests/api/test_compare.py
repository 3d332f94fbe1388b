"""Clauses compared over REST: both ways, sentence by sentence, with what was not compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from contracts.audit.models import AuditEvent
from contracts.models import Contract, Matter, Obligation, Passage
from tests.api.conftest import QUERY, same_vector
from tests.search.conftest import add_contract

SAYS = "Supplier shall indemnify Customer against all claims [supported .9]."
SWAPS = "Customer shall indemnify Supplier against all claims [party_swapped .8]."
OWN = "Supplier shall indemnify Customer [supported .95]. It may insure that [modality .8]."


@pytest.fixture
def clauses(oak: Matter) -> list[int]:
    """One that supports, and one that binds the other party."""
    contract = add_contract(oak, [[SAYS], [SWAPS]], same_vector([SAYS, SWAPS]))
    Contract.objects.update(text=f"{SAYS} {SWAPS}")
    first, second = contract.clauses.order_by("position")
    first.start, first.end, second.start, second.end = 0, len(SAYS), len(SAYS) + 1, len(SAYS) + 1 + len(SWAPS)
    type(first).objects.bulk_update([first, second], ["start", "end"])
    return [first.pk, second.pk]


def compare(client: APIClient, first: dict[str, Any], second: dict[str, Any]) -> Any:
    return client.post("/api/v1/compare", {"first": first, "second": second}, format="json")


def test_a_clause_and_one_s_own_wording_are_compared_both_ways(client: APIClient, clauses: list[int]) -> None:
    told = compare(client, {"clause": clauses[0]}, {"text": OWN}).json()
    assert (told["first"]["clause_id"], told["first"]["sentences"]) == (clauses[0], 1)
    assert (told["second"]["name"], told["second"]["clause_id"], told["second"]["sentences"]) == (
        "Your wording",
        None,
        2,
    )
    there, back = told["directions"]
    assert (there["of"], there["by"], there["says_all"], there["supported"]) == ("first", "second", True, 1)
    assert (back["of"], back["by"], [one["label"] for one in back["sentences"]]) == (
        "second", "first", ["supported", "supported"]
    )  # fmt: skip
    assert there["sentences"][0]["reason_code"] == "says_it" and there["sentences"][0]["bearer"] == "Supplier"
    kept = "".join(one["text"] for one in told["words"] if one["change"] != "added")
    assert kept.split() == SAYS.split()
    assert told["meaning"].startswith("No change of meaning found") and told["verifier"]["name"] == "fake-verifier"


def test_two_hits_are_compared_and_what_could_not_be_read_is_a_limit(client: APIClient, clauses: list[int]) -> None:
    found = client.post("/api/v1/searches", {"query": QUERY}, format="json").json()
    first, second = ({"search": found["id"], "rank": rank} for rank in (1, 2))
    told = compare(client, first, second).json()
    assert [told[side]["clause_id"] for side in ("first", "second")] == clauses
    assert [way["sentences"][0]["label"] for way in told["directions"]] == ["party_swapped", "supported"]
    assert told["directions"][0]["says_all"] is False and told["concerns"]
    unread = compare(client, {"clause": clauses[0]}, {"text": "It is [crash] so."}).json()
    assert (unread["directions"][0]["says_all"], unread["directions"][0]["unread"]) == (None, 1)
    assert "was not read" in unread["limits"][0]
    opened = AuditEvent.objects.filter(action="opened").values_list("kind", "thing")
    assert list(opened) == [("clause", str(clauses[0]))]


def test_statements_count_as_they_were_corrected(client: APIClient, clauses: list[int]) -> None:
    """Found in the words the Supplier bears the duty; a person said that it is the Customer."""
    Obligation.objects.filter(clause=clauses[0]).update(bearer_text="Customer")
    found = client.post("/api/v1/searches", {"query": QUERY}, format="json").json()
    for side in ({"clause": clauses[0]}, {"search": found["id"], "rank": 1}):
        back = compare(client, side, {"text": OWN}).json()["directions"][1]
        assert back["sentences"][0]["bearer"] == "Customer"


@pytest.mark.parametrize(
    ("first", "second", "pointer", "code"),
    [
        ({}, {"text": OWN}, "/first", "one_of"),
        ({"text": OWN}, {"text": OWN}, "/first/text", "unknown"),
        ({"clause": 10**9}, {"text": OWN}, "/first/clause", "unseen"),
        ({"search": "6f1f6a3e-1c7b-4a55-9c0e-2f6f0f7f6a11", "rank": 1}, {"text": OWN}, "/first/search", "unseen"),
        (None, {"clause": 10**9}, "/second/clause", "unseen"),
        (None, {"clause": 1, "text": OWN}, "/second", "one_of"),
        (None, {"rank": 1}, "/second", "one_of"),
        (None, {"text": "x" * 4000}, "/second/text", "max_length"),
        (None, {"text": " "}, "/second/text", "blank"),
        (None, {"texts": [OWN]}, "/second/texts", "unknown"),
    ],
)
def test_what_cannot_be_compared_is_named(
    client: APIClient, clauses: list[int], first: Any, second: dict[str, Any], pointer: str, code: str
) -> None:
    answer = compare(client, {"clause": clauses[0]} if first is None else first, second)
    assert answer.status_code == 400
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(pointer, code)]


def test_what_is_walled_off_is_not_there(
    client: APIClient, client_with: Callable[..., APIClient], clauses: list[int], oak: Matter, elm: Matter, lena: User
) -> None:
    asked = {"clause": clauses[0]}, {"clause": clauses[1]}
    assert compare(client_with("read"), *asked).status_code == 403
    missing = compare(client, {"clause": 10**9}, {"text": OWN}).json()
    narrow = compare(client_with("search", matters=[elm]), *asked).json()
    oak.walled.add(lena)
    assert [one["errors"] for one in (narrow, compare(client, *asked).json())] == [missing["errors"]] * 2


def test_a_heading_says_nothing_and_without_the_verifier_nothing_is_said(
    client: APIClient, clauses: list[int], settings: Any
) -> None:
    settings.VERIFIER_LOADER = "tests.fakes.load_missing"
    answer = compare(client, {"clause": clauses[0]}, {"clause": clauses[1]})
    assert (answer.status_code, answer.json()["code"]) == (503, "model_unavailable")
    Passage.objects.update(kind="heading")
    [error] = compare(client, {"clause": clauses[0]}, {"text": OWN}).json()["errors"]
    assert error["pointer"] == "/first/clause" and "it is a heading" in error["detail"]
