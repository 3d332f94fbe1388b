"""Show what is read out of one file. Nothing is stored."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contracts.text.reading import read_contract
from contracts.text.types import FactSpan, PartySpan, ReadError, Reading
from search.encode import count_tokens


class Command(BaseCommand):
    help = "Shows title, parties, definitions, facts, money, clause tree and obligations of a file. Nothing is stored."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="everything, with spans into the text, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            reading = read_contract(path.read_bytes(), path.name, count_tokens)
        except (OSError, ReadError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(reading), ensure_ascii=False, indent=2, default=str))
        else:
            self.stdout.write("\n".join(_lines(reading)))


def _as_json(reading: Reading) -> dict[str, Any]:
    """Offsets of an obligation are into the reading of its passage: lead-ins first, white space collapsed."""
    content = asdict(reading)
    document = content.pop("document")
    if document["mail"]:
        for attachment in document["mail"]["attachments"]:
            attachment["bytes"] = len(attachment.pop("data"))
    text = reading.document.text
    content["obligations"] = [
        {"passage": index, "reading": reading.passages[index].reading(text), **asdict(obligation)}
        for index, obligation in reading.obligations
    ]
    content["amounts"] = [{"clause": reading.clause_at(one.start), **asdict(one)} for one in reading.amounts]
    return {**document, **content}


def _lines(reading: Reading) -> list[str]:
    document = reading.document
    pages = f", {len(document.pages)} pages" if document.pages else ""
    lines = [f"{document.format.upper()}{pages}, {len(document.text)} characters, {len(reading.passages)} passages"]
    lines += [f"Warning: {warning}" for warning in document.warnings]
    lines += _section("Facts", [_fact_line(fact) for fact in reading.facts])
    lines += _section("Money", [f"{one.currency} {one.amount:,} [{one.start}:{one.end}]" for one in reading.amounts])
    lines += _section("Parties", [_party(party) for party in reading.parties])
    if named := reading.parent:
        lines += _section("Belongs to", [f"{named.relation} of {named.title} {named.date} [{named.start}:{named.end}]"])
    lines += _section("Definitions", [f"{d.term} [{d.start}:{d.end}]" for d in reading.definitions])
    lines += _section(
        "Clauses",
        [f"{'  ' * c.level}{c.number or '—'} {c.heading} ({c.kind}) [{c.start}:{c.end}]" for c in reading.clauses],
    )
    return lines + _section(
        "Obligations",
        [
            f"{o.bearer or '?'} → {o.counterparty or '?'}: {o.modality} {o.action}" + (" (mutual)" if o.mutual else "")
            for _, o in reading.obligations
        ],
    )


def _fact_line(fact: FactSpan) -> str:
    computed = f" computed from {fact.computed_from}" if fact.computed_from else ""
    return f"{fact.kind}: {fact.value} [{fact.start}:{fact.end}]{computed}"


def _party(party: PartySpan) -> str:
    side = f", {party.role}" if party.role else ""
    affiliates = " with its affiliates" if party.affiliates else ""
    return f"{party.name}{affiliates} — {party.term or 'no term'}{side} [{party.start}:{party.end}]"


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", f"{title} ({len(lines)})", *(f"  {line}" for line in lines)]
