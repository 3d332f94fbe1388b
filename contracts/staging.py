"""Where files wait to be ingested: a file or folder on disk, or a prefix of an S3-compatible bucket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from contracts.buckets import S3, NotStaged, open_bucket, told


class Staged(Protocol):
    """A file that waits. ``size`` and ``read`` raise OSError."""

    @property
    def place(self) -> str: ...  # as it was named
    @property
    def inside(self) -> str: ...  # the file's path within a folder or prefix; "" when the place is the file itself
    @property
    def name(self) -> str: ...
    def size(self) -> int: ...
    def read(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class OnDisk:
    path: Path
    root: Path = field(compare=False)

    @property
    def place(self) -> str:
        return str(self.root)

    @property
    def inside(self) -> str:
        return "" if self.path == self.root else self.path.relative_to(self.root).as_posix()

    @property
    def name(self) -> str:
        return self.path.name

    def size(self) -> int:
        return self.path.stat().st_size

    def read(self) -> bytes:
        return self.path.read_bytes()


@dataclass(frozen=True, slots=True)
class InBucket:
    storage: Any  # django-storages' S3Storage
    key: str
    place: str = field(compare=False)
    prefix: str = field(compare=False)

    @property
    def inside(self) -> str:
        return self.key.removeprefix(self.prefix).lstrip("/")

    @property
    def name(self) -> str:
        return PurePosixPath(self.key).name

    def size(self) -> int:
        with told(self.key, OSError):
            return int(self.storage.size(self.key))

    def read(self) -> bytes:
        with told(self.key, OSError), self.storage.open(self.key) as file:
            return bytes(file.read())


def staged_files(places: list[str]) -> list[Staged]:
    """Every file once, folders in order of their names; hidden files (.DS_Store) are no documents. Raises NotStaged."""
    files: dict[Staged, None] = {}
    for place in places:
        files |= dict.fromkeys(staged_in(place))
    if not files:
        raise NotStaged("There are no files in " + ", ".join(places) + ".")
    return list(files)


def staged_in(place: str) -> list[Staged]:
    """As above, of one place; none where it is empty."""
    return list(_in_bucket(place) if place.startswith(S3) else _on_disk(Path(place)))


def _on_disk(path: Path) -> Iterator[OnDisk]:
    if not path.exists():
        raise NotStaged(f"{path} does not exist.")
    found = [path] if path.is_file() else sorted(child for child in path.rglob("*") if child.is_file())
    return (OnDisk(file, path) for file in found if not is_hidden(file.relative_to(path).parts))


def _in_bucket(address: str) -> list[InBucket]:
    storage, prefix = open_bucket(address)
    with told(address, NotStaged):
        keys = list(_keys(storage, prefix))
        if not keys and prefix and storage.exists(prefix):
            keys = [prefix]
    return [InBucket(storage, key, address, prefix) for key in keys]


def _keys(storage: Any, folder: str) -> Iterator[str]:
    folders, files = storage.listdir(folder)
    for name in sorted([*folders, *files]):
        key = f"{folder}/{name}".lstrip("/")
        if name and not is_hidden((name,)):
            yield from _keys(storage, key) if name in folders else [key]


def is_hidden(parts: tuple[str, ...]) -> bool:
    return any(part.startswith(".") for part in parts)
