"""Measure the verifier beside similarity systems on the hand-made items.

python -m verifier.evaluate --data DIR [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from verifier.baselines import FrozenEncoder, word_overlap
from verifier.data.items import development_items, read_parties
from verifier.inference import Verifier, load_verifier
from verifier.metrics import accuracy, auroc, false_support_at, macro_f1
from verifier.parties import mentioned, neutralise
from verifier.types import LABELS, Pair, Verdict

SUPPORTED = LABELS.index("supported")
FLAGGED = tuple(label for label in LABELS if label != "supported")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m verifier.evaluate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with nearmiss/dev.jsonl")
    parser.add_argument("--weights", type=Path, default=Path(__file__).parent / "weights")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    report = evaluate(load_verifier(options.weights), development_items(options.data))
    sys.stdout.write(as_table(report))
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n")
    return 0


def evaluate(verifier: Verifier, items: Sequence[dict[str, Any]]) -> dict[str, Any]:
    pairs = [Pair(item["query"], item["clause"], read_parties(item["parties"])) for item in items]
    right = [LABELS.index(item["label"]) for item in items]
    started = time.perf_counter()
    verdicts = verifier.verify(pairs)
    seconds = time.perf_counter() - started
    cosine, maxsim = FrozenEncoder().scores(pairs)
    support = [verdict.probabilities["supported"] for verdict in verdicts]
    predicted = [LABELS.index(verdict.label) for verdict in verdicts]
    return {
        "items": len(items),
        "verifier": verifier.name,
        "sha256": verifier.sha256,
        "systems": {
            "word overlap": separation(word_overlap(pairs), right),
            "cosine": separation(cosine, right),
            "MaxSim": separation(maxsim, right),
            "verifier": separation(support, right)
            | {
                "accuracy": accuracy(right, predicted),
                "macro_f1": macro_f1(right, predicted, len(LABELS)),
                "seconds_per_100": 100 * seconds / len(pairs),
            },
        },
        "recognised_as_not_supported": flagged_shares(right, predicted),
        "confusion": confusion(right, predicted),
        "swap_consistency": swap_consistency(verifier, pairs, right),
        "evidence_overlap_f1": evidence_overlap(items, verdicts),
    }


def separation(scores: Sequence[float], right: Sequence[int]) -> dict[str, Any]:
    """How well a score tells supported from the rest, over all and against each label alone."""
    positive = [label == SUPPORTED for label in right]
    against = {}
    for label in FLAGGED:
        kept = [i for i, r in enumerate(right) if r in (SUPPORTED, LABELS.index(label))]
        against[label] = auroc([scores[i] for i in kept], [positive[i] for i in kept])
    return {
        "auroc": auroc(scores, positive),
        "auroc_against": against,
        "false_support_at_90": false_support_at(scores, positive),
    }


def flagged_shares(right: Sequence[int], predicted: Sequence[int]) -> dict[str, float]:
    """Per label, the share of items shown as anything but supported; for supported, the share kept."""
    shares = {}
    for number, label in enumerate(LABELS):
        mine = [p for r, p in zip(right, predicted, strict=True) if r == number]
        if mine:
            shares[label] = sum((p == SUPPORTED) == (number == SUPPORTED) for p in mine) / len(mine)
    return shares


def confusion(right: Sequence[int], predicted: Sequence[int]) -> dict[str, dict[str, int]]:
    """right label -> predicted label -> items."""
    table: dict[str, dict[str, int]] = {}
    for r, p in zip(right, predicted, strict=True):
        row = table.setdefault(LABELS[r], {})
        row[LABELS[p]] = row.get(LABELS[p], 0) + 1
    return table


def swap_consistency(verifier: Verifier, pairs: Sequence[Pair], right: Sequence[int]) -> dict[str, float]:
    """Share of supported items whose verdict leaves ``supported`` when the query's parties are exchanged.

    Of two-party items with both parties named in the query. Mutual clauses are not told apart, so the share is a lower
    bound of what is right.
    """
    swapped = []
    for pair, label in zip(pairs, right, strict=True):
        if label == SUPPORTED and len(pair.parties) == 2 and len(mentioned(pair.query, pair.parties, query=True)) == 2:
            names = [party.term or party.name for party in reversed(pair.parties)]
            swapped.append(
                Pair(neutralise(pair.query, pair.parties, names, query=True).text, pair.clause, pair.parties)
            )
    if not swapped:
        return {"items": 0, "moved": float("nan")}
    verdicts = verifier.verify(swapped)
    return {"items": len(swapped), "moved": sum(v.label != "supported" for v in verdicts) / len(verdicts)}


def evidence_overlap(items: Sequence[dict[str, Any]], verdicts: Sequence[Verdict]) -> float:
    """Mean character F1 of the marked spans against the item's evidence, over items that have one."""
    scores = []
    for item, verdict in zip(items, verdicts, strict=True):
        start = item["clause"].find(item["evidence"]) if item["evidence"] else -1
        if start < 0:
            continue
        gold = set(range(start, start + len(item["evidence"])))
        found = {i for span in verdict.evidence for i in range(span.start, span.end)}
        both = len(gold & found)
        scores.append(2 * both / (len(gold) + len(found)) if both else 0.0)
    return sum(scores) / len(scores)


def as_table(report: dict[str, Any]) -> str:
    lines = [
        f"{report['items']} items, {report['verifier']} {report['sha256'][:12]}",
        f"{'system':14}{'AUROC':>7}{'swapped':>9}{'negated':>9}{'false sup. at 90 %':>20}"
        f"{'accuracy':>10}{'macro-F1':>10}",
    ]
    for name, row in report["systems"].items():
        quality = f"{row['accuracy']:>10.3f}{row['macro_f1']:>10.3f}" if "accuracy" in row else ""
        lines.append(
            f"{name:14}{row['auroc']:>7.3f}{row['auroc_against']['party_swapped']:>9.3f}"
            f"{row['auroc_against']['negated']:>9.3f}{row['false_support_at_90']:>20.3f}{quality}"
        )
    lines.append(f"seconds per 100 candidates: {report['systems']['verifier']['seconds_per_100']:.2f}")
    lines.append(
        f"not shown as supported, by label (supported: kept): {_rounded(report['recognised_as_not_supported'])}"
    )
    lines.append(
        f"swap consistency: {_rounded(report['swap_consistency'])}; evidence F1: {report['evidence_overlap_f1']:.3f}"
    )
    return "\n".join(lines) + "\n"


def _rounded(row: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.2f}" for name, value in row.items())


if __name__ == "__main__":
    sys.exit(main())
