"""The MCP endpoint, through the official client."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from rest_framework.test import APIClient

from contracts.audit.models import AuditEvent
from contracts.models import Contract, Matter
from search.models import Search
from tests.api.conftest import QUERY


def call(url: str, client: APIClient, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """The answers of the tools; first their names."""

    async def run() -> list[Any]:
        headers = {"Authorization": str(client._credentials["HTTP_AUTHORIZATION"])}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=120) as http,
            Client(streamable_http_client(f"{url}/mcp", http_client=http)) as agent,
        ):
            tools = await agent.list_tools()
            return [[tool.name for tool in tools.tools], *[await agent.call_tool(*one) for one in calls]]

    return asyncio.run(run())


@pytest.mark.django_db(transaction=True)
def test_an_agent_gets_verified_answers_with_the_rights_of_its_token(
    live_server: Any, client_with: Callable[..., APIClient], oak: Matter, oak_contract: Contract, elm_contract: Contract
) -> None:
    restricted = client_with("search", "read", matters=[oak])
    shown = oak_contract.clauses.get(number="1.1").pk
    hidden = elm_contract.clauses.get().pk
    names, found, words, verified, clause, refused, nothing = call(
        live_server.url,
        restricted,
        ("search_clauses", {"query": QUERY}),
        ("search_clauses", {"query": "claims AND NOT Elm", "mode": "words"}),
        ("verify_statement", {"statement": QUERY, "clauses": [shown], "texts": ["Fees are due. [negated .7]"]}),
        ("get_clause", {"clause_id": shown}),
        ("get_clause", {"clause_id": hidden}),
        ("search_clauses", {"query": QUERY, "contracts": [elm_contract.pk]}),
    )
    assert names == ["search_clauses", "verify_statement", "get_clause"]
    answer = found.structured_content
    assert (answer["search"]["eligible"], answer["search"]["supported"], answer["search"]["flagged"]) == (2, 1, 1)
    assert [hit["label"] for hit in answer["hits"]] == ["supported", "party_swapped"]
    assert [hit["reason_code"] for hit in answer["hits"]] == ["says_it", "parties_exchanged"]
    assert [hit["amended"] for hit in answer["hits"]] == [[], []]
    assert answer["hits"][0]["citation"].startswith("Master Services Agreement")
    assert Search.objects.get(pk=answer["search"]["id"]).user == oak.members.get()
    assert words.structured_content["search"]["found"] == 2
    assert [one["label"] for one in verified.structured_content["verdicts"]] == ["supported", "negated"]
    assert clause.structured_content["contract"] == oak_contract.pk
    assert refused.is_error and "no clause of this id" in refused.content[0].text
    assert nothing.is_error and "/contracts/0: There is nothing of this id" in nothing.content[0].text
    assert set(AuditEvent.objects.values_list("action", flat=True)) == {"searched", "verified", "opened"}


@pytest.mark.django_db(transaction=True)
def test_each_tool_needs_its_scope(
    live_server: Any, client_with: Callable[..., APIClient], oak_contract: Contract
) -> None:
    clause = oak_contract.clauses.get(number="1.1").pk
    _, refused = call(live_server.url, client_with("search"), ("get_clause", {"clause_id": clause}))
    assert refused.is_error and "read" in refused.content[0].text


def test_without_a_token_nothing_is_answered(client: APIClient, client_with: Callable[..., APIClient]) -> None:
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    accept = {"Accept": "application/json, text/event-stream"}
    answer = client.post("/mcp", ping, format="json", headers=accept)
    assert (answer.status_code, json.loads(answer.content)) == (200, {"jsonrpc": "2.0", "id": 1, "result": {}})
    assert APIClient().post("/mcp", ping, format="json").status_code == 401
    assert client_with("read").post("/mcp", ping, format="json").status_code == 403
    assert client.get("/mcp").status_code == 405
