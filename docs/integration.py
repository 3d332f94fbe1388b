"""A typed client of the REST API in nothing but Python, and a whole integration with it.

    PROVISO=http://127.0.0.1:8000 LOGIN=lena:password MATTER="Project Oak" python docs/integration.py agreement.pdf

It sends a contract, is told that it was read, asks, and prints the answer. ``Proviso`` is meant to be copied: it knows
the calls that most integrations need, waits where the server says so, and ignores fields that are new to it.

Proviso tells this program at RECEIVER, by default an address on this machine, to which it sends only when its setting
WEBHOOK_NETWORKS=127.0.0.0/8 allows it. In use, RECEIVER is a public https:// address. A test runs this file.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import hmac
import json
import os
import queue
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import quote

PATIENCE = 120  # seconds
STANDARD = "Supplier shall indemnify Customer against all claims, damages and costs."  # our own wording
TRIES = 5  # of a request that the server puts off

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ReadingError:
    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Contract:
    id: int
    version: int
    state: Literal["received", "reading", "ready", "failed"]
    file_name: str
    title: str
    passage_count: int
    error: ReadingError | None
    duplicate: bool = False  # told when it is sent


@dataclass(frozen=True, slots=True)
class Hit:
    rank: int
    label: str  # "supported", or why not
    reason: str
    reason_code: str | None  # the kind of reason: "parties_exchanged"
    citation: str
    text: str
    contract_id: int | None
    clause_id: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    id: str
    eligible: int
    verified: int
    supported: int
    hits: list[Hit]  # the first of them


@dataclass(frozen=True, slots=True)
class Review:
    decision: Literal["relevant", "not_relevant", "unsure"] | None
    note: str
    decided_at: str | None


@dataclass(frozen=True, slots=True)
class Direction:
    """Whether ``by`` says what ``of`` says."""

    of: Literal["first", "second"]
    by: Literal["first", "second"]
    says_all: bool | None  # None: what could be read does not tell


@dataclass(frozen=True, slots=True)
class Comparison:
    meaning: str
    doubt: str
    limits: list[str]  # what was not compared
    directions: list[Direction]


@dataclass(frozen=True, slots=True)
class Token:
    id: str
    token: str  # keep it like a password: it is not shown again


@dataclass(frozen=True, slots=True)
class Webhook:
    id: str
    secret: str | None  # told only when it is made


class Problem(Exception):
    """What the server says no with (RFC 9457). ``code`` is for programs, ``detail`` says what to do."""

    def __init__(self, status: int, told: dict[str, Any], request_id: str) -> None:
        self.status, self.request_id = status, request_id
        self.code, self.errors = str(told.get("code", "")), list(told.get("errors", ()))
        wrong = "; ".join(f"{one['pointer']}: {one['detail']}" for one in self.errors)
        super().__init__(f"{status} {told.get('detail', '')} {wrong} (request {request_id})")


class Proviso:
    def __init__(self, address: str, token: str = "", login: str = "", user: str = "") -> None:
        """With a token; or with "name:password", which makes tokens and should be kept nowhere.

        ``user``: for whom to act, with the token of a trusted client.
        """
        self.api = address.rstrip("/") + "/api/v1"
        basic = base64.b64encode(login.encode()).decode()
        self.who = {"Authorization": f"Bearer {token}" if token else f"Basic {basic}"}
        if user:
            self.who["On-Behalf-Of"] = user.encode().decode("latin-1")  # as UTF-8 on its way

    def make_token(self, name: str, scopes: Sequence[str], days: int) -> Token:
        return _known(Token, self._call("POST", "/tokens", {"name": name, "scopes": list(scopes), "days": days}))

    def revoke_token(self, token: str) -> None:
        """By its id. Needs the login, as making one does."""
        self._call("DELETE", f"/tokens/{token}")

    def send_contract(self, matter: str, source: str, external_id: str, file: Path) -> Contract:
        """The same file under the same name again is the same contract; another file is its next version."""
        path = (
            f"/contracts/by-external-id/{quote(source, safe='')}/{quote(external_id, safe='')}?matter={quote(matter)}"
        )
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
        }
        return _contract(self._call("PUT", path, file.read_bytes(), headers))

    def contract(self, contract: int) -> Contract:
        return _contract(self._call("GET", f"/contracts/{contract}"))

    def ask(self, query: str, contracts: Sequence[int] = ()) -> Answer:
        asked = {"query": query} | ({"contracts": list(contracts)} if contracts else {})
        answer = self._call("POST", "/searches", asked, _once())
        return _known(Answer, answer, hits=[_known(Hit, hit) for hit in answer["hits"]])

    def decide(self, search: str, rank: int, decision: str, note: str = "") -> Review:
        """Sent again, it is decided the same."""
        body = {"decision": decision, "note": note}
        return _known(Review, self._call("PUT", f"/searches/{search}/hits/{rank}/review", body))

    def compare(self, clause: int, wording: str) -> Comparison:
        """A clause with a wording of one's own."""
        told = self._call("POST", "/compare", {"first": {"clause": clause}, "second": {"text": wording}})
        return _known(Comparison, told, directions=[_known(Direction, way) for way in told["directions"]])

    def add_webhook(self, url: str, events: Sequence[str]) -> Webhook:
        return _known(Webhook, self._call("POST", "/webhooks", {"url": url, "events": list(events)}, _once()))

    def remove_webhook(self, webhook: str) -> None:
        """As it is now, whoever has changed it meanwhile; else send the ETag that came with it."""
        self._call("DELETE", f"/webhooks/{webhook}", headers={"If-Match": "*"})

    def _call(
        self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """JSON there and back; bytes are sent as they are. Raises Problem."""
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        sent = {"Content-Type": "application/json", **self.who} | (headers or {})
        for left in reversed(range(TRIES)):
            try:
                with urllib.request.urlopen(urllib.request.Request(self.api + path, data, sent, method=method)) as got:
                    return dict(json.loads(got.read() or b"{}"))
            except urllib.error.HTTPError as error:
                told = error.read()
                if error.code not in (429, 503) or not left:
                    known = error.headers.get("Content-Type") == "application/problem+json"
                    problem = json.loads(told) if known else {"detail": told.decode(errors="replace")}
                    raise Problem(error.code, problem, error.headers.get("X-Request-ID", "")) from error
                time.sleep(min(int(error.headers.get("Retry-After", "1")), PATIENCE))
        raise AssertionError  # the last try returned or raised


def _once() -> dict[str, str]:
    """A header under which a request that is sent again, as its answer was lost, is not done again."""
    return {"Idempotency-Key": str(uuid.uuid4())}


def _contract(told: dict[str, Any]) -> Contract:
    return _known(Contract, told, error=_known(ReadingError, told["error"]) if told["error"] else None)


def _known(kind: type[T], told: dict[str, Any], **made: object) -> T:
    """What ``kind`` has of what was told; later servers may tell more."""
    names = {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]  # every kind is a dataclass
    return kind(**{name: value for name, value in told.items() if name in names} | made)


def is_signed(body: bytes, headers: Any, secret: str) -> bool:
    """Whether Proviso sent this, and now (https://www.standardwebhooks.com)."""
    sent, at = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(at)) > 300:
        return False  # an old message that somebody has kept and sends again
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.digest(key, f"{sent}.{at}.".encode() + body, hashlib.sha256)
    expected = "v1," + base64.b64encode(digest).decode()
    return any(hmac.compare_digest(expected, one) for one in headers["webhook-signature"].split())


class Receiver(BaseHTTPRequestHandler):
    """Takes what was signed with our secret, answers at once, and leaves the work to another thread."""

    secret = ""
    messages: queue.Queue[dict[str, Any]] = queue.Queue()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        genuine = is_signed(body, self.headers, self.secret)
        self.send_response(204 if genuine else 401)
        self.end_headers()
        if genuine:
            self.messages.put(json.loads(body))

    def log_message(self, *arguments: Any) -> None:
        pass


def main(file: Path) -> None:
    """An integration that stays keeps its token and its webhook; this one ends, so it leaves neither behind."""
    address = os.environ["PROVISO"]
    person = Proviso(address, login=os.environ["LOGIN"])
    token = person.make_token("integration", ["read", "search", "upload", "webhooks"], days=1)
    try:
        with_webhook(Proviso(address, token.token), file)
    finally:
        person.revoke_token(token.id)


def with_webhook(proviso: Proviso, file: Path) -> None:
    server = HTTPServer(("127.0.0.1", int(os.environ.get("RECEIVER_PORT", "0"))), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    receiver = os.environ.get("RECEIVER", f"http://127.0.0.1:{server.server_port}/")
    webhook = proviso.add_webhook(receiver, ["contract.ready", "contract.failed"])
    Receiver.secret = webhook.secret or ""
    try:
        send_and_ask(proviso, os.environ["MATTER"], file)
    finally:
        proviso.remove_webhook(webhook.id)


def send_and_ask(proviso: Proviso, matter: str, file: Path) -> None:
    sent = proviso.send_contract(matter, "integration", file.name, file)
    print(f"sent      contract {sent.id}, version {sent.version}, {'again' if sent.duplicate else 'new'}")

    contract = sent if sent.state == "ready" else wait_until_read(proviso, sent.id)
    print(f"read      {contract.title or contract.file_name}: {contract.passage_count} passages")

    answer = proviso.ask("Supplier indemnifies Customer", [contract.id])
    print(f"asked     {answer.verified} of {answer.eligible} passages verified")
    for hit in answer.hits:
        print(f"{hit.label:<14}{hit.citation}: {hit.reason}")
    if answer.hits:
        decide_and_compare(proviso, answer, answer.hits[0])


def decide_and_compare(proviso: Proviso, answer: Answer, hit: Hit) -> None:
    review = proviso.decide(answer.id, hit.rank, "unsure", "To be compared with our standard")
    print(f"decided   number {hit.rank}: {review.decision}")
    if hit.clause_id is not None:  # None when its contract was deleted meanwhile
        comparison = proviso.compare(hit.clause_id, STANDARD)
        print(f"compared  {' '.join([comparison.meaning, comparison.doubt, *comparison.limits])}")


def wait_until_read(proviso: Proviso, contract: int) -> Contract:
    """The webhook says when to look; a poll now and then would find what a lost message does not tell."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            message = Receiver.messages.get(timeout=10)
            print(f"told      {message['type']}, contract {message['data']['contract']}")
        except queue.Empty:
            pass
        found = proviso.contract(contract)
        if found.state == "failed" and found.error:
            sys.exit(f"{found.error.message} {found.error.remedy}")
        if found.state == "ready":
            return found
    sys.exit(f"Contract {contract} was not read in {PATIENCE} seconds. Does a worker run? (python manage.py worker)")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except Problem as problem:
        sys.exit(str(problem))
