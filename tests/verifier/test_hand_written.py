"""The project's own training items are well formed; no model and no data folder is needed to know that."""

import hashlib
import io
import json
import os
import tarfile
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from verifier.data import hand_written
from verifier.data.hand_written import OWN, measured_groups, quoted_clause, quoted_groups, searched_groups
from verifier.data.items import SUPPORTED, read_lines
from verifier.types import LABELS

DATA = Path(os.environ.get("PROVISO_DATA", "data"))  # what --data DIR names elsewhere
CONTRACT = "1. Supply.  Supplier shall\n deliver the Goods to Buyer within ten days. 2. Term."
CLAUSE = "Supplier shall deliver the Goods to Buyer within ten days."


def row(clause: str, **more: Any) -> dict[str, Any]:
    start = CONTRACT.index("Supplier")
    return {
        "id": "c0-001-1", "pair": "c0-001", "source_file": "supply.txt", "start": start,
        "end": CONTRACT.index(" 2. Term"), "edits": [], "clause_sha256": hashlib.sha256(clause.encode()).hexdigest(),
        "parties": [{"name": "Ardmore Ltd", "term": "Supplier", "aliases": []}],
        "queries": [{"q": "supplier delivers", "label": "supported", "why": "shall deliver"}],
    } | more  # fmt: skip


def test_a_clause_is_quoted_by_its_place() -> None:
    assert quoted_clause(row(CLAUSE), {"supply.txt": CONTRACT}) == CLAUSE


def test_the_twin_is_the_clause_with_its_edits() -> None:
    clause = CLAUSE.replace("shall", "need not")
    assert quoted_clause(row(clause, edits=[["shall", "need not"]]), {"supply.txt": CONTRACT}) == clause


def test_another_text_at_that_place_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"c0-001-1: the clause in supply\.txt is not the one"):
        quoted_clause(row(CLAUSE), {"supply.txt": CONTRACT.replace("ten", "six")})


def test_items_on_real_clauses_are_read_from_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, data = tmp_path / "own", tmp_path / "data"
    own.mkdir()
    (own / "on_cuad_0.jsonl").write_text(json.dumps(row(CLAUSE)) + "\n")
    monkeypatch.setattr(hand_written, "OWN", own)
    with pytest.raises(FileNotFoundError, match="--data DIR"):
        quoted_groups(data)
    pack(data / "cuad" / "contracts.tar.xz", {"contracts/supply.txt": CONTRACT, "contracts/other.txt": "Other."})
    (group,) = quoted_groups(data)
    assert (group.clause, group.source, group.questions[0].allowed) == (CLAUSE, "supply.txt", (SUPPORTED,))
    (own / "searched_0.jsonl").write_text(json.dumps(row(CLAUSE)) + "\n")
    assert searched_groups(data) == [group]


def test_results_that_are_only_measured_with_are_of_another_collection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "measured_0.jsonl").write_text(json.dumps(row(CLAUSE)) + "\n")
    monkeypatch.setattr(hand_written, "OWN", tmp_path)
    pack(tmp_path / "cuad" / "contracts.tar.xz", {"contracts/other.txt": "Other."})
    with pytest.raises(FileNotFoundError, match=r"agreements\.tar\.xz is missing"):
        measured_groups(tmp_path)
    pack(tmp_path / "edgar" / "agreements.tar.xz", {"agreements/construction/supply.txt": CONTRACT})
    (group,) = measured_groups(tmp_path)
    assert (group.clause, searched_groups(tmp_path)) == (CLAUSE, [])


def pack(archive: Path, texts: dict[str, str]) -> None:
    archive.parent.mkdir(parents=True)
    with tarfile.open(archive, "w:xz") as members:
        for name, text in texts.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            members.addfile(member, io.BytesIO(text.encode()))


@pytest.mark.parametrize("path", sorted(OWN.glob("*.jsonl")), ids=lambda path: path.stem)
def test_items_are_twins_with_known_labels(path: Path) -> None:
    """The same queries over a clause and its edit, so that the query alone does not tell the label."""
    rows = list(read_lines(path))
    assert len({row["id"] for row in rows}) == len(rows)
    for pair, twins in groupby(rows, key=lambda row: row["pair"]):
        queries = [[query["q"] for query in twin["queries"]] for twin in twins]
        assert all(len(set(asked)) == len(asked) for asked in queries), pair
    assert {query["label"] for row in rows for query in row["queries"]} <= set(LABELS)
    assert all(party["name"] for row in rows for party in row["parties"])


@pytest.mark.skipif(
    not (DATA / "nearmiss" / "dev.jsonl").exists(),
    reason=f"{DATA} holds no nearmiss/dev.jsonl; set PROVISO_DATA to a folder that does",
)
def test_no_item_is_of_a_contract_that_the_development_items_are_of() -> None:
    measured = {row["source_file"] for row in read_lines(DATA / "nearmiss" / "dev.jsonl")}
    assert measured
    assert measured.isdisjoint(row["source_file"] for path in OWN.glob("*.jsonl") for row in read_lines(path))


@pytest.mark.skipif(
    not (DATA / "nearmiss").exists(), reason=f"{DATA} holds no nearmiss; set PROVISO_DATA to a folder that does"
)
def test_nothing_is_learnt_from_a_contract_that_is_measured_with() -> None:
    files = {path: {row["source_file"] for row in read_lines(path)} for path in OWN.glob("*.jsonl")}
    measured = set().union(*(files.pop(path) for path in OWN.glob("measured_*.jsonl")))
    given = [read_lines(path) for path in (DATA / "nearmiss").glob("train_*.jsonl")]
    learnt = set().union(*files.values(), *({row.get("source_file") for row in rows} for rows in given))
    assert measured and measured.isdisjoint(learnt)
