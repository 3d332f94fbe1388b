"""Load agreements in bulk while worker, database and web server are killed, then account for every file.

    python -m tests.soak.ingest --data DIR --files 300

Prints a report as JSON; exit status 1 if anything is lost, double or incomplete. No test: it takes minutes to hours.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from contracts.edgar import read_agreements
from tests.api.receiver import Receiver, receiving
from tests.soak.client import PATIENCE, Client
from tests.soak.load import NEVER_SENT, Kill, Planned, plan_kills, write_load
from tests.soak.machines import Machines
from tests.soak.site import make_token, open_site, say

MATTER, USER = "Soak", "soak"
SENDERS = 4
NO_PROGRESS_SECONDS = 1200
SAMPLE = 25  # contracts that are read once more and compared
DOWN = (1.0, 8.0)  # seconds from a kill to the next start
LONGEST_DELAY = 5.0  # seconds before a kill, so that it hits any moment of a reading


def main() -> None:
    options = _options()
    try:
        agreements = read_agreements(options.data / "edgar", options.files)
    except FileNotFoundError as error:
        sys.exit(f"{error.filename} is missing. --data takes the folder that holds edgar/agreements.tar.xz.")
    with tempfile.TemporaryDirectory(prefix="proviso-soak-", ignore_cleanup_errors=True) as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)  # Postgres may have an account of its own
        planned = write_load(folder / "files", {one.name: one.content for one in agreements})
        machines = Machines(folder, options.port)
        try:
            with receiving() as receiver:
                report = Soak(machines, planned, receiver, options).run()
        finally:
            machines.kill_all()
    print(json.dumps(report, indent=1))
    sys.exit(1 if report["discrepancies"] else 0)


class Soak:
    def __init__(
        self, machines: Machines, planned: Sequence[Planned], receiver: Receiver, options: argparse.Namespace
    ) -> None:
        self.machines, self.planned, self.receiver = machines, planned, receiver
        self.chance = random.Random(options.seed)
        self.kills: list[Kill] = plan_kills(
            self.chance,
            len(planned),
            worker=options.worker_kills,
            database=options.database_kills,
            web=options.web_kills,
        )
        self.discrepancies: list[str] = []
        self.sent: list[str] = []  # keys; by several threads

    def run(self) -> dict[str, Any]:
        self._prepare()
        begun = time.monotonic()
        sender = threading.Thread(target=self._send)
        sender.start()
        counts = self._kill_until_done()
        minutes = (time.monotonic() - begun) / 60
        sender.join()
        self._wait_for_messages()
        items = list(self.client.pages(f"/ingests/{self.ingest}/items"))
        if status := self.machines.stop("worker"):
            self.discrepancies.append(f"The worker ended with {status} when it was asked to stop.")
        self.discrepancies += [f"Ended by itself: {one}" for one in self.machines.ended_by_themselves]

        from tests.soak.reconcile import reconcile, stored  # needs Django

        self.discrepancies += reconcile(self.planned, items, self.ingest, self.receiver.told, SAMPLE)
        return {
            "files": len(self.planned),
            "kills": dict(self.machines.kills),
            "minutes": round(minutes, 1),
            "files_per_minute": round(len(self.planned) / minutes, 1),
            "counts": counts,
            "answers": dict(self.client.answers),
            "messages": len(self.receiver.told),
            "repeated_messages": len(self.receiver.told) - len({one.id for one in self.receiver.told}),
            **stored(),
            "discrepancies": self.discrepancies,
        }

    def _prepare(self) -> None:
        password = open_site(self.machines, MATTER, [USER])[USER]
        scopes = ["read", "upload", "webhooks"]
        self.client = Client(self.machines.server, f"Bearer {make_token(self.machines, USER, password, scopes)}")
        events = ["contract.ready", "contract.failed", "ingest.done"]
        self.client.call("POST", "/webhooks", {"url": self.receiver.url, "events": events})
        manifest = {"matter": MATTER, "items": [one.announced for one in self.planned]}
        self.ingest = self.client.call("POST", "/ingests", manifest, Idempotency_Key=str(uuid.uuid4()))["id"]

    def _send(self) -> None:
        def send(one: Planned) -> None:
            self.client.send(self.ingest, one.key, one.path.read_bytes())
            self.sent.append(one.key)

        try:
            with ThreadPoolExecutor(SENDERS) as senders:
                list(senders.map(send, [one for one in self.planned if one.key != NEVER_SENT]))
            self.client.call("POST", f"/ingests/{self.ingest}/commit")
        except Exception as error:  # noqa: BLE001  a thread of its own: what went wrong belongs into the report
            self.discrepancies.append(f"Sending stopped: {error!r}")

    def _kill_until_done(self) -> dict[str, int]:
        seen, at = -1, time.monotonic()
        while True:
            shown = self.client.call("GET", f"/ingests/{self.ingest}")
            counts: dict[str, int] = shown["counts"]
            if counts["items"] != sum(counts[name] for name in ("ready", "duplicate", "failed", "waiting")):
                self.discrepancies.append(f"Counts do not add up: {counts}")
            settled = counts["items"] - counts["waiting"]
            sent = len(self.sent)
            if settled + sent != seen:
                seen, at = settled + sent, time.monotonic()
                say(f"sent {sent}, settled {settled}")
            if shown["state"] == "done":
                return counts
            if time.monotonic() - at > NO_PROGRESS_SECONDS:
                self.discrepancies.append(f"Nothing was settled for {NO_PROGRESS_SECONDS} s: {counts}")
                return counts
            self.machines.look_after()
            self._kill_what_is_due({"sent": sent, "settled": settled})
            time.sleep(0.5)

    def _kill_what_is_due(self, done: dict[str, int]) -> None:
        due = next((kill for kill in self.kills if done[kill.counting] >= kill.after), None)
        if due is not None:
            self.kills.remove(due)
            time.sleep(self.chance.uniform(0, LONGEST_DELAY))
            say(f"killing the {due.what}")
            self.machines.kill(due.what, self.chance.uniform(*DOWN))

    def _wait_for_messages(self) -> None:
        """A message in the hands of a killed worker is sent again when its lease ends, or five minutes later."""
        from contracts.webhooks.models import Delivery  # needs Django

        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and Delivery.objects.filter(state=Delivery.State.WAITING).exists():
            self.machines.look_after()
            time.sleep(5)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak.ingest", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="holds edgar/")
    parser.add_argument("--files", type=int, default=300, metavar="N", help="agreements; up to 2019")
    parser.add_argument("--worker-kills", type=int, default=10, metavar="N")
    parser.add_argument("--database-kills", type=int, default=4, metavar="N")
    parser.add_argument("--web-kills", type=int, default=1, metavar="N")
    parser.add_argument("--port", type=int, default=8765, help="of the web server")
    parser.add_argument("--seed", type=int, default=1, help="of the moments of the kills")
    parser.add_argument(
        "--folder", type=Path, help="new; keeps the files, database and logs. Default: removed at the end"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
