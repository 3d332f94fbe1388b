"""What the parties that are read are worth, on items small enough to check by hand; with the shipped verifier."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

CONTRACT = """SUPPLY AGREEMENT

This Supply Agreement is made between Tarn Mills Ltd (the "Supplier") and Lake Dairies plc (the "Buyer").

1. Indemnity. The Supplier shall indemnify the Buyer against all claims.
"""
CLAUSE = "The Supplier shall indemnify the Buyer against all claims."
PARTIES = [
    {"name": "Tarn Mills Ltd", "term": "Supplier", "aliases": ["Tarn Mills"]},
    {"name": "Lake Dairies plc", "term": "Buyer", "aliases": ["Lake Dairies"]},
]
ASKED = {
    "Tarn Mills must indemnify Lake Dairies against claims": "supported",
    "Lake Dairies must indemnify Tarn Mills against claims": "party_swapped",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for folder in ("cuad", "nearmiss"):
        (tmp_path / folder).mkdir()
    with tarfile.open(tmp_path / "cuad" / "contracts.tar.xz", "w:xz") as archive:
        member = tarfile.TarInfo("contracts/supply.txt")
        member.size = len(CONTRACT.encode())
        archive.addfile(member, io.BytesIO(CONTRACT.encode()))
    with gzip.open(tmp_path / "cuad" / "labels.jsonl.gz", "wt") as lines:
        row = {"contract": "supply.txt", "category": "Parties", "spans": [], "answer": ""}
        lines.write(json.dumps(row) + "\n")
    shared = {"clause": CLAUSE, "parties": PARTIES, "source_file": "supply.txt"}
    items = [shared | {"query": query, "label": label} for query, label in ASKED.items()]
    items.append(items[0] | {"source_file": "not-of-cuad.txt"})
    (tmp_path / "nearmiss" / "dev.jsonl").write_text("".join(json.dumps(item) + "\n" for item in items))
    return tmp_path


def test_company_names_are_understood_once_the_parties_are_read(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("benchmark_parties", data=data, json=data / "out.json")
    report = json.loads((data / "out.json").read_text())
    assert report["items"] == 2
    assert report["parties as read"] == report["parties by hand"]
    assert report["parties as read"]["accuracy"] == 1
    assert report["no parties"]["accuracy"] < 1
    assert "2 items of 1 contracts" in capsys.readouterr().out


def test_missing_data_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"dev\.jsonl is missing"):
        call_command("benchmark_parties", data=tmp_path)
