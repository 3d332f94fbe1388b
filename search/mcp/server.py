"""The official MCP server, one for each request: it speaks the protocol, and search/mcp/tools.py does the work.

Stateless and answering in JSON, a request needs no stream that is kept open and nothing that is remembered: any
process of the WSGI server answers it, and there is no second server to run. Authentication, rates and the record of who
did what are those of the REST API.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from asgiref.sync import async_to_sync, sync_to_async
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import ToolAnnotations
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from search.mcp import tools

INSTRUCTIONS = (
    "Clauses of contracts, searched by what they say. A hit is only what its label says: “supported” means that a "
    "verifier read the clause as making the statement; every other label means that it does not. Quote the citation. "
    "Quote its words as “quote” has them: with an ellipsis where “text” leaves out words of the contract."
)
READS_ONLY = ToolAnnotations(read_only_hint=True)


@dataclass(slots=True)
class Answer:
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def answer(request: Request) -> Answer:
    return async_to_sync(_answer)(make_server(request), request)


def make_server(request: Request) -> MCPServer[Any]:
    server: MCPServer[Any] = MCPServer("Proviso", instructions=INSTRUCTIONS)

    @server.tool(annotations=READS_ONLY)
    async def search_clauses(
        query: str,
        limit: int = 50,
        mode: Literal["support", "opposite", "words"] = "support",
        matters: list[int] | None = None,
        contracts: list[int] | None = None,
        versions: Literal["current", "all"] = "current",
    ) -> dict[str, Any]:
        """Find clauses that say something, such as "Supplier indemnifies Customer", each verified.

        query: one rule in plain words; with mode "words", words with AND, OR, NOT, quotes and W/n; with
        mode "opposite", clauses that deny the rule or bind the other party come first.
        limit: passages to read, 1 to 500. matters, contracts: ids, to search only these.
        """
        asked = {"query": query, "limit": limit, "mode": mode, "versions": versions}
        asked |= {name: ids for name, ids in (("matters", matters), ("contracts", contracts)) if ids}
        return await _run(tools.search, request, asked)

    @server.tool(annotations=READS_ONLY)
    async def verify_statement(
        statement: str, clauses: list[int] | None = None, texts: list[str] | None = None
    ) -> dict[str, Any]:
        """Does each of these clauses (ids) or texts say this? One verdict for each, with its reason."""
        asked = {"query": statement, "clauses": clauses or [], "texts": [{"text": text} for text in texts or []]}
        return await _run(tools.verify, request, asked)

    @server.tool(annotations=READS_ONLY)
    async def get_clause(clause_id: int) -> dict[str, Any]:
        """The words of one clause, with its number, headings and contract."""
        return await _run(tools.clause, request, clause_id)

    return server


async def _run(tool: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    """In the request's own thread, where its database connection is. What is refused is told to the agent."""
    try:
        return await sync_to_async(tool)(*arguments)
    except APIException as error:
        raise ToolError("; ".join(_lines(error.detail))) from error
    except tools.Refused as error:
        raise ToolError(str(error)) from error


def _lines(detail: Any, within: str = "") -> Iterable[str]:
    if isinstance(detail, dict):
        for name, value in detail.items():
            yield from _lines(value, f"{within}/{name}")
    elif isinstance(detail, list):
        for value in detail:
            yield from _lines(value, within)
    else:
        yield f"{within}: {detail}" if within else str(detail)


async def _answer(server: MCPServer[Any], request: Request) -> Answer:
    answer = Answer()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": request.body, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    # Which hosts it may be called by is Django's to say: ALLOWED_HOSTS.
    any_host = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    server.streamable_http_app(json_response=True, stateless_http=True, transport_security=any_host)
    async with server.session_manager.run():
        await server.session_manager.handle_request(_scope(request), receive, send)
    return answer


def _scope(request: Request) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "https" if request.is_secure() else "http",
        "path": request.path,
        "raw_path": request.path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.lower().encode(), str(value).encode("latin-1")) for name, value in request.headers.items()],
        "client": None,
        "server": None,
    }
