"""``python -m verifier check --input pairs.jsonl --output verdicts.jsonl``"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from verifier.card import SHIPPED
from verifier.data.items import read_parties
from verifier.types import Pair, PairError, VerifierUnavailable

CHUNK = 256


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m verifier")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="verify {id, query, clause, parties?} lines, in the same order")
    check.add_argument("--input", type=Path, required=True)
    check.add_argument("--output", type=Path, required=True)
    check.add_argument("--weights", type=Path, default=SHIPPED)
    options = parser.parse_args()
    try:
        count = check_file(options.input, options.output, options.weights)
    except (OSError, ValueError, VerifierUnavailable) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stderr.write(f"{count} pairs verified, written to {options.output}\n")
    return 0


def check_file(source: Path, target: Path, weights: Path) -> int:
    """A line {id, label, probabilities, evidence, windows} for every pair; nothing is written if one is wrong.

    Raises ValueError, which names the line or the pair, and VerifierUnavailable. Returns the number of pairs.
    """
    from verifier.inference import load_verifier  # torch is loaded only when there is something to verify

    rows = [_row(number, line) for number, line in enumerate(source.read_text().split("\n"), 1) if line.strip()]
    verifier = load_verifier(weights)
    lines: list[str] = []
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        try:
            verdicts = verifier.verify([pair for _, pair in chunk])
        except PairError as error:
            raise ValueError(f"Pair {chunk[error.number][0]!r}: {error}") from error
        for (identity, _), verdict in zip(chunk, verdicts, strict=True):
            lines.append(json.dumps({"id": identity, **asdict(verdict)}))
    target.write_text("".join(line + "\n" for line in lines))
    return len(lines)


def _row(number: int, line: str) -> tuple[Any, Pair]:
    try:
        row = json.loads(line)
        return row["id"], Pair(str(row["query"]), str(row["clause"]), read_parties(row.get("parties")))
    except (json.JSONDecodeError, KeyError, AttributeError, TypeError) as error:
        raise ValueError(
            f"Line {number}: {error!r}. Each line needs id, query and clause, and may have parties."
        ) from error


if __name__ == "__main__":
    sys.exit(main())
