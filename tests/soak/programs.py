"""Programs with a token: one that asks, and one that sends, watches and deletes contracts."""

from __future__ import annotations

import hashlib
import random
import time
import uuid
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import httpx2

from tests.soak.files import Files, Sent
from tests.soak.questions import question, words
from tests.soak.site import basic
from tests.soak.visitor import Visitor

API = "/api/v1"
POLL = 2.0  # seconds, as Retry-After says
PATIENCE = 900.0
KEPT = 6  # contracts of the document system; what it sent before is deleted
AT_WORK = ("received", "reading", "waiting", "running", "open", "committed")
MCP = {"Accept": "application/json, text/event-stream"}


class Program:
    def __init__(self, visitor: Visitor, seed: int) -> None:
        self.visitor, self.chance = visitor, random.Random(seed)

    def call(self, method: str, path: str, expect: Sequence[int] = (200,), **sent: Any) -> Any:
        """What is answered, as JSON holds it."""
        response = self.answer(method, path, expect, **sent)
        return response.json() if response.content else None

    def answer(self, method: str, path: str, expect: Sequence[int] = (200,), **sent: Any) -> httpx2.Response:
        return self.visitor.ask(method, f"{API}{path}", expect, **sent)

    def wait(self, path: str) -> Any:
        """Until it is no longer at work."""
        until = time.monotonic() + PATIENCE
        while (told := self.call("GET", path))["state"] in AT_WORK:
            self.visitor.check(time.monotonic() < until, f"{path} is {told['state']} after {PATIENCE:.0f} s")
            time.sleep(POLL)
        return told


class Asker(Program):
    def __init__(self, visitor: Visitor, login: tuple[str, str], contracts: Sequence[int], seed: int) -> None:
        super().__init__(visitor, seed)
        self.login, self.contracts = login, contracts
        self.tasks: list[tuple[int, Callable[[], None]]] = [
            (5, self.ask),
            (2, self.ask_later),
            (2, self.look_for_words),
            (2, self.verify),
            (2, self.list_and_open),
            (1, self.check_absence),
            (1, self.hold_against_a_playbook),
            (2, self.ask_as_an_agent),
            (1, self.use_a_token_once),
            (1, self.be_refused),
        ]

    def ask(self) -> None:
        key = {"Idempotency-Key": str(uuid.uuid4())}
        asked = {"query": question(self.chance)}
        answer = self.call("POST", "/searches", (201,), json=asked, headers=key)
        again = self.call("POST", "/searches", (201,), json=asked, headers=key)
        self.visitor.check(answer["id"] == again["id"], "the same Idempotency-Key gave another answer")
        self.visitor.check(answer["verified"] == answer["recalled"], f"not all was verified: {answer['verified']}")
        self.call("GET", f"/searches/{answer['id']}/hits?page_size=10")
        self.answer("GET", f"/searches/{answer['id']}/export?format={self.chance.choice(['docx', 'xlsx'])}")

    def ask_later(self) -> None:
        asked = {"query": question(self.chance)}
        with self.visitor.timed("a question answered by a worker, until it is done"):
            job = self.call("POST", "/searches", (202,), json=asked, headers={"Prefer": "respond-async"})
            job = self.wait(f"/jobs/{job['id']}")
        self.visitor.check(job["state"] == "done", f"a search job is {job['state']}: {job['error']}")
        self.call("GET", f"/searches/{job['search']}")

    def look_for_words(self) -> None:
        self.call("POST", "/searches", (201,), json={"query": words(self.chance), "mode": "words"})
        self.call("GET", "/searches")

    def verify(self) -> None:
        clauses = self.call("GET", f"/contracts/{self.chance.choice(self.contracts)}/clauses?page_size=20")["results"]
        chosen = [one["id"] for one in self.chance.sample(clauses, min(5, len(clauses)))]
        texts = [{"text": question(self.chance)}]
        self.call("POST", "/verify", json={"query": question(self.chance), "clauses": chosen, "texts": texts})

    def list_and_open(self) -> None:
        page = self.call("GET", "/contracts?page_size=10&versions=current")
        if page["next"]:
            self.call("GET", page["next"].partition(API)[2])
        path = f"/contracts/{self.chance.choice(self.contracts)}"
        known = self.answer("GET", path).headers["ETag"]
        self.answer("GET", path, (304,), headers={"If-None-Match": known})
        self.call("GET", f"{path}/obligations")
        self.call("GET", "/lists")

    def check_absence(self) -> None:
        asked = {"query": question(self.chance), "contracts": [self.chance.choice(self.contracts)]}
        check = self.call("POST", "/absence-checks", (201, 202), json=asked)
        check = self.wait(f"/absence-checks/{check['id']}")
        self.visitor.check(check["state"] == "done", f"an absence check is {check['state']}: {check['error']}")

    def hold_against_a_playbook(self) -> None:
        positions = [{"statement": question(self.chance)} for _ in range(2)]
        playbook = self.call("POST", "/playbooks", (201,), json={"name": f"P{uuid.uuid4()}", "positions": positions})
        asked = {"playbook": playbook["id"], "contracts": [self.chance.choice(self.contracts)]}
        check = self.call("POST", "/playbook-checks", (201, 202), json=asked)
        self.wait(f"/playbook-checks/{check['id']}")
        self.answer("DELETE", f"/playbooks/{playbook['id']}", (204,))

    def ask_as_an_agent(self) -> None:
        arguments = {"query": question(self.chance), "limit": 10}
        called = {"name": "search_clauses", "arguments": arguments}
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": called}
        answer = self.visitor.ask("POST", "/mcp", json=message, headers=MCP).json()
        self.visitor.check("result" in answer and not answer["result"].get("isError"), f"MCP answered {answer}"[:300])

    def use_a_token_once(self) -> None:
        signed_in = {"Authorization": basic(*self.login)}
        asked = {"name": "once", "scopes": ["read"]}
        made = self.call("POST", "/tokens", (201,), json=asked, headers=signed_in)
        bearer = {"Authorization": f"Bearer {made['token']}"}
        self.call("GET", "/matters", headers=bearer)
        self.call("GET", "/searches", (403,), headers=bearer)
        self.answer("DELETE", f"/tokens/{made['id']}", (204,), headers=signed_in)
        self.call("GET", "/matters", (401,), headers=bearer)

    def be_refused(self) -> None:
        self.call("GET", "/contracts?colour=red", (400,))
        self.call("POST", "/searches", (400,), json={"query": "", "colour": "red"})
        self.call("GET", f"/searches/{uuid.uuid4()}", (404,))
        self.call("POST", "/verify", (400,), content=b"{", headers={"Content-Type": "application/json"})


class DocumentSystem(Program):
    """One batch after the other: what it sends is read before it goes on, as its queue would otherwise only grow."""

    def __init__(self, visitor: Visitor, matter: str, files: Files, seed: int) -> None:
        super().__init__(visitor, seed)
        self.matter, self.files = matter, files
        self.kept: deque[int] = deque()
        self.tasks: list[tuple[int, Callable[[], None]]] = [
            (4, self.send),
            (2, self.send_versions),
            (2, self.send_in_bulk),
            (1, self.send_broken),
        ]

    def send(self) -> None:
        """New, then once more."""
        file = self.files.new()
        with self.visitor.timed("a file sent over REST, until it is read"):
            contract = self._post(file, 202)
            told = self.wait(f"/contracts/{contract['id']}")
        self.visitor.check(told["state"] == "ready", f"{file.name} is {told['state']}: {told['error']}")
        self.visitor.check(self._post(file, 200)["duplicate"], f"{file.name} was sent twice and is no duplicate")
        self._keep(contract["id"])

    def send_versions(self) -> None:
        name = uuid.uuid4()
        for _ in range(2):
            file = self.files.new()
            form = {"data": {"matter": self.matter}, "files": {"file": (file.name, file.content)}}
            contract = self.call("PUT", f"/contracts/by-external-id/soak/{name}", (202,), **form)
            self.wait(f"/contracts/{contract['id']}")
            self._keep(contract["id"])
        self.visitor.check(contract["version"] == 2, f"the second version is version {contract['version']}")

    def send_in_bulk(self) -> None:
        files = [self.files.new(), self.files.new(), self.files.broken()]
        items = [
            {"key": str(place), "file_name": one.name, "sha256": hashlib.sha256(one.content).hexdigest()}
            for place, one in enumerate(files)
        ]
        ingest = self.call("POST", "/ingests", (201,), json={"matter": self.matter, "items": items})
        path = f"/ingests/{ingest['id']}"
        raw = {"Content-Type": "application/octet-stream"}
        for place, one in enumerate(files):
            self.call("PUT", f"{path}/items/{items[place]['key']}", content=one.content, headers=raw)
        self.call("POST", f"{path}/commit")
        self.wait(path)
        counts = self.call("GET", path)["counts"]
        self.visitor.check((counts["ready"], counts["failed"]) == (2, 1), f"an ingest of 2 and a broken one: {counts}")
        for item in self.call("GET", f"{path}/items")["results"]:
            self._keep(item["contract"])

    def send_broken(self) -> None:
        file = self.files.broken()
        contract = self._post(file, 202)
        told = self.wait(f"/contracts/{contract['id']}")
        self.visitor.check(told["state"] == "failed" and told["error"]["remedy"], f"{file.name} is {told['state']}")
        self._keep(contract["id"])

    def _post(self, file: Sent, status: int) -> Any:
        key = {"Idempotency-Key": str(uuid.uuid4())}
        form = {"data": {"matter": self.matter}, "files": {"file": (file.name, file.content)}}
        return self.call("POST", "/contracts", (status,), headers=key, **form)

    def _keep(self, contract: int) -> None:
        self.kept.append(contract)
        if len(self.kept) > KEPT:
            oldest = self.kept.popleft()
            self.answer("DELETE", f"/contracts/{oldest}", (204,))
            self.call("GET", f"/contracts/{oldest}", (404,))
