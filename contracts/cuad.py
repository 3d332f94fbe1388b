"""CUAD, the Contract Understanding Atticus Dataset: the contracts and what lawyers labelled in them."""

from __future__ import annotations

import gzip
import json
import tarfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    start: int | None  # None where the annotators joined several places into one label
    end: int | None


@dataclass(frozen=True, slots=True)
class LabelledContract:
    name: str
    data: bytes
    labels: Mapping[str, tuple[Label, ...]]  # by category: "Parties", "Governing Law", ...
    answers: Mapping[str, str]  # by category, in the lawyers' own words: "12/31/20" for an expiry


def read_contracts(folder: Path) -> Iterator[LabelledContract]:
    """In the order of their names. Raises FileNotFoundError when ``folder`` holds no CUAD."""
    rows = _label_rows(folder / "labels.jsonl.gz")
    with tarfile.open(folder / "contracts.tar.xz") as archive:
        files = {Path(member.name).name: archive.extractfile(member) for member in archive if member.isfile()}
        data = {name: file.read() for name, file in files.items() if file}
    for name in sorted(rows):
        categories = rows[name]
        labels = {category: _labels(row["spans"]) for category, row in categories.items()}
        answers = {category: row["answer"] for category, row in categories.items()}
        yield LabelledContract(name, data[name], labels, answers)


def _label_rows(path: Path) -> dict[str, dict[str, dict]]:
    rows: dict[str, dict[str, dict]] = defaultdict(dict)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            rows[row["contract"]][row["category"]] = row
    return rows


def _labels(spans: list[dict]) -> tuple[Label, ...]:
    return tuple(Label(span["text"], span.get("start"), span.get("end")) for span in spans)
