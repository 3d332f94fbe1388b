"""The client of docs/integration.py: that its types are those of the schema, and what it does when it is put off."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings as django_settings
from drf_spectacular.generators import SchemaGenerator

CONTRACT = {
    "id": 7, "version": 1, "state": "ready", "file_name": "a.txt", "title": "NDA", "passage_count": 3, "error": None,
    "new_in_a_later_server": {"x": 1},
}  # fmt: skip
PROBLEM = {"code": "invalid", "detail": "See errors.", "errors": [{"pointer": "/matter", "detail": "No such matter."}]}


@pytest.fixture(scope="module")
def client() -> Iterator[ModuleType]:
    path = Path(django_settings.BASE_DIR) / "docs" / "integration.py"
    spec = importlib.util.spec_from_file_location("proviso_client_of_the_docs", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look their annotations up
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


class Server(BaseHTTPRequestHandler):
    answers: list[tuple[int, dict[str, Any]]] = []
    asked: list[tuple[str, str]] = []

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append((self.path, self.headers["Content-Disposition"]))
        status, told = self.answers.pop(0)
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if status < 400 else "application/problem+json")
        self.send_header("X-Request-ID", "trace-1")
        self.send_header("Retry-After", "0")
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture
def proviso(client: ModuleType) -> Iterator[Any]:
    Server.asked, Server.answers = [], []
    server = HTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield client.Proviso(f"http://127.0.0.1:{server.server_port}", token="prv_1")
    server.shutdown()
    thread.join()
    server.server_close()


def test_its_types_are_those_of_the_schema(client: ModuleType) -> None:
    schemas = SchemaGenerator().get_schema(public=True)["components"]["schemas"]
    for kind, name in (
        (client.Contract, "Received"),
        (client.ReadingError, "ReadingError"),
        (client.Hit, "Hit"),
        (client.Answer, "Answered"),
        (client.Token, "MadeToken"),
        (client.Webhook, "EndpointSecret"),
    ):
        known = schemas[name]["properties"]
        assert {field.name for field in dataclasses.fields(kind)} <= set(known), name
        for field in dataclasses.fields(kind):
            nullable = bool(known[field.name].get("nullable")) or "null" in str(known[field.name])
            assert nullable <= ("None" in str(field.type)), (name, field.name)


def test_it_waits_where_it_is_put_off_and_ignores_what_is_new_to_it(proviso: Any, tmp_path: Path) -> None:
    (tmp_path / "Ä b.txt").write_bytes(b"words")
    Server.answers = [(429, {}), (503, {}), (202, CONTRACT)]
    sent = proviso.send_contract("Oak & Elm", "dms", "4711/a b", tmp_path / "Ä b.txt")
    assert (sent.id, sent.title, sent.duplicate, sent.error) == (7, "NDA", False, None)
    path = "/api/v1/contracts/by-external-id/dms/4711%2Fa%20b?matter=Oak%20%26%20Elm"
    assert Server.asked == [(path, "attachment; filename*=UTF-8''%C3%84%20b.txt")] * 3


def test_a_problem_says_what_is_wrong_and_which_request_it_was(
    client: ModuleType, proviso: Any, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(b"words")
    Server.answers = [(400, PROBLEM)]
    with pytest.raises(
        client.Problem, match=r"400 See errors\. /matter: No such matter\. \(request trace-1\)"
    ) as raised:
        proviso.send_contract("Nowhere", "dms", "1", tmp_path / "a.txt")
    assert (raised.value.code, raised.value.status) == ("invalid", 400)


def test_it_does_not_wait_for_ever(client: ModuleType, proviso: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"words")
    Server.answers = [(429, {"code": "throttled", "detail": "Later."})] * client.TRIES
    with pytest.raises(client.Problem, match="Later"):
        proviso.send_contract("Oak", "dms", "1", tmp_path / "a.txt")
    assert len(Server.asked) == client.TRIES
