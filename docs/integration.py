"""A whole integration in nothing but Python: send a contract, be told that it was read, ask, see the answer.

    PROVISO=http://127.0.0.1:8000 LOGIN=lena:password MATTER="Project Oak" python docs/integration.py agreement.pdf

Proviso tells this program at RECEIVER, by default an address on this machine, to which it sends only when its setting
WEBHOOK_NETWORKS=127.0.0.0/8 allows it. In use, RECEIVER is a public https:// address. A test runs this file.
"""

from __future__ import annotations

import base64
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
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

API = os.environ["PROVISO"].rstrip("/") + "/api/v1"
MATTER = os.environ["MATTER"]
PATIENCE = 120  # seconds


def call(method: str, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
    """JSON there and back; bytes are sent as they are. An error carries a problem (RFC 9457), whose detail says why."""
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    sent = {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
    address = path if path.startswith("http") else API + path
    request = urllib.request.Request(address, data, sent, method=method)
    try:
        with urllib.request.urlopen(request) as response:
            return dict(json.load(response))
    except urllib.error.HTTPError as error:
        sys.exit(f"{method} {path}: {error.read().decode()}")


def make_token() -> str:
    """Once, with name and password. Keep it like a password: it is not shown again."""
    login = base64.b64encode(os.environ["LOGIN"].encode()).decode()
    scopes = ["read", "search", "upload", "webhooks"]
    made = call("POST", "/tokens", {"name": "integration", "scopes": scopes}, Authorization=f"Basic {login}")
    return str(made["token"])


class Receiver(BaseHTTPRequestHandler):
    """Takes what was signed with our secret, answers at once, and leaves the work to another thread."""

    secret = ""
    messages: queue.Queue[dict[str, Any]] = queue.Queue()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        genuine = self.is_signed(body)
        self.send_response(204 if genuine else 401)
        self.end_headers()
        if genuine:
            self.messages.put(json.loads(body))

    def is_signed(self, body: bytes) -> bool:
        sent, at = self.headers["webhook-id"], self.headers["webhook-timestamp"]
        if abs(time.time() - int(at)) > 300:
            return False  # an old message that somebody has kept and sends again
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        digest = hmac.digest(key, f"{sent}.{at}.".encode() + body, hashlib.sha256)
        expected = "v1," + base64.b64encode(digest).decode()
        return any(hmac.compare_digest(expected, one) for one in self.headers["webhook-signature"].split())

    def log_message(self, *arguments: Any) -> None:
        pass


def main(file: Path) -> None:
    authorized = {"Authorization": f"Bearer {make_token()}"}

    server = HTTPServer(("127.0.0.1", int(os.environ.get("RECEIVER_PORT", "0"))), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    receiver = os.environ.get("RECEIVER", f"http://127.0.0.1:{server.server_port}/")
    wanted = {"url": receiver, "events": ["contract.ready", "contract.failed"]}
    webhook = call("POST", "/webhooks", wanted, **authorized)
    Receiver.secret = webhook["secret"]

    # The same file under the same name again is the same contract; another file is its next version.
    sent = call(
        "PUT",
        f"/contracts/by-external-id/integration/{quote(file.name)}?matter={quote(MATTER)}",
        file.read_bytes(),
        **authorized | {"Content_Type": "application/octet-stream"},
        Content_Disposition=f"attachment; filename*=UTF-8''{quote(file.name)}",
    )
    print(f"sent      contract {sent['id']}, version {sent['version']}, {'again' if sent['duplicate'] else 'new'}")

    contract = sent if sent["state"] == "ready" else wait_until_read(sent["id"], authorized)
    print(f"read      {contract['title'] or contract['file_name']}: {contract['passage_count']} passages")

    question = {"query": "Supplier indemnifies Customer", "contracts": [contract["id"]]}
    answer = call("POST", "/searches", question, **authorized, Idempotency_Key=str(uuid.uuid4()))
    print(f"asked     {answer['verified']} of {answer['eligible']} passages verified")
    for hit in answer["hits"]:
        print(f"{hit['label']:<14}{hit['citation']}: {hit['reason']}")


def wait_until_read(contract: int, authorized: dict[str, str]) -> dict[str, Any]:
    """The webhook says when to look; a poll now and then would find what a lost message does not tell."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            message = Receiver.messages.get(timeout=10)
            print(f"told      {message['type']}, contract {message['data']['contract']}")
        except queue.Empty:
            pass
        found = call("GET", f"/contracts/{contract}", **authorized)
        if found["state"] == "failed":
            sys.exit(f"{found['error']['message']} {found['error']['remedy']}")
        if found["state"] == "ready":
            return found
    sys.exit(f"Contract {contract} was not read in {PATIENCE} seconds. Does a worker run? (python manage.py worker)")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
