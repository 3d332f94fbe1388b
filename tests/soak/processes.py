"""What processes hold, as the kernel tells it (/proc)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
MB = 1024  # the kernel counts in kB


@dataclass(frozen=True, slots=True)
class Held:
    pid: int
    resident: float  # MB
    private: float  # MB: resident, without files and what is shared with others
    files: int
    threads: int


def held_by(pid: int) -> Held | None:
    """None when it has ended."""
    try:
        lines = (PROC / str(pid) / "status").read_text().splitlines()
        told = {name: value.split() for name, _, value in (line.partition(":") for line in lines)}
        files = len(list((PROC / str(pid) / "fd").iterdir()))
        resident, private = (int(told[name][0]) / MB for name in ("VmRSS", "RssAnon"))
        return Held(pid, resident, private, files, int(told["Threads"][0]))
    except (FileNotFoundError, ProcessLookupError, KeyError):  # KeyError: a zombie has no memory
        return None


def children_of(pid: int) -> list[int]:
    return [int(folder.name) for folder in PROC.iterdir() if folder.name.isdigit() and _parent(folder) == pid]


def _parent(folder: Path) -> int | None:
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return None
