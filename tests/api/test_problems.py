"""How the API says no: what to do, and by which name the request is found in the logs."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from rest_framework.test import APIClient

from config.request_ids import WithRequestId
from contracts.models import Matter

CONTRACTS = "/api/v1/contracts"


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "remedy"),
    [
        ("get", f"{CONTRACTS}/999999", {}, 404, "GET /api/v1/contracts"),
        ("get", "/api/v1/nowhere", {}, 404, "GET /api/schema/"),
        ("put", f"{CONTRACTS}/999999", {}, 405, "Allowed here: GET, PATCH, DELETE"),
        ("post", "/api/v1/searches", {"data": "x", "content_type": "text/plain"}, 415, "application/json"),
        ("get", CONTRACTS, {"headers": {"Accept": "text/csv"}}, 406, "Accept: application/json"),
    ],
)
def test_every_problem_says_what_to_do(
    client: APIClient, oak: Matter, method: str, path: str, options: dict[str, Any], status: int, remedy: str
) -> None:
    answer = getattr(client, method)(path, **options)
    problem = answer.json()
    assert (answer.status_code, problem["status"], answer["Content-Type"]) == (
        status, status, "application/problem+json"
    )  # fmt: skip
    assert remedy in problem["detail"]
    assert problem["type"] == f"urn:proviso:problem:{problem['code']}"
    assert problem["instance"] == f"urn:proviso:request:{answer['X-Request-ID']}"
    assert answer["X-Api-Version"] == "1" and answer["X-App-Version"] and len(answer["X-Verifier-Version"]) == 12


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("searches", r'{"query": "x", "mode": "\ud800"}', "is not a valid choice"),
        ("searches", r'{"query": "x", "\ud800": 1}', "Unknown field"),
        ("searches", r'{"query": "x", "kinds": ["\ud800"]}', "is not a valid choice"),
        ("searches", "[" * 5000, "levels deep"),
        ("searches", "[" * 21 + "]" * 21, "levels deep"),
        ("searches", "[" * 20 + "]" * 20, "Expected a dictionary"),
    ],
)
def test_a_body_that_cannot_be_held_is_the_senders_error(client: APIClient, path: str, body: str, said: str) -> None:
    answer = client.post(f"/api/v1/{path}", body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert said in answer.content.decode()


def test_who_sends_no_token_is_told_how_to_make_one(db: None) -> None:
    assert "POST /api/v1/tokens" in APIClient().get(CONTRACTS).json()["detail"]


@pytest.mark.parametrize(
    ("given", "known"),
    [("trace-17.a", "trace-17.a"), ("", "of-a-test"), ("two words", "of-a-test"), ("x" * 65, "of-a-test")],
)
def test_a_request_keeps_the_name_that_it_was_given(client: APIClient, oak: Matter, given: str, known: str) -> None:
    answer = client.get(f"{CONTRACTS}/999999", headers={"X-Request-ID": given})
    assert answer["X-Request-ID"] == known
    assert answer.json()["instance"] == f"urn:proviso:request:{known}"


def test_what_is_logged_has_the_name_of_the_request(
    client: APIClient, oak: Matter, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.addFilter(WithRequestId())
    with caplog.at_level(logging.WARNING, "django.request"):
        client.get(f"{CONTRACTS}/999999", headers={"X-Request-ID": "trace-18"})
    assert [vars(record)["request_id"] for record in caplog.records] == ["trace-18"]


def test_pages_have_a_name_too(client: APIClient, db: None) -> None:
    page = client.get("/login/", headers={"X-Request-ID": "trace-19"})
    assert page["X-Request-ID"] == "trace-19" and "X-Api-Version" not in page
