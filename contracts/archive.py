"""A ZIP of contracts, with its sheets (contracts/sheets.py) where it has some."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings

from contracts.sheets import SHEETS, Described, Relationship, read_sheets

MOST_FILES = 5000
MOST_BYTES = 2 * 1024**3  # unpacked
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, OSError)


class ArchiveRefused(ValueError):
    """Nothing of the archive was taken; the message says why and what to do."""


class MemberDamaged(ValueError):
    """One file of an archive cannot be unpacked; the message says why."""


@dataclass(frozen=True, slots=True)
class Member:
    archive: zipfile.ZipFile
    info: zipfile.ZipInfo
    path: str  # within the ZIP, or within the one folder that it holds
    described: Described

    def read(self) -> bytes:
        """Raises MemberDamaged."""
        return _read(self.archive, self.info)


@dataclass(frozen=True, slots=True)
class Archive:
    members: list[Member]  # two of one name are two files
    relationships: tuple[Relationship, ...]


def is_archive(name: str, content: bytes) -> bool:
    """Word files are ZIPs too, so the name decides."""
    return name.lower().endswith(".zip") and zipfile.is_zipfile(io.BytesIO(content))


def read_archive(name: str, content: bytes) -> Archive:
    """Each file with what is said of it. Raises ArchiveRefused or SheetRefused if anything is wrong with the whole."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = [member for member in archive.infolist() if not _is_hidden(member)]
        _check(name, members)
        paths = _paths([member.filename for member in members])
        sheets = [(path.lower(), member) for path, member in zip(paths, members, strict=True) if _is_sheet(path)]
        doubled = {path for path, _ in sheets if [one for one, _ in sheets].count(path) > 1}
        if doubled:
            raise ArchiveRefused(f"{name} holds two {min(doubled)}. Keep one of them.")
        read = {path: _read(archive, member) for path, member in sheets}
    except (*DAMAGED, MemberDamaged) as error:
        raise ArchiveRefused(f"{name} is a damaged ZIP ({error}). Pack it again.") from error
    said = read_sheets(name, read, paths)
    if len(members) == len(sheets) and not said.relationships:  # between contracts that are here already
        raise ArchiveRefused(f"{name} holds no files.")
    files = [
        Member(archive, member, path, said.described.get(path, Described()))
        for path, member in zip(paths, members, strict=True)
        if not _is_sheet(path)
    ]
    return Archive(files, said.relationships)


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(member)
    except DAMAGED as error:
        raise MemberDamaged(str(error)) from error


def _paths(names: Sequence[str]) -> list[str]:
    """Without the one folder around everything that "compress folder" makes."""
    split = [PurePosixPath(name).parts for name in names]
    one_folder = len({parts[0] for parts in split}) == 1 and all(len(parts) > 1 for parts in split)
    return ["/".join(parts[1:]) for parts in split] if one_folder else list(names)


def _is_sheet(path: str) -> bool:
    return path.lower() in SHEETS


def _is_hidden(member: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(member.filename).parts
    return member.is_dir() or any(part.startswith((".", "__MACOSX")) for part in parts)


def _check(name: str, members: list[zipfile.ZipInfo]) -> None:
    """The sizes that the archive declares; zipfile reads no more of a file than that."""
    if any(member.flag_bits & 1 for member in members):
        raise ArchiveRefused(f"{name} is protected by a password. Pack it again without one.")
    if len(members) > MOST_FILES or sum(member.file_size for member in members) > MOST_BYTES:
        raise ArchiveRefused(
            f"{name} holds more than {MOST_FILES} files or 2 GB. "
            "Split it, or unpack it and give the folder to manage.py ingest."
        )
    large = [member.filename for member in members if member.file_size > settings.MAX_FILE_BYTES]
    if large:
        limit = settings.MAX_FILE_BYTES / 1024**2
        raise ArchiveRefused(
            f"{name} holds {large[0]}, which is larger than {limit:.0f} MB. "
            "Take it out, or ask your administrator to raise the limit (MAX_FILE_BYTES)."
        )
