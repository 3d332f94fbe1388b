"""Figures of the reading of contracts: what was found of what is labelled, whether spans hold, how long it took."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.cuad import LabelledContract
from contracts.fact_labels import CATEGORIES, effective_labels, fact_is_labelled
from contracts.party_labels import PartyCount, count_parties
from contracts.term_labels import TermCount, count_terms, term_figures
from contracts.text.furniture import without_furniture
from contracts.text.types import FactSpan, Reading

PAGE = 3_000  # characters of a page where the file has none


@dataclass(frozen=True, slots=True)
class ContractMeasure:
    name: str
    parties: PartyCount
    facts: dict[str, bool]  # kind to found right; only the kinds that are labelled
    terms: dict[str, TermCount]  # by kind: the end, the renewal
    broken_spans: int
    milliseconds: float
    pages: int


def measure(contract: LabelledContract, reading: Reading, milliseconds: float) -> ContractMeasure:
    text = reading.document.text
    labelled_text = contract.data.decode("utf-8")
    facts: dict[str, FactSpan] = {fact.kind: fact for fact in reading.facts}
    labelled = {kind: contract.labels.get(category, ()) for kind, category in CATEGORIES.items()}
    labelled["effective_date"] = effective_labels(labelled["effective_date"], labelled["agreement_date"])
    return ContractMeasure(
        name=contract.name,
        parties=count_parties(
            reading.parties, contract.labels.get("Parties", ()), contract.answers.get("Parties", ""), labelled_text
        ),
        facts={
            kind: kind in facts and fact_is_labelled(facts[kind], labels) for kind, labels in labelled.items() if labels
        },
        terms=count_terms(text, facts, contract.labels, contract.answers),
        broken_spans=broken_spans(reading),
        milliseconds=milliseconds,
        pages=len(reading.document.pages) or -(-len(text) // PAGE),
    )


def broken_spans(reading: Reading) -> int:
    """Gaps and overlaps between clauses, passages outside their clause, names and facts that are not at their place."""
    text = reading.document.text
    edges = [0, *(offset for clause in reading.clauses for offset in (clause.start, clause.end)), len(text)]
    broken = sum(before != after for before, after in zip(edges[::2], edges[1::2], strict=True))
    for passage in reading.passages:
        clause = reading.clauses[passage.clause]
        broken += not clause.start <= passage.start < passage.end <= clause.end
    for party in reading.parties:
        broken += not _same_words(without_furniture(text[party.start : party.end]).replace("|", " "), party.name)
    for fact in reading.facts:
        named = fact.kind in ("kind", "contract_type", "renewal") or fact.computed_from
        quoted = not named and fact.end > fact.start
        broken += quoted and not _same_words(without_furniture(text[fact.start : fact.end]), fact.value)
    return broken


def _same_words(span: str, value: str) -> bool:
    return " ".join(span.split()) == " ".join(value.split())


def summary(measures: Sequence[ContractMeasure]) -> dict[str, float]:
    """Shares between 0 and 1, times in milliseconds."""
    parties = [measure.parties for measure in measures]
    per_page = sorted(measure.milliseconds / measure.pages for measure in measures)
    figures = {
        "contracts": float(len(measures)),
        "party_recall": share(sum(p.labelled_found for p in parties), sum(p.labelled for p in parties)),
        "party_precision": share(sum(p.found_labelled for p in parties), sum(p.found for p in parties)),
        "contracts_with_all_parties": share(
            sum(p.labelled_found == p.labelled for p in parties if p.labelled), sum(p.labelled > 0 for p in parties)
        ),
    }
    for kind in CATEGORIES:
        right = [measure.facts[kind] for measure in measures if kind in measure.facts]
        figures[kind] = share(sum(right), len(right))
    figures |= term_figures([measure.terms for measure in measures])
    return figures | {
        "broken_spans": float(sum(measure.broken_spans for measure in measures)),
        "milliseconds_per_page_median": statistics.median(per_page),
        "milliseconds_per_page_p95": per_page[int(len(per_page) * 0.95)] if len(per_page) > 1 else per_page[0],
    }


def share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
