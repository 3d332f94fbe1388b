"""Hand-written training items: clauses with labelled queries, in twins.

Some lie in the data folder. This project's own lie beside this module: clauses of our own wording (``authored_*``),
queries on clauses of CUAD contracts (``on_cuad_*``), whose words stay in the data folder and are quoted by place, and
what searches of such contracts brought, each result judged by hand (``searched_*``, one query a clause). ``subjects_*``
are judged alike, but drawn by what the clauses are about: no search ranked them. ``measured_*`` are results of searches
of other contracts, EDGAR's: the one kind that is never learnt from.
"""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any

from verifier.data.items import Group, Question, read_lines, read_parties
from verifier.types import LABELS

OWN = Path(__file__).parent / "handwritten"
ARCHIVES = (Path("cuad") / "contracts.tar.xz", Path("edgar") / "agreements.tar.xz")


def hand_written_groups(folder: Path) -> list[Group]:
    return near_miss_groups(folder) + authored_groups() + quoted_groups(folder)


def near_miss_groups(folder: Path) -> list[Group]:
    """Those of the data folder, ``nearmiss/train_*.jsonl``. Raises FileNotFoundError where it has none."""
    files = sorted((folder / "nearmiss").glob("train_*.jsonl"))
    if not files:
        raise FileNotFoundError(f"{folder}/nearmiss has no train_*.jsonl. Give the data folder with --data DIR.")
    return [_group(row, row["clause"]) for file in files for row in read_lines(file)]


def authored_groups() -> list[Group]:
    return [_group(row, row["clause"]) for file in sorted(OWN.glob("authored_*.jsonl")) for row in read_lines(file)]


def quoted_groups(folder: Path) -> list[Group]:
    """Those on real clauses. FileNotFoundError: the contracts are missing; ValueError: a clause reads otherwise."""
    return _quoted(folder, "on_cuad_*.jsonl")


def searched_groups(folder: Path) -> list[Group]:
    """Results of searches, most of them about something near; raises as ``quoted_groups`` does."""
    return _quoted(folder, "searched_*.jsonl")


def measured_groups(folder: Path) -> list[Group]:
    """Results of searches over contracts that nothing is learnt from; raises as ``quoted_groups`` does."""
    return _quoted(folder, "measured_*.jsonl")


def subject_groups(folder: Path) -> list[Group]:
    """Questions put to clauses on their subject, near ones and others; raises as ``quoted_groups`` does."""
    return _quoted(folder, "subjects_*.jsonl")


def _quoted(folder: Path, files: str) -> list[Group]:
    rows = [row for file in sorted(OWN.glob(files)) for row in read_lines(file)]
    texts = _contracts(folder, {row["source_file"] for row in rows})
    return [_group(row, quoted_clause(row, texts)) for row in rows]


def quoted_clause(row: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    """The words at the row's place with white space collapsed and, in the edited twin, its replacements made.

    Raises ValueError where that is not the clause that the row was written for.
    """
    clause = " ".join(texts[row["source_file"]][row["start"] : row["end"]].split())
    for old, new in row["edits"]:
        clause = clause.replace(old, new)
    if hashlib.sha256(clause.encode()).hexdigest() != row["clause_sha256"]:
        raise ValueError(f"Item {row['id']}: the clause in {row['source_file']} is not the one that it was written on.")
    return clause


def _contracts(folder: Path, names: Set[str]) -> dict[str, str]:
    """By file name. Archives are read in turn, as long as one is needed."""
    texts: dict[str, str] = {}
    for archive in ARCHIVES:
        if names <= texts.keys():
            break
        if not (folder / archive).exists():
            raise FileNotFoundError(f"{folder / archive} is missing. Give the data folder with --data DIR.")
        with tarfile.open(folder / archive) as members:
            for member in members:
                if (name := Path(member.name).name) in names and (file := members.extractfile(member)):
                    texts[name] = file.read().decode("utf-8", errors="replace")
    return texts


def _group(row: Mapping[str, Any], clause: str) -> Group:
    return Group(
        clause,
        read_parties(row["parties"]),
        tuple(
            Question(q["q"], (LABELS.index(q["label"]),), evidence=tuple(map(tuple, q.get("evidence", ()))))
            for q in row["queries"]
        ),
        row["source_file"] or row["pair"],
        row.get("pair", ""),
    )
