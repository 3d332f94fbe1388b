"""Receive whatever is put into a folder, until it is stopped. Outages of the database are waited for."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from contracts.arrivals import receive_upload
from contracts.away import DATABASE_AWAY
from contracts.models import Matter
from contracts.receive import FileTooLarge, check_size

DONE, REFUSED = "received", "refused"


class Command(BaseCommand):
    help = (
        "Receives the files of a folder and its subfolders into a matter as they appear, ZIPs with all they hold. A "
        f"file is taken when its size stands still between two looks, then moved to {DONE}/ or {REFUSED}/ within the "
        "folder, there into a subfolder like its own."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument("--matter", required=True, metavar="NAME", help="an existing matter")
        parser.add_argument("--user", metavar="USERNAME", help="on whose behalf, for the audit record")
        parser.add_argument("--every", type=float, default=5.0, metavar="SECONDS", help="between two looks")
        parser.add_argument("--once", action="store_true", help="look twice, take what is there, and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder. Create it, or check the spelling.")
        matter = Matter.objects.filter(name=options["matter"]).first()
        if matter is None:
            raise CommandError(f"There is no matter {options['matter']}. Add it in the admin, or check the spelling.")
        self.folder, self.matter, self.user = folder, matter, _user(options["user"], matter)
        seen: dict[Path, int] = {}
        try:
            for look in range(2) if options["once"] else iter(int, 1):
                try:
                    seen = self._look(seen)
                except DATABASE_AWAY:
                    if options["once"]:
                        raise
                    connections.close_all()
                    self.stderr.write("The database does not answer; files are taken once it does.")
                if not options["once"] or look == 0:
                    time.sleep(options["every"])
        except KeyboardInterrupt:
            self.stdout.write("Stopped. What is left in the folder is taken next time.")

    def _look(self, seen: dict[Path, int]) -> dict[Path, int]:
        """The files that are still there with their sizes; one whose size stood still is taken."""
        left: dict[Path, int] = {}
        for path in sorted(child for child in self.folder.rglob("*") if self._is_waiting(child)):
            try:
                size = path.stat().st_size
                if seen.get(path) == size:
                    self._take(path)
                else:
                    left[path] = size
            except OSError as error:
                self.stderr.write(f"{path.name} was left where it is: {error}")
        return left

    def _is_waiting(self, path: Path) -> bool:
        parts = path.relative_to(self.folder).parts
        return parts[0] not in (DONE, REFUSED) and not any(part.startswith(".") for part in parts) and path.is_file()

    def _take(self, path: Path) -> None:
        try:
            check_size(path.name, path.stat().st_size)
            arrivals = list(receive_upload(self.matter, path.name, path.read_bytes(), self.user))
        except FileTooLarge as error:
            self.stdout.write(f"REFUSED   {path.name}: {error}")
            self._move(path, REFUSED)
            return
        for arrival in arrivals:
            told = arrival.reason or f"contract {arrival.contract.pk if arrival.contract else '?'}"
            self.stdout.write(f"{arrival.outcome.upper():<9} {arrival.name}: {told}")
        # Its bytes are in the database by now; were we killed here, it would come again as a duplicate.
        self._move(path, REFUSED if any(arrival.outcome == "refused" for arrival in arrivals) else DONE)

    def _move(self, path: Path, into: str) -> None:
        """Never over another file of that name."""
        folder = self.folder / into / path.parent.relative_to(self.folder)
        folder.mkdir(parents=True, exist_ok=True)
        target, number = folder / path.name, 1
        while target.exists():
            number += 1
            target = folder / f"{path.stem} ({number}){path.suffix}"
        path.rename(target)


def _user(name: str | None, matter: Matter) -> User | None:
    if name is None:
        return None
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None or not Matter.objects.visible_to(user).filter(pk=matter.pk).exists():
        raise CommandError(f"{name} is no user who may see {matter}. Add a member in the admin, or check the spelling.")
    return user
