"""Receive files, folders and prefixes of buckets into a matter, and read them."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from contracts.management.progress import Progress
from contracts.models import Contract, Matter
from contracts.queue import waiting_without_job
from contracts.receive import FileTooLarge, check_size, receive_file
from contracts.staging import NotStaged, Staged, staged_files
from contracts.worker import run_worker

POLL_SECONDS = 0.5
FINISHED = (Contract.State.READY, Contract.State.FAILED)


class Command(BaseCommand):
    help = "Receives files (folders with all they hold) into a matter and reads them. Exit 1 if any failed."

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
        for file in files:
            self._receive(matter, file)
        try:
            if not options["no_wait"]:
                self._read()
        except KeyboardInterrupt:
            self.stderr.write("Stopped. What is waiting stays queued: a worker, or the next ingest, reads it.")
        self.progress.close()
        self._summarise(len(files), matter)
        if self.counts["failed"] or (self.pending and not options["no_wait"]):
            raise SystemExit(1)

    def _receive(self, matter: Matter, file: Staged) -> None:
        try:
            check_size(file.name, file.size())
            received = receive_file(matter, file.name, file.read())
        except (OSError, FileTooLarge) as error:
            self._report("failed", file.name, str(error))
            return
        contract = received.contract
        if received.duplicate and (contract.state in FINISHED or contract.pk in self.pending):
            self._report("duplicate", file.name, f"the same file is contract {contract.pk}, {_state(contract)}")
        else:  # new, or received earlier and not read yet
            self.pending[contract.pk] = file.name

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
        style = {"ready": self.style.SUCCESS, "failed": self.style.ERROR}.get(outcome, self.style.WARNING)
        self.progress.step(f"{style(f'{outcome.upper():<9}')} {name}: {message}")

    def _summarise(self, received: int, matter: Matter) -> None:
        counts = self.counts
        self.stdout.write(
            f"{received} files for matter “{matter}”: {counts['ready']} ready, {counts['failed']} failed, "
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
