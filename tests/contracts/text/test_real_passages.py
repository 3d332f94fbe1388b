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

from contracts.text.obligations import find_obligations, own_statements
from contracts.text.types import PartySpan
from tests.contracts.text.statement_scores import Score, score

HERE = Path(__file__).parent
DATA = Path(os.environ.get("PROVISO_DATA", "data"))  # what --data DIR names elsewhere
ARCHIVES = {"cuad": DATA / "cuad" / "contracts.tar.xz", "edgar": DATA / "edgar" / "agreements.tar.xz"}
UNKNOWN = "unknown"
NAMES = ("real_passages", "real_passages_held_out")

needs_data = pytest.mark.skipif(
    not all(path.exists() for path in ARCHIVES.values()),
    reason=f"{DATA} holds no cuad/contracts.tar.xz and edgar/agreements.tar.xz; set PROVISO_DATA to a folder that does",
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


def _party(text: str, name: tuple[int, int], term: str, aliases: list[str]) -> PartySpan:
    return PartySpan(" ".join(text[slice(*name)].split()), term, tuple(aliases), *name)


@cache
def reached(name: str) -> Score:
    cases = []
    for row in rows(name):
        text = files(row["source"])[row["file"]]
        parts = [" ".join(text[start:end].split()) for start, end in (*row["lead_in"], (row["start"], row["end"]))]
        reading = " ".join(parts)
        assert sha256(reading.encode()).hexdigest() == row["sha256"], f"{row['file']} is another version"
        parties = [_party(text, **one) for one in row["parties"]]
        found = find_obligations(reading, parties)
        own = own_statements(found, len(reading) - len(parts[-1]))
        wanted = [one | {"bearer": "" if one["bearer"] == UNKNOWN else one["bearer"]} for one in row["statements"]]
        cases.append((wanted, own))
    return score(cases)


@needs_data
@pytest.mark.parametrize(
    ("name", "bearer", "modality", "counterparty", "unexpected"),
    [("real_passages", 0.93, 0.93, 0.87, 8), ("real_passages_held_out", 0.88, 0.96, 0.92, 2)],
)
def test_accuracy_on_real_passages(
    name: str, bearer: float, modality: float, counterparty: float, unexpected: int
) -> None:
    score = reached(name)
    assert score.accuracy("bearer") >= bearer
    assert score.accuracy("modality") >= modality
    assert score.accuracy("counterparty") >= counterparty
    assert score.unexpected <= unexpected


@needs_data
@pytest.mark.parametrize(("name", "most"), [("real_passages", 1), ("real_passages_held_out", 3)])
def test_the_bearer_is_seldom_unknown_where_a_lawyer_names_one(name: str, most: int) -> None:
    assert reached(name).silent <= most


@pytest.mark.parametrize("name", NAMES)
def test_annotations_hold_no_words_of_the_contracts(name: str) -> None:
    for row in rows(name):
        assert set(row) == {"source", "file", "start", "end", "lead_in", "sha256", "parties", "statements"}
        assert all(set(one) == {"name", "term", "aliases"} and len(one["term"]) < 30 for one in row["parties"])
