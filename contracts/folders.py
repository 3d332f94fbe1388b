"""What stands in the staging and the watched folder, and what became of it: for the console.

A folder is one on disk or a prefix of a bucket (``settings.STAGING_FOLDER``, ``settings.WATCHED_FOLDER``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from contracts.buckets import S3, NotStaged
from contracts.console import received_files
from contracts.outcomes import ReceivedFile
from contracts.receive import storable_name
from contracts.sheets import SHEETS
from contracts.staging import OnDisk, Staged, staged_in
from contracts.watched import DONE, REFUSED, watched_place

LATEST = 50  # shown of each of the watched folder's tables


@dataclass(frozen=True, slots=True)
class Standing:
    """A file where it stands, and how the last file of its name that came to a matter one may see ended."""

    path: str  # within the folder
    became: ReceivedFile | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Part of the watched folder: what waits, was taken, or was refused."""

    title: str
    number: int
    files: tuple[Standing, ...]  # the first of them


def loadable(place: str) -> dict[str, Staged]:
    """What an administrator may load, by its path within the folder. Raises NotStaged.

    Nothing else is ever read: links that lead out of a folder on disk are left out. So are the sheets, which say
    something of other files and come in with the whole folder (``manage.py ingest``).
    """
    if not place.startswith(S3) and not Path(place).is_dir():
        raise NotStaged(f"{place} is no folder. Create it, or correct STAGING_FOLDER.")
    return {file.inside: file for file in staged_in(place) if _stays(file) and file.inside.lower() not in SHEETS}


def watched_shelves(place: str, user: AbstractBaseUser | AnonymousUser) -> list[Shelf]:
    """Raises NotStaged or OSError."""
    waiting = [file.path for file in watched_place(place).look()]
    shelves = {"Waiting to be taken": waiting}
    for title, within in (("Taken", DONE), ("Refused", REFUSED)):
        shelves[title] = _put_away(f"{place.rstrip('/')}/{within}")
    return [Shelf(title, len(paths), tuple(standing(paths[:LATEST], user))) for title, paths in shelves.items()]


def standing(paths: Iterable[str], user: AbstractBaseUser | AnonymousUser) -> list[Standing]:
    """One query for all of them."""
    names = {path: storable_name(path.rpartition("/")[2]) for path in paths}
    came = received_files(user).filter(file_name__in=set(names.values())).order_by("file_name", "-received_at")
    unread = came.select_related("contract").defer("contract__text", "contract__original_text")
    became = {file.file_name: file for file in unread.distinct("file_name")}
    return [Standing(path, became.get(name)) for path, name in names.items()]


def _stays(file: Staged) -> bool:
    return not isinstance(file, OnDisk) or file.path.resolve().is_relative_to(file.root.resolve())


def _put_away(place: str) -> list[str]:
    """Of a folder on disk the latest first; a bucket lists by name."""
    if place.startswith(S3):
        return [file.inside for file in staged_in(place)]
    if not Path(place).is_dir():
        return []  # nothing was put there yet
    found = [file for file in staged_in(place) if isinstance(file, OnDisk)]
    return [file.inside for file in sorted(found, key=lambda file: file.path.stat().st_ctime, reverse=True)]
