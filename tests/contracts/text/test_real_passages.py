"""Bearer, modality and counterparty in real contracts, annotated by hand before the finder had read them.

The contracts are not part of the repository, so a row keeps where in which file its passage stands, and a hash of the
words. They were chosen blindly: of every 10th contract of CUAD and every 44th of EDGAR the passage with a modal word
that stands at a fraction of the contract, however it was cut and whether or not it says anything of a duty.
"""

from __future__ import annotations

import json
import os
import tarfile
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from contracts.text.obligations import find_obligations
from contracts.text.types import PartySpan
from tests.contracts.text.statement_scores import Score, score

HERE = Path(__file__).parent
DATA = Path(os.environ.get("PROVISO_DATA") or HERE.parents[3] / "shared" / "data")
ARCHIVES = {"cuad": DATA / "cuad" / "contracts.tar.xz", "edgar": DATA / "edgar" / "agreements.tar.xz"}
UNKNOWN = "unknown"
NAMES = ("real_passages", "real_passages_held_out")

needs_data = pytest.mark.skipif(
    not all(path.exists() for path in ARCHIVES.values()),
    reason=f"{DATA} holds no cuad/contracts.tar.xz and edgar/agreements.tar.xz; PROVISO_DATA names another folder",
)


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@cache
def files(source: str) -> Mapping[str, str]:
    """The text of each contract of ``source`` that is annotated."""
    wanted = {row["file"] for name in NAMES for row in rows(name) if row["source"] == source}
    with tarfile.open(ARCHIVES[source]) as archive:
        return {member.name: _text(archive, member) for member in archive if member.name in wanted}


def _text(archive: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    file = archive.extractfile(member)
    assert file is not None
    return file.read().decode("utf-8")


@cache
def reached(name: str) -> Score:
    cases = []
    for row in rows(name):
        text = files(row["source"])[row["file"]]
        parts = [" ".join(text[start:end].split()) for start, end in (*row["lead_in"], (row["start"], row["end"]))]
        reading = " ".join(parts)
        assert sha256(reading.encode()).hexdigest() == row["sha256"], f"{row['file']} is another version"
        parties = [PartySpan(" ".join(text[slice(*one["name"])].split()), one["term"], tuple(one["aliases"]), *one["name"]) for one in row["parties"]]
        found = find_obligations(reading, parties)
        own = [one for one in found if one.action_end > len(reading) - len(parts[-1])]
        wanted = [one | {"bearer": "" if one["bearer"] == UNKNOWN else one["bearer"]} for one in row["statements"]]
        cases.append((wanted, own))
    return score(cases)
