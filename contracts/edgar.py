"""Agreements that companies filed with EDGAR, as LexPredict collected them: something real to load and measure with."""

from __future__ import annotations

import tarfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Agreement:
    name: str  # kind/file.txt, once in the collection
    content: bytes

    @property
    def file_name(self) -> str:
        return Path(self.name).name


def read_agreements(folder: Path, count: int) -> list[Agreement]:
    """``count`` of them, spread evenly over the collection. FileNotFoundError when ``folder`` does not hold it."""
    with tarfile.open(folder / "agreements.tar.xz") as archive:
        contents = {
            str(Path(*Path(member.name).parts[1:])): file.read()
            for member in archive
            if (file := archive.extractfile(member))
        }
    names = sorted(contents)
    count = min(count, len(names))
    chosen = [names[place * len(names) // count] for place in range(count)]
    return [Agreement(name, contents[name]) for name in chosen]
