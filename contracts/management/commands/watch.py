"""Receive whatever is put into a folder or bucket, until it is stopped. Outages are waited for."""

from __future__ import annotations

import argparse
import time
from collections.abc import Set
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from contracts.arrivals import receive_waiting
from contracts.away import DATABASE_AWAY
from contracts.buckets import NotStaged
from contracts.models import Matter
from contracts.watched import DONE, REFUSED, Waiting, watched_place


class Command(BaseCommand):
    help = (
        "Receives the files of a folder and its subfolders, or of a prefix of a bucket, into a matter as they appear, "
        "ZIPs with all they hold. A file is taken when it stands still between two looks, then moved to "
        f"{DONE}/ or {REFUSED}/ within the place, there into a subfolder like its own."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "place",
            metavar="PLACE",
            nargs="?",
            default=settings.WATCHED_FOLDER,
            help="a folder, or s3://bucket/prefix; without it WATCHED_FOLDER",
        )
        parser.add_argument("--matter", required=True, metavar="NAME", help="an existing matter")
        parser.add_argument("--user", metavar="USERNAME", help="on whose behalf, for the audit record")
        parser.add_argument("--every", type=float, default=5.0, metavar="SECONDS", help="between two looks")
        parser.add_argument("--once", action="store_true", help="look twice, take what is there, and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["place"]:
            raise CommandError("Name the folder to watch, or set WATCHED_FOLDER, which the console shows as well.")
        try:
            self.place = watched_place(options["place"])
            seen = set(self.place.look())
        except (NotStaged, OSError) as error:
            raise CommandError(str(error)) from error
        matter = Matter.objects.filter(name=options["matter"]).first()
        if matter is None:
            raise CommandError(f"There is no matter {options['matter']}. Add it in the admin, or check the spelling.")
        self.matter, self.user = matter, _user(options["user"], matter)
        try:
            while True:
                time.sleep(options["every"])
                seen = self._look_on(seen, patient=not options["once"])
                if options["once"]:
                    break
        except KeyboardInterrupt:
            self.stdout.write("Stopped. What is left in the place is taken next time.")

    def _look_on(self, seen: Set[Waiting], *, patient: bool) -> set[Waiting]:
        """``patient``: an outage is said, and the next look is another try."""
        try:
            return self._look(seen)
        except DATABASE_AWAY:
            if not patient:
                raise
            connections.close_all()
            self.stderr.write("The database does not answer; files are taken once it does.")
        except OSError as error:
            if not patient:
                raise CommandError(str(error)) from error
            self.stderr.write(f"{error} It is looked at again.")
        return set(seen)

    def _look(self, seen: Set[Waiting]) -> set[Waiting]:
        """What is still there; what the look before found the same is taken."""
        left: set[Waiting] = set()
        for file in self.place.look():
            if file not in seen:
                left.add(file)
                continue
            try:
                self._take(file)
            except OSError as error:
                self.stderr.write(f"{file.name} was left where it is: {error}")
        return left

    def _take(self, file: Waiting) -> None:
        came = receive_waiting(self.matter, file.name, file.size, lambda: self.place.read(file), self.user)
        arrivals = list(came)
        for arrival in arrivals:
            told = arrival.reason or f"contract {arrival.contract.pk if arrival.contract else '?'}"
            self.stdout.write(f"{arrival.outcome.upper():<9} {arrival.name}: {told}")
        # Its bytes are in the database by now; were we killed here, it would come again as a duplicate.
        self.place.put_away(file, REFUSED if any(arrival.outcome == "refused" for arrival in arrivals) else DONE)


def _user(name: str | None, matter: Matter) -> User | None:
    if name is None:
        return None
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None or not Matter.objects.visible_to(user).filter(pk=matter.pk).exists():
        raise CommandError(f"{name} is no user who may see {matter}. Add a member in the admin, or check the spelling.")
    return user
