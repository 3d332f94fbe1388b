"""Measure the reading of contracts against what lawyers labelled in CUAD."""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contracts.cuad import LabelledContract, read_contracts
from contracts.reading_measures import ContractMeasure, measure, summary
from contracts.text.reading import read_contract
from contracts.text.types import ReadError


class Command(BaseCommand):
    help = (
        "Reads every CUAD contract of DIR/cuad and compares parties, title, dates, governing law, end and "
        "renewal with the labels. The rules were written on every second contract; 'held out' are the others. "
        "Exit 1 if a contract fails."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="holds cuad/")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures and every contract's counts")
        parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth contract: a quick look")

    def handle(self, *args: Any, **options: Any) -> None:
        self.failures: dict[str, str] = {}
        halves: tuple[list[ContractMeasure], list[ContractMeasure]] = ([], [])
        try:
            for position, contract in enumerate(read_contracts(options["data"] / "cuad")):
                if (position // 2) % options["every"] == 0 and (measured := self._measure(contract)):
                    halves[position % 2].append(measured)
        except FileNotFoundError as error:
            raise CommandError(
                f"{error.filename} is missing. --data takes the folder that holds cuad/contracts.tar.xz "
                "and cuad/labels.jsonl.gz."
            ) from error
        developed, held_out = halves
        report = {
            "all": summary([*developed, *held_out]),
            "developed_on": summary(developed),
            "held_out": summary(held_out),
        }
        self._show(report)
        if options["json"]:
            contracts = [_row(each) for each in [*developed, *held_out]]
            content = {**report, "failures": self.failures, "contracts": contracts}
            options["json"].write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        if self.failures:
            raise SystemExit(1)

    def _measure(self, contract: LabelledContract) -> ContractMeasure | None:
        started = time.process_time()
        try:
            reading = read_contract(contract.data, contract.name, lambda text: len(text.split()))
        except ReadError as error:
            self.failures[contract.name] = str(error)
            self.stderr.write(f"{contract.name}: {error}")
            return None
        return measure(contract, reading, (time.process_time() - started) * 1000)

    def _show(self, report: dict[str, dict[str, float]]) -> None:
        self.stdout.write(f"{'':30}" + "".join(f"{column.replace('_', ' '):>14}" for column in report))
        for figure in report["all"]:
            self.stdout.write(f"{figure:30}" + "".join(f"{column[figure]:14.3f}" for column in report.values()))
        self.stdout.write(f"{'failures':30}{len(self.failures):14}")


def _row(measured: ContractMeasure) -> dict[str, Any]:
    counts = measured.parties
    return {
        "contract": measured.name,
        "parties": [counts.labelled, counts.labelled_found, counts.found, counts.found_labelled],
        "facts": measured.facts,
        "terms": {kind: asdict(count) for kind, count in measured.terms.items()},
        "broken_spans": measured.broken_spans,
        "milliseconds": round(measured.milliseconds, 1),
        "pages": measured.pages,
    }
