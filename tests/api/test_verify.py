from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from contracts.models import Contract, Passage
from tests.api.conftest import QUERY, SUPPORTED, SWAPPED
from tests.fakes import FAKE
from verifier.types import Party

TEXT = "Vendor shall indemnify Client. [negated .7]"


def verify(client: APIClient, **body: Any) -> Any:
    return client.post("/api/v1/verify", {"query": QUERY} | body, format="json")


def test_clauses_and_texts_get_their_verdicts_in_order(client: APIClient, oak_contract: Contract) -> None:
    second, first = reversed(oak_contract.clauses.values_list("pk", flat=True))
    parties = [{"name": "Elm Ltd", "term": "Vendor"}, {"name": "Ash plc", "aliases": ["Client"]}]
    answer = verify(client, clauses=[second, first], texts=[{"text": TEXT, "parties": parties}]).json()
    assert [(v["clause_id"], v["label"], v["text"]) for v in answer["verdicts"]] == [
        (second, "party_swapped", SWAPPED), (first, "supported", SUPPORTED), (None, "negated", TEXT)
    ]  # fmt: skip
    swapped = answer["verdicts"][0]
    assert (swapped["group"], swapped["probability"], swapped["probabilities"]["party_swapped"]) == (
        "flagged",
        0.8,
        0.8,
    )
    assert swapped["roles"]["bearer"] == "Customer" and swapped["roles"]["counterparty"] == "Supplier"
    assert swapped["evidence"] == [{"start": 0, "end": 8, "weight": 1.0}]
    assert "you asked for “Supplier indemnifies Customer”" in swapped["reason"]
    assert [v["reason_code"] for v in answer["verdicts"]] == ["parties_exchanged", "says_it", "negated"]
    assert answer["verifier"] == swapped["verifier"] == {"name": "fake-verifier", "sha256": "fa" * 32}
    assert FAKE.read[-1].parties == (Party("Elm Ltd", "Vendor"), Party("Ash plc", "", ("Client",)))


def test_the_passage_that_supports_speaks_for_its_clause(client: APIClient, oak_contract: Contract) -> None:
    clause = oak_contract.clauses.get(position=1)
    for position, text in ((8, "Unrelated words."), (9, "[crash]")):
        Passage.objects.create(
            contract=oak_contract, clause=clause, position=position, start=0, end=1, kind="item", reading=text
        )
    assert verify(client, clauses=[clause.pk]).json()["verdicts"][0]["text"] == SUPPORTED


def test_a_heading_states_nothing_to_verify(client: APIClient, oak_contract: Contract) -> None:
    clause = oak_contract.clauses.get(position=1)
    clause.passages.update(kind="heading")
    [verdict] = verify(client, clauses=[clause.pk]).json()["verdicts"]
    assert verdict["label"] == "not_verified" and "it is a heading" in verdict["reason"]
    assert verdict["reason_code"] == "no_words"


def test_what_could_not_be_read_is_not_verified(client: APIClient, oak_contract: Contract) -> None:
    clause = oak_contract.clauses.get(position=1)
    clause.passages.all().delete()
    heading, crash = verify(client, clauses=[clause.pk], texts=[{"text": "Fees. [crash]"}]).json()["verdicts"]
    assert heading["label"] == crash["label"] == "not_verified"
    assert heading["probability"] is crash["probability"] is None
    assert "no words of its own" in heading["reason"] and "could not read" in crash["reason"]


def test_out_of_time_is_not_verified(client: APIClient, settings: Any) -> None:
    settings.VERIFY_SECONDS = 0
    assert verify(client, texts=[{"text": TEXT}]).json()["verdicts"][0]["label"] == "not_verified"


def test_without_the_verifier_there_is_no_verdict(client: APIClient, settings: Any) -> None:
    settings.VERIFIER_LOADER = "tests.fakes.load_missing"
    answer = verify(client, texts=[{"text": TEXT}])
    assert (answer.status_code, answer.json()["code"]) == (503, "model_unavailable")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/clauses"),
        ({"clauses": [999_999]}, "/clauses/0"),
        ({"clauses": [2**70]}, "/clauses/0"),
        ({"texts": [{"text": " "}]}, "/texts/0/text"),
        ({"texts": [{"text": TEXT, "party": []}]}, "/texts/0/party"),
        ({"texts": [{"text": TEXT, "parties": [{"term": "Vendor"}]}]}, "/texts/0/parties/0/name"),
        ({"query": "word " * 301, "texts": [{"text": TEXT}]}, "/query"),
        ({"query": "word " * 10_000, "texts": [{"text": TEXT}]}, "/query"),
        ({"query": "\0", "texts": [{"text": TEXT}]}, "/query"),
        ({"clause": [1]}, "/clause"),
    ],
)
def test_a_bad_request_names_the_field(client: APIClient, body: dict[str, Any], pointer: str) -> None:
    answer = verify(client, **body)
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
