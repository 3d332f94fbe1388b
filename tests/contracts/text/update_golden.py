"""Writes the golden readings anew. Read the difference before you keep it.

``python tests/contracts/text/update_golden.py``
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
GOLDEN = Path(__file__).parent / "golden"
NAMES = ("master-services.docx", "lease.pdf", "loan.txt", "reseller.html", "distribution.rtf")


def reading(path: Path) -> list[dict[str, object]]:
    """Every clause with its passages, as text: what a lawyer would check."""
    from contracts.text.parse import parse_file
    from contracts.text.passages import split_passages
    from contracts.text.segment import segment_clauses

    document = parse_file(path.read_bytes(), path.name)
    clauses = segment_clauses(document)
    passages = split_passages(document.text, clauses, lambda text: len(text.split()))
    return [
        {
            "number": clause.number,
            "kind": clause.kind,
            "path": " > ".join(clause.heading_path),
            "page": document.page_at(clause.start),
            "passages": [f"{each.kind}: {each.reading(document.text)}" for each in passages if each.clause == index],
        }
        for index, clause in enumerate(clauses)
    ]


def golden_file(name: str) -> Path:
    return GOLDEN / f"{name}.json"


if __name__ == "__main__":
    sys.path.insert(0, str(PROJECT))
    for each in NAMES:
        found = reading(PROJECT / "fixtures" / "agreements" / each)
        golden_file(each).write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
