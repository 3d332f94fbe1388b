"""Receive whatever is put into a folder, until it is stopped."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contracts.arrivals import receive_upload
from contracts.models import Matter
from contracts.receive import FileTooLarge, check_size

DONE, REFUSED = "received", "refused"


class Command(BaseCommand):
    help = (
        "Receives the files of a folder into a matter as they appear, ZIPs with all they hold. A file is taken when "
        f"its size stands still between two looks, then moved to {DONE}/ or {REFUSED}/ within the folder."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument("--matter", required=True, metavar="NAME", help="an existing matter")
        parser.add_argument("--every", type=float, default=5.0, metavar="SECONDS", help="between two looks")
        parser.add_argument("--once", action="store_true", help="look twice, take what is there, and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder. Create it, or check the spelling.")
        matter = Matter.objects.filter(name=options["matter"]).first()
        if matter is None:
            raise CommandError(f"There is no matter {options['matter']}. Add it in the admin, or check the spelling.")
        seen: dict[Path, int] = {}
        try:
            for look in range(2) if options["once"] else iter(int, 1):
                seen = self._look(folder, matter, seen)
                if not options["once"] or look == 0:
                    time.sleep(options["every"])
        except KeyboardInterrupt:
            self.stdout.write("Stopped. What is left in the folder is taken next time.")

    def _look(self, folder: Path, matter: Matter, seen: dict[Path, int]) -> dict[Path, int]:
        """The files that are still there with their sizes; one whose size stood still is taken."""
        left: dict[Path, int] = {}
        for path in sorted(child for child in folder.iterdir() if child.is_file() and child.name[0] != "."):
            try:
                size = path.stat().st_size
                if seen.get(path) == size:
                    self._take(path, matter)
                else:
                    left[path] = size
            except OSError as error:
                self.stderr.write(f"{path.name} was left where it is: {error}")
        return left

    def _take(self, path: Path, matter: Matter) -> None:
        try:
            check_size(path.name, path.stat().st_size)
            arrivals = list(receive_upload(matter, path.name, path.read_bytes()))
        except FileTooLarge as error:
            self.stdout.write(f"REFUSED   {path.name}: {error}")
            _move(path, REFUSED)
            return
        for arrival in arrivals:
            told = arrival.reason or f"contract {arrival.contract.pk if arrival.contract else '?'}"
            self.stdout.write(f"{arrival.outcome.upper():<9} {arrival.name}: {told}")
        # Its bytes are in the database by now; were we killed here, it would come again as a duplicate.
        _move(path, REFUSED if any(arrival.outcome == "refused" for arrival in arrivals) else DONE)


def _move(path: Path, into: str) -> None:
    """Never over another file of that name."""
    folder = path.parent / into
    folder.mkdir(exist_ok=True)
    target, number = folder / path.name, 1
    while target.exists():
        number += 1
        target = folder / f"{path.stem} ({number}){path.suffix}"
    path.rename(target)
