"""What it is worth to the verdicts that the parties of a contract are read."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from math import nan
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from contracts.cuad import read_contracts
from contracts.text.reading import read_contract
from search.encode import count_tokens
from verifier.data.items import SUPPORTED, read_lines, read_parties
from verifier.inference import Verifier, load_verifier
from verifier.metrics import accuracy, auroc, macro_f1
from verifier.types import LABELS, Pair, Party, VerifierUnavailable

FLAGGED = ("party_swapped", "negated")


class Command(BaseCommand):
    help = (
        "Reads the development items of DIR/nearmiss three times: without the parties of their contracts, with the "
        "parties that Proviso reads out of these, and with those that people wrote down."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="holds nearmiss/ and cuad/")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            items = list(read_lines(options["data"] / "nearmiss" / "dev.jsonl"))
            read = parties_read(options["data"] / "cuad", {item["source_file"] for item in items})
        except FileNotFoundError as error:
            raise CommandError(f"{error.filename} is missing. --data takes the folder that holds it.") from error
        items = [item for item in items if item["source_file"] in read]
        if not items:
            raise CommandError("No item of nearmiss/dev.jsonl is on a contract of cuad/. Give the whole data folder.")
        known: dict[str, list[tuple[Party, ...]]] = {
            "no parties": [() for _ in items],
            "parties as read": [read[item["source_file"]] for item in items],
            "parties by hand": [read_parties(item["parties"]) for item in items],
        }
        try:
            verifier = load_verifier(Path(settings.VERIFIER_PATH))
        except VerifierUnavailable as error:
            raise CommandError(str(error)) from error
        report = {name: figures(items, parties, verifier) for name, parties in known.items()}
        self.stdout.write(f"{len(items)} items of {len(read)} contracts")
        for name, row in report.items():
            self.stdout.write(f"{name:16}" + "".join(f"  {figure} {value:.3f}" for figure, value in row.items()))
        if options["json"]:
            options["json"].write_text(json.dumps({"items": len(items), **report}, indent=1) + "\n")


def parties_read(cuad: Path, names: set[str]) -> dict[str, tuple[Party, ...]]:
    """By contract; of those that are among CUAD's."""
    found = {}
    for contract in read_contracts(cuad):
        if contract.name in names:
            reading = read_contract(contract.data, contract.name, count_tokens)
            found[contract.name] = tuple(Party(one.name, one.term, one.aliases) for one in reading.parties)
    return found


def figures(
    items: Sequence[Mapping[str, Any]], parties: Sequence[tuple[Party, ...]], verifier: Verifier
) -> dict[str, float]:
    pairs = [Pair(item["query"], item["clause"], known) for item, known in zip(items, parties, strict=True)]
    verdicts = verifier.verify(pairs)
    right = [LABELS.index(item["label"]) for item in items]
    got = [LABELS.index(verdict.label) for verdict in verdicts]
    is_supported = [label == SUPPORTED for label in right]
    flagged = [label != SUPPORTED for label, item in zip(got, items, strict=True) if item["label"] in FLAGGED]
    kept = [label == SUPPORTED for label, was in zip(got, is_supported, strict=True) if was]
    return {
        "AUROC": auroc([verdict.probabilities["supported"] for verdict in verdicts], is_supported),
        "accuracy": accuracy(right, got),
        "macro-F1": macro_f1(right, got, len(LABELS)),
        "supported kept": share(kept),
        "swapped and negated not called supported": share(flagged),
    }


def share(holds: Sequence[bool]) -> float:
    return sum(holds) / len(holds) if holds else nan
