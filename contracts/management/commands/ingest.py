"""Receive files, folders and prefixes of buckets into a matter, and read them."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from contracts.arrivals import Arrival, receive_waiting, refuse, relate_arrivals
from contracts.management.progress import Progress
from contracts.models import Contract, Matter
from contracts.queue import waiting_without_job
from contracts.sheets import SHEETS, Described, SheetRefused, read_sheets
from contracts.staging import NotStaged, Staged, staged_files
from contracts.worker import run_worker

POLL_SECONDS = 0.5
FINISHED = (Contract.State.READY, Contract.State.FAILED)


class Command(BaseCommand):
    help = (
        "Receives files (folders and ZIPs with all they hold, and with the metadata.csv and relationships.csv at their "
        "top) into a matter and reads them. Exit 1 if any failed."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or s3://bucket/prefix")
        parser.add_argument("--matter", required=True, metavar="NAME", help="created if there is none of that name")
        parser.add_argument(
            "--member",
            action="append",
            default=[],
            metavar="USERNAME",
            help="may see the matter; may be given several times",
        )
        parser.add_argument("--no-wait", action="store_true", help="only queue; a worker reads them later")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = staged_files(options["paths"])
        except NotStaged as error:
            raise CommandError(str(error)) from error
        matter = _matter(options["matter"], options["member"])
        self.counts: Counter[str] = Counter()
        self.pending: dict[int, str] = {}
        self.progress = Progress(self.stdout, total=len(files))
        self.files = 0
        places: dict[str, list[Staged]] = {}
        for file in files:
            places.setdefault(file.place, []).append(file)
        for place, staged in places.items():
            self._receive_place(matter, place, staged)
        try:
            if not options["no_wait"]:
                self._read()
        except KeyboardInterrupt:
            self.stderr.write("Stopped. What is waiting stays queued: a worker, or the next ingest, reads it.")
        self.progress.close()
        self._summarise(matter)
        if self.counts["failed"] or self.counts["unrelated"] or (self.pending and not options["no_wait"]):
            raise SystemExit(1)

    def _receive_place(self, matter: Matter, place: str, staged: list[Staged]) -> None:
        """A folder or prefix whose sheets are wrong is left out as a whole, as a ZIP is."""
        documents = [file for file in staged if file.inside.lower() not in SHEETS]
        try:
            contents = {file.inside.lower(): file.read() for file in staged if file.inside.lower() in SHEETS}
            sheets = read_sheets(place, contents, [file.inside for file in documents])
        except (OSError, SheetRefused) as error:
            self._count("failed", place, str(error))
            return
        here: dict[str, int] = {}
        for file in documents:
            for arrival in self._receive(matter, file, sheets.described.get(file.inside)):
                self._take(arrival)
                if arrival.contract is not None:
                    here[file.inside] = arrival.contract.pk
        for arrival in relate_arrivals(matter, place, sheets.relationships, here):
            self._take(arrival)

    def _receive(self, matter: Matter, file: Staged, described: Described | None) -> Iterator[Arrival]:
        try:
            yield from receive_waiting(matter, file.name, file.size(), file.read, described=described)
        except OSError as error:
            yield refuse(matter, file.name, str(error))

    def _take(self, arrival: Arrival) -> None:
        contract = arrival.contract
        if arrival.outcome in ("related", "unrelated"):
            self._report(arrival.outcome, arrival.name, arrival.reason)
        elif contract is None:
            self._count("failed", arrival.name, arrival.reason)
        elif arrival.outcome == "duplicate" and (contract.state in FINISHED or contract.pk in self.pending):
            self._count("duplicate", arrival.name, f"the same file is contract {contract.pk}, {_state(contract)}")
        else:  # new, or received earlier and not read yet
            self.files += 1
            self.pending[contract.pk] = arrival.name

    def _count(self, outcome: str, name: str, message: str) -> None:
        self.files += 1
        self._report(outcome, name, message)

    def _read(self) -> None:
        """Work off the queue here; what another worker has in hand is waited for."""
        while self.pending:
            run_worker(wait=False, after_job=self._report_finished)
            self._report_finished()
            lost = self.pending.keys() & set(waiting_without_job())
            if lost:
                self.stderr.write(
                    f"No job reads {len(lost)} of the files; the log says how their jobs ended. They are kept: "
                    "choose “Read again” in the admin."
                )
                return
            if self.pending:
                time.sleep(POLL_SECONDS)

    def _report_finished(self) -> None:
        for contract in Contract.objects.filter(pk__in=self.pending, state__in=FINISHED).defer("text").order_by("pk"):
            name = self.pending.pop(contract.pk)
            if contract.state == Contract.State.READY:
                self._report("ready", name, f"contract {contract.pk}: {contract.title or 'no title found'}")
            else:
                self._report("failed", name, f"{contract.error_message} {contract.error_remedy}")

    def _report(self, outcome: str, name: str, message: str) -> None:
        self.counts[outcome] += 1
        styles = {"ready": self.style.SUCCESS, "failed": self.style.ERROR, "unrelated": self.style.ERROR}
        style = styles.get(outcome, self.style.WARNING)
        self.progress.step(f"{style(f'{outcome.upper():<9}')} {name}: {message}")

    def _summarise(self, matter: Matter) -> None:
        counts = self.counts
        self.stdout.write(
            f"{self.files} files for matter “{matter}”: {counts['ready']} ready, {counts['failed']} failed, "
            f"{counts['duplicate']} duplicate, {len(self.pending)} waiting."
        )
        if not matter.members.exists():
            self.stdout.write("Nobody is a member of this matter yet, so nobody can see it: use --member USERNAME.")


def _matter(name: str, usernames: list[str]) -> Matter:
    users = get_user_model().objects.filter(username__in=usernames)
    unknown = sorted(set(usernames) - {user.get_username() for user in users})
    if unknown:
        raise CommandError(f"There is no user {', '.join(unknown)}. Create them in the admin, or check the spelling.")
    matter, _ = Matter.objects.get_or_create(name=name)
    matter.members.add(*users)
    return matter


def _state(contract: Contract) -> str:
    if contract.state == Contract.State.FAILED:
        return f"failed: {contract.error_message} {contract.error_remedy}"
    return contract.get_state_display().lower()
