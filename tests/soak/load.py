"""What is sent, with the outcome that each file must have, and when something is killed."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EVERY_TWICE = 20  # every so many agreements one is sent a second time, under another key
NEVER_SENT = "broken/never-sent.txt"
BROKEN = {"broken/empty.txt": b"", "broken/half.pdf": b"%PDF-1.7\nnothing follows"}


@dataclass(frozen=True, slots=True)
class Planned:
    key: str
    path: Path
    outcome: str

    @property
    def announced(self) -> dict[str, Any]:
        line = {"key": self.key, "file_name": self.path.name}
        return line | {"sha256": hashlib.sha256(self.path.read_bytes()).hexdigest()} if self.path.exists() else line


@dataclass(frozen=True, slots=True)
class Kill:
    what: str
    counting: str  # "sent" or "settled"
    after: int  # so many files


def write_load(folder: Path, agreements: dict[str, bytes]) -> list[Planned]:
    """The files, written below ``folder``, in the order in which they are sent."""
    for name, content in (agreements | BROKEN).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    names = list(enumerate(agreements))  # some names are longer than a key may be
    planned = [Planned(f"agreement/{place}", folder / name, "ready") for place, name in names]
    planned += [Planned(f"again/{place}", folder / name, "duplicate") for place, name in names[::EVERY_TWICE]]
    planned += [Planned(name, folder / name, "failed") for name in [*BROKEN, NEVER_SENT]]
    return planned


def plan_kills(chance: random.Random, files: int, *, worker: int, database: int, web: int) -> list[Kill]:
    """The web server while files are sent, the worker while they are read, the database in both."""
    kills = [Kill("web", "sent", chance.randrange(1, files)) for _ in range(web)]
    kills += [Kill("worker", "settled", chance.randrange(files * 9 // 10)) for _ in range(worker)]
    for place in range(database):
        counting = "settled" if place else "sent"
        kills.append(Kill("database", counting, chance.randrange(files * 9 // 10)))
    return kills
