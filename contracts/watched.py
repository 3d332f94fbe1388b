"""Places that are emptied as files appear in them: a folder, or a prefix of an S3-compatible bucket.

What was taken lies in ``received`` within the place afterwards, what was refused in ``refused``, there in a subfolder
like its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from contracts.buckets import S3, NotStaged, open_bucket, told
from contracts.staging import is_hidden

DONE, REFUSED = "received", "refused"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file as one look found it: what two looks find the same is complete."""

    path: str  # within the place
    size: int
    mark: str = ""  # of an object: another after each writing

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name


class Watched(Protocol):
    """Each of these raises OSError."""

    def look(self) -> list[Waiting]: ...
    def read(self, file: Waiting) -> bytes: ...
    def put_away(self, file: Waiting, into: str) -> None: ...


def watched_place(place: str) -> Watched:
    """Raises NotStaged."""
    return WatchedPrefix(place) if place.startswith(S3) else WatchedFolder(Path(place))


class WatchedFolder:
    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise NotStaged(f"{folder} is no folder. Create it, or check the spelling.")
        self.folder = folder

    def look(self) -> list[Waiting]:
        found = []
        for path in sorted(self.folder.rglob("*")):
            inside = path.relative_to(self.folder)
            try:
                if _waits(inside.parts) and path.is_file():
                    found.append(Waiting(inside.as_posix(), path.stat().st_size))
            except FileNotFoundError:
                continue  # somebody took it back
        return found

    def read(self, file: Waiting) -> bytes:
        return (self.folder / file.path).read_bytes()

    def put_away(self, file: Waiting, into: str) -> None:
        target = self.folder / _free(into, file.path, lambda path: (self.folder / path).exists())
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.folder / file.path).rename(target)


class WatchedPrefix:
    def __init__(self, address: str) -> None:
        self.storage, prefix = open_bucket(address)
        self.address, self.folder = address, f"{prefix}/" if prefix else ""
        self.client = self.storage.connection.meta.client

    def look(self) -> list[Waiting]:
        with told(self.address, OSError):
            return sorted(self._waiting(), key=lambda file: file.path)

    def _waiting(self) -> Iterator[Waiting]:
        """What was put away is never listed: in time it is much more than what waits."""
        for page in self._pages(self.folder, Delimiter="/"):
            yield from self._files(page)
            for below in page.get("CommonPrefixes", ()):
                if _waits((below["Prefix"].removeprefix(self.folder).rstrip("/"),)):
                    for deeper in self._pages(below["Prefix"]):
                        yield from self._files(deeper)

    def _pages(self, prefix: str, **options: str) -> Iterator[dict[str, Any]]:
        pages = self.client.get_paginator("list_objects_v2")
        yield from pages.paginate(Bucket=self.storage.bucket_name, Prefix=prefix, **options)

    def _files(self, page: dict[str, Any]) -> Iterator[Waiting]:
        for found in page.get("Contents", ()):
            path = found["Key"].removeprefix(self.folder)
            if path and not path.endswith("/") and _waits(PurePosixPath(path).parts):
                yield Waiting(path, found["Size"], found["ETag"])

    def read(self, file: Waiting) -> bytes:
        with told(file.path, OSError):
            found = self.client.get_object(**self._named(file.path), IfMatch=file.mark)
            return bytes(found["Body"].read())

    def put_away(self, file: Waiting, into: str) -> None:
        """Not when the object was written anew since it was read: then it waits again."""
        with told(file.path, OSError):
            self.client.head_object(**self._named(file.path), IfMatch=file.mark)
            target = _free(into, file.path, lambda path: bool(self.storage.exists(self.folder + path)))
            source = self._named(file.path)
            # Some stores do not heed the condition of a copy, hence the question before.
            self.client.copy_object(**self._named(target), CopySource=source, CopySourceIfMatch=file.mark)
            self.client.delete_object(**source)

    def _named(self, path: str) -> dict[str, str]:
        return {"Bucket": self.storage.bucket_name, "Key": self.folder + path}


def _waits(parts: tuple[str, ...]) -> bool:
    return parts[0] not in (DONE, REFUSED) and not is_hidden(parts)


def _free(into: str, path: str, taken: Callable[[str], bool]) -> str:
    """Where a file is put away: never over another of its name."""
    wanted = PurePosixPath(into, path)
    target, number = wanted, 1
    while taken(str(target)):
        number += 1
        target = wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}")
    return str(target)
