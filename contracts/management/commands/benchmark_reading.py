"""Measure the reading of contracts against what lawyers labelled in CUAD, and people in agreements of EDGAR."""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contracts.cuad import LabelledContract, read_contracts
from contracts.edgar_labels import PartyTally, read_labelled, tally_figures, tally_parties
from contracts.reading_measures import ContractMeasure, measure, summary
from contracts.text.parse import parse_file
from contracts.text.parties import find_parties
from contracts.text.party_sides import with_sides
from contracts.text.reading import read_contract
from contracts.text.types import ReadError


class Command(BaseCommand):
    help = (
        "Reads every CUAD contract of DIR/cuad and compares parties, title, dates, governing law, end and "
        "renewal with the labels. The rules were written on every second contract; 'held out' are the others. "
        "Then the parties of 685 agreements of DIR/edgar and what these are called, a third of them held out. "
        "Exit 1 if a contract fails."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="holds cuad/, and edgar/")
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
        self.stdout.write(f"{'failures':30}{len(self.failures):14}")
        if edgar := self._edgar(options["data"] / "edgar"):
            self.stdout.write("\nEDGAR")
            self._show(edgar)
        if options["json"]:
            contracts = [_row(each) for each in [*developed, *held_out]]
            content = {**report, "edgar": edgar, "failures": self.failures, "contracts": contracts}
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

    def _edgar(self, folder: Path) -> dict[str, dict[str, float]]:
        tallies: dict[bool, list[PartyTally]] = {False: [], True: []}
        try:
            for agreement in read_labelled(folder):
                text = parse_file(agreement.data, Path(agreement.name).name).text
                tallies[agreement.held_out].append(tally_parties(with_sides(text, find_parties(text)), agreement))
        except FileNotFoundError as error:
            self.stderr.write(f"{error.filename} is missing: the parties of EDGAR's agreements are not measured.")
            return {}
        return {
            "all": tally_figures([*tallies[False], *tallies[True]]),
            "developed_on": tally_figures(tallies[False]),
            "held_out": tally_figures(tallies[True]),
        }

    def _show(self, report: dict[str, dict[str, float]]) -> None:
        self.stdout.write(f"{'':30}" + "".join(f"{column.replace('_', ' '):>14}" for column in report))
        for figure in report["all"]:
            self.stdout.write(f"{figure:30}" + "".join(f"{column[figure]:14.3f}" for column in report.values()))


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
