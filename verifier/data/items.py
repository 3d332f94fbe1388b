"""Labelled items read from a data folder (``nearmiss/``, ``pairs/``, ``contractnli/``)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verifier.types import LABELS, Party

Allowed = tuple[int, ...]
"""Indices of the labels that are right. General inference data knows less than seven labels, so it allows several."""

SUPPORTED = LABELS.index("supported")
UNRELATED = LABELS.index("unrelated")
CONFLICT: Allowed = tuple(i for i, label in enumerate(LABELS) if label not in ("supported", "unrelated"))
NOT_SUPPORTED: Allowed = tuple(i for i, label in enumerate(LABELS) if label != "supported")

_GENERAL: dict[str, Allowed] = {
    "entailment": (SUPPORTED,),
    "contradiction": CONFLICT,
    "neutral": (UNRELATED,),
    "not_entailment": NOT_SUPPORTED,
    "1": (SUPPORTED,),
    "0": NOT_SUPPORTED,
}


KINDS = ("duty", "no_duty", "right", "ban")


@dataclass(frozen=True, slots=True)
class Binding:
    """What one side, query or clause, says: of which kind, and whether the bearer is whom the query mentions first."""

    kind: str
    first_bears: bool | None  # None: mutual, or no party mentioned


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    allowed: Allowed
    weight: float = 1.0
    asked: Binding | None = None  # None: not known, as in all that is written by hand
    found: Binding | None = None
    evidence: tuple[tuple[int, int], ...] = ()  # the words of the clause that decide, where a person marked them


@dataclass(frozen=True, slots=True)
class Group:
    """One clause and the labelled queries that read it."""

    clause: str
    parties: tuple[Party, ...]
    questions: tuple[Question, ...]
    source: str  # contract or data set; items of one source stay on one side of a split
    pair: str = ""  # twins, a clause and its edit with the same queries, share it


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def read_parties(rows: list[dict[str, Any]] | None) -> tuple[Party, ...]:
    return tuple(
        Party(row.get("name") or "", row.get("term") or "", tuple(row.get("aliases") or ())) for row in rows or ()
    )


def development_items(folder: Path) -> list[dict[str, Any]]:
    """The hand-made measure, ``nearmiss/dev.jsonl``. Never trained on."""
    return list(read_lines(folder / "nearmiss" / "dev.jsonl"))


def general_groups(folder: Path) -> list[Group]:
    """General inference pairs, one question a group; longest pairs left out, as they cost most and teach least."""
    groups = []
    for path in sorted((folder / "pairs").glob("*.jsonl.gz")):
        if path.name.startswith(("sugarcrepe", "conjnli_dev")):
            continue
        for row in read_lines(path):
            allowed = _GENERAL.get(str(row["label"]))
            if allowed and len(row["text_a"]) < 480 and len(row["text_b"]) < 240:
                question = Question(row["text_b"], allowed)
                groups.append(Group(row["text_a"], (), (question,), str(row.get("source") or path.stem)))
    return groups


def contract_inference_groups(folder: Path, split: str = "train") -> list[Group]:
    """ContractNLI with its gold evidence as the clause; hypotheses that the document does not mention are left out."""
    groups = []
    for row in read_lines(folder / "contractnli" / f"{split}.jsonl.gz"):
        if row["evidence"]:
            question = Question(row["hypothesis"], _GENERAL[row["label"].lower()])
            groups.append(Group(" ".join(row["evidence"])[:1200], (), (question,), f"contractnli-{row['doc']}"))
    return groups
