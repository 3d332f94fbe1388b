"""Hits made of verdicts: which passage speaks for its clause, in which order clauses are shown, what a hit keeps."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from contracts.models import Passage
from search.candidates import DECIDES
from search.citation import cited_fields
from search.explain import explain_verdict
from search.labels import GROUP_ORDER, LABELS, NOT_VERIFIED
from search.models import Hit
from search.notices import notices_on_verdict
from search.verification import parties_of
from verifier.types import Verdict


def decides(verdict: Verdict | None) -> tuple[int, float]:
    """The least of these over the passages of a clause speaks for it."""
    label = verdict.label if verdict else NOT_VERIFIED
    return DECIDES[LABELS[label].group], -verdict.probabilities[label] if verdict else 0.0


def shown_order(verdict: Verdict | None) -> tuple[int, float]:
    """Within "related only", where there is nothing to be sure of: what comes nearest to support."""
    label = verdict.label if verdict else NOT_VERIFIED
    group = LABELS[label].group
    if verdict is None:
        return GROUP_ORDER[group], 0.0
    return GROUP_ORDER[group], -verdict.probabilities["supported" if group == "related" else label]


def verified_hit(statement: str, passage: Passage, verdict: Verdict | None) -> Hit:
    """Not yet of a search, without a rank."""
    found = [obligation.span for obligation in passage.obligations.all()]
    parties = parties_of(passage)
    explanation = explain_verdict(statement, passage.reading, parties, found, verdict, passage.left_out)
    notices = notices_on_verdict(statement, passage.reading, parties, verdict) if verdict else ()
    fields: dict[str, Any] = {
        "label": verdict.label if verdict else NOT_VERIFIED,
        "probabilities": verdict.probabilities if verdict else {},
        "evidence": [asdict(evidence) for evidence in verdict.evidence] if verdict else [],
        "roles": explanation.roles,
        "reason": explanation.reason,
        "notices": [asdict(notice) for notice in notices],
    }
    return Hit(**cited_fields(passage), **fields)
