"""Measure the ingestion of agreements beside the obvious way to do it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contracts.edgar import read_agreements
from search.ingest_benchmark import measure, work_off


class Command(BaseCommand):
    help = (
        "Reads agreements of DIR/edgar with one worker and with two, and in the obvious way: one "
        "SentenceTransformer.encode per clause, or per passage, and bulk_create. All in one run, in a scratch database "
        "that is made and removed. On a machine that does other work too, believe the ratios and not the seconds."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--data", type=Path, metavar="DIR", help="holds edgar/")
        parser.add_argument("--files", type=int, default=40, metavar="N")
        parser.add_argument("--repeats", type=int, default=3, metavar="N")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
        # A worker of this benchmark, in a process of its own: the name of the scratch database.
        parser.add_argument("--work-off", metavar="NAME", help=argparse.SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["work_off"]:
            work_off(options["work_off"], sys.stdin, self.stdout)
            return
        if options["data"] is None:
            raise CommandError("--data is missing: the folder that holds edgar/agreements.tar.xz.")
        try:
            agreements = read_agreements(options["data"] / "edgar", options["files"])
        except FileNotFoundError as error:
            raise CommandError(
                f"{error.filename} is missing. --data takes the folder that holds edgar/agreements.tar.xz."
            ) from error
        report = measure(agreements, options["repeats"], lambda line: self.stderr.write(line))
        if options["json"]:
            options["json"].write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        self._show(report)

    def _show(self, report: dict[str, Any]) -> None:
        self.stdout.write(
            f"{report['files']} files, {report['megabytes']} MB, {report['cores']} cores; {report['repeats']} repeats\n"
        )
        self.stdout.write(f"{'':24}{'files/min':>10}{'reading':>10}{'embedding':>11}{'database':>10}{'passages':>10}")
        for name, system in report["systems"].items():
            share = system["share"]
            self.stdout.write(
                f"{name:24}{system['files_per_minute']:10.1f}{share['reading']:10.0%}{share['embedding']:11.0%}"
                f"{share['database']:10.0%}{system['passages']:10}"
            )
        for of in ("ratios", "processor_ratios"):
            self.stdout.write(
                "Times the throughput" if of == "ratios" else "Times less computing, the database's aside"
            )
            for name, ratio in report[of].items():
                self.stdout.write(f"  {name:40}{ratio['median']:.2f} ({ratio['least']:.2f} to {ratio['most']:.2f})")
