"""Search, upload and all else at once for a while: nothing may grow, nothing may fail.

    python -m tests.soak.mixed --data DIR --minutes 30

Prints a report as JSON; exit status 1 if memory, files, threads, connections or the queue grow, or if any answer was
not as it should be. No test: it takes minutes to hours. docs/soak.md says how growth is told from noise.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from contracts.edgar import Agreement, read_agreements
from search.spare_memory import SECONDS
from tests.api.receiver import Receiver, receiving
from tests.soak.client import Client
from tests.soak.files import Files
from tests.soak.growth import growths, too_little
from tests.soak.lawyer import Lawyer
from tests.soak.machines import Machines
from tests.soak.programs import Asker, DocumentSystem
from tests.soak.site import make_token, open_site, say
from tests.soak.visitor import Unexpected, Visitor, Visits
from tests.soak.watch import Watch

MATTER = "Soak"
SCOPES = ["read", "search", "upload", "delete", "webhooks"]
MOST_CONNECTIONS = 8 + 16  # of gunicorn's threads, and of a worker (docs/monitoring.md)
PAUSE = (0.2, 2.0)  # seconds between two things that one visitor does
LOAD_SECONDS = 3600
DRAIN_SECONDS = 900
SPARE = 200  # agreements to send while others search
REST_EVERY = 120.0  # seconds of use between two rests
REST = SECONDS + 3  # seconds, in which the processes give back what they no longer use


def main() -> None:
    options = _options()
    try:
        agreements = read_agreements(options.data / "edgar", options.files + SPARE)
    except FileNotFoundError as error:
        sys.exit(f"{error.filename} is missing. --data takes the folder that holds edgar/agreements.tar.xz.")
    with tempfile.TemporaryDirectory(prefix="proviso-soak-", ignore_cleanup_errors=True) as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)  # Postgres may have an account of its own
        machines = Machines(folder, options.port)
        try:
            with receiving() as receiver:
                soak = Soak(machines, agreements, receiver, options)
                report = soak.run()
        finally:
            machines.kill_all()
        samples = [asdict(sample) for sample in soak.watch.samples]
        (folder / "samples.json").write_text(json.dumps(samples, indent=1))
    print(json.dumps(report, indent=1))
    sys.exit(1 if report["wrong"] else 0)


class Soak:
    def __init__(
        self, machines: Machines, agreements: Sequence[Agreement], receiver: Receiver, options: argparse.Namespace
    ) -> None:
        self.machines, self.receiver, self.options = machines, receiver, options
        spread = max(1, len(agreements) // options.files)
        self.loaded = agreements[::spread][: options.files]
        loaded = {one.name for one in self.loaded}
        self.files = Files([one for one in agreements if one.name not in loaded])
        self.visits = Visits()
        self.over = threading.Event()
        visitors = options.lawyers + options.programs + 1
        self.turns, self.visitors = threading.Semaphore(visitors), visitors
        self.open = threading.Event()
        self.open.set()
        self.wrong: list[str] = []

    def run(self) -> dict[str, Any]:
        visitors = self._prepare()
        for lawyer in visitors:
            if isinstance(lawyer, Lawyer):
                lawyer.sign_in()
        self.visits.forget()
        before = self.watch.sizes()
        self.watch.begin()
        begun = time.monotonic()
        self._let_them(visitors)
        minutes = (time.monotonic() - begun) / 60
        drained = self._drain()
        self.watch.end()
        after = self.watch.look()
        self.wrong += self._wrong_afterwards(drained)
        grown = growths(self.watch.samples)
        self.wrong += [*too_little(self.watch.samples), *(str(one) for one in grown if one.grew)]
        sizes = {name: round(size - before[name], 1) for name, size in self.watch.sizes().items()}
        return {
            "minutes": round(minutes, 1),
            "visitors": [type(one).__name__ for one in visitors],
            "requests": self.visits.requests,
            "statuses": dict(sorted(self.visits.statuses.items())),
            "seconds": self.visits.seconds(),
            "growth": {one.figure: one.reported() for one in grown},
            "afterwards": dict(after.figures),
            "tables_grown_mb": {name: size for name, size in sizes.items() if size >= 1},
            "messages": len(self.receiver.told),
            **self._stored(),
            "wrong": self.wrong,
        }

    def _prepare(self) -> list[Lawyer | Asker | DocumentSystem]:
        lawyers = [f"lawyer{number}" for number in range(self.options.lawyers)]
        askers = [f"asker{number}" for number in range(self.options.programs)]
        passwords = open_site(self.machines, MATTER, [*lawyers, *askers, "system"])
        server = self.machines.server

        def visitor(name: str) -> Visitor:
            token = make_token(self.machines, name, passwords[name], SCOPES)
            return Visitor(server, self.visits, f"Bearer {token}")

        system = visitor("system")
        contracts = self._load(Client(server, system.http.headers["Authorization"]))
        self.watch = Watch(self.machines, lambda: self.visits.requests, self.options.every)
        matter = system.ask("GET", "/api/v1/matters").json()["results"][0]["id"]
        people: list[Lawyer | Asker | DocumentSystem] = [
            Lawyer(Visitor(server, self.visits), (name, passwords[name]), matter, contracts, self.files, seed)
            for seed, name in enumerate(lawyers)
        ]
        people += [
            Asker(visitor(name), (name, passwords[name]), contracts, 100 + seed) for seed, name in enumerate(askers)
        ]
        return [*people, DocumentSystem(system, MATTER, self.files, 200)]

    def _load(self, client: Client) -> list[int]:
        """The contracts that are there from the beginning to the end."""
        events = ["contract.ready", "contract.failed", "contract.deleted", "ingest.done", "job.done"]
        client.call("POST", "/webhooks", {"url": self.receiver.url, "events": events})
        items = [{"key": str(place), "file_name": one.file_name} for place, one in enumerate(self.loaded)]
        ingest = client.call("POST", "/ingests", {"matter": MATTER, "items": items})["id"]
        for place, one in enumerate(self.loaded):
            client.send(ingest, str(place), one.content)
        client.call("POST", f"/ingests/{ingest}/commit")
        until = time.monotonic() + LOAD_SECONDS
        while (shown := client.call("GET", f"/ingests/{ingest}"))["state"] != "done" and time.monotonic() < until:
            time.sleep(2)
        say(f"loaded: {shown['counts']}")
        if shown["counts"]["ready"] != len(self.loaded):
            raise SystemExit(f"Nothing was measured: of {len(self.loaded)} agreements to load first {shown['counts']}")
        return [item["contract"] for item in client.pages(f"/ingests/{ingest}/items")]

    def _let_them(self, visitors: Sequence[Lawyer | Asker | DocumentSystem]) -> None:
        threads = [threading.Thread(target=self._go_on, args=[one, seed]) for seed, one in enumerate(visitors)]
        for thread in threads:
            thread.start()
        until = time.monotonic() + 60 * self.options.minutes
        while (left := until - time.monotonic()) > 0:
            self.over.wait(min(REST_EVERY, left))
            self._rest()
            say(f"{self.visits.requests} requests, {len(self.visits.wrong)} not as they should be")
        self.over.set()
        for thread in threads:
            thread.join()

    def _rest(self) -> None:
        """Nobody asks for a while, and then it is looked at; what was begun is ended first, and nothing more begun."""
        self.open.clear()
        for _ in range(self.visitors):
            self.turns.acquire()
        time.sleep(REST)
        self.watch.look_on(rest=True)
        self.turns.release(self.visitors)
        self.open.set()

    def _go_on(self, visitor: Lawyer | Asker | DocumentSystem, seed: int) -> None:
        chance = random.Random(seed)
        weights = [weight for weight, _ in visitor.tasks]
        while not self.over.wait(chance.uniform(*PAUSE)):
            task: Callable[[], None] = chance.choices([task for _, task in visitor.tasks], weights)[0]
            self.open.wait()
            try:
                with self.turns:
                    task()
            except Unexpected:
                pass
            except Exception as error:  # noqa: BLE001  a thread of its own: what went wrong belongs into the report
                self.visits.went_wrong(f"{type(visitor).__name__}.{task.__name__}: {error!r}")

    def _drain(self) -> bool:
        """Whether the queue was worked off once nobody sent any more."""
        until = time.monotonic() + DRAIN_SECONDS
        while (left := self.watch.waiting()) and time.monotonic() < until:
            time.sleep(2)
        return not left

    def _wrong_afterwards(self, drained: bool) -> Iterator[str]:
        yield from self.visits.told()
        yield from dict.fromkeys(self.watch.wrong)
        if not drained:
            yield f"After {DRAIN_SECONDS} s without anything new {self.watch.waiting()} jobs were left"
        highest = max((sample.figures["all connections"] for sample in self.watch.samples), default=0)
        if highest > MOST_CONNECTIONS:
            yield f"There were {highest:.0f} connections to the database, at most {MOST_CONNECTIONS} are allowed for"
        for name in ("web", "worker"):
            if status := self.machines.stop(name):
                yield f"{name} ended with {status} when it was asked to stop"
            yield from said_wrong(name, self.machines.log(name))

        from tests.soak.settled import unsettled  # needs Django

        yield from unsettled()

    def _stored(self) -> dict[str, Any]:
        from tests.soak.reconcile import stored  # needs Django

        return stored()


def said_wrong(name: str, log: str) -> Iterator[str]:
    """Lines of a log that tell of an error; what the site refuses as it should is a warning there."""
    for line in log.splitlines():
        if " ERROR " in line or " CRITICAL " in line or line.startswith("Traceback"):
            yield f"log of {name}: {line}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak.mixed", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="holds edgar/")
    parser.add_argument("--minutes", type=float, default=30, metavar="N")
    parser.add_argument(
        "--files", type=int, default=12, metavar="N", help="agreements that are there from the beginning"
    )
    parser.add_argument("--lawyers", type=int, default=3, metavar="N", help="who use the pages")
    parser.add_argument("--programs", type=int, default=2, metavar="N", help="that ask over REST; one more sends files")
    parser.add_argument("--every", type=float, default=15, metavar="SECONDS", help="between two looks at the processes")
    parser.add_argument("--port", type=int, default=8766, help="of the web server")
    parser.add_argument(
        "--folder", type=Path, help="new; keeps samples, database and logs. Default: removed at the end"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
