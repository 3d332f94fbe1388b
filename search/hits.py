"""Hits made of verdicts: what each keeps of its own, and what only among the others of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from contracts.models import Passage
from contracts.text.types import ObligationSpan
from search.citation import cited_fields
from search.explain import explain_verdict
from search.labels import GROUP_ORDER, label_of
from search.models import Hit
from search.notices import notices_on_verdict
from search.provisions import fold_items
from search.stability import mark_stability
from search.verification import parties_of
from verifier.types import Pair, Verdict


def verified_hit(statement: str, passage: Passage, verdict: Verdict | None, similarity: float | None = None) -> Hit:
    """Not yet of a search, without a rank. ``similarity``: the cosine; None where no vector recalled the passage."""
    pair = Pair(statement, passage.reading, parties_of(passage))
    found = [obligation.span for obligation in passage.obligations.all()]
    fields = cited_fields(passage) | verdict_fields(pair, found, verdict, passage.left_out)
    return Hit(similarity=similarity, **fields)


def verdict_fields(
    pair: Pair, found: Sequence[ObligationSpan], verdict: Verdict | None, left_out: Sequence[int] | None
) -> dict[str, Any]:
    """What a hit keeps, and programs are told, of a verdict. ``found``, ``left_out``: as in ``explain_verdict``."""
    explanation = explain_verdict(pair.query, pair.clause, pair.parties, found, verdict, left_out)
    notices = notices_on_verdict(pair.query, pair.clause, pair.parties, verdict, found) if verdict else ()
    return {
        "label": label_of(verdict),
        "probabilities": verdict.probabilities if verdict else {},
        "evidence": [asdict(evidence) for evidence in verdict.evidence] if verdict else [],
        "roles": explanation.roles,
        "reason": explanation.reason,
        "reason_code": explanation.code,
        "notices": [asdict(notice) for notice in notices],
    }


def ranked(hits: Iterable[Hit]) -> list[Hit]:
    """Numbered from 1, in the order given."""
    numbered = list(hits)
    for rank, hit in enumerate(numbered, start=1):
        hit.rank = rank
    return numbered


def answer_hits(statement: str, passages: Sequence[Passage], hits: Iterable[Hit]) -> list[Hit]:
    """Given the best first, each with its passage; by group, with what each is only among the others."""
    read = sorted(zip(passages, hits, strict=True), key=lambda one: GROUP_ORDER[one[1].shown.group])
    numbered = ranked(hit for _, hit in read)
    mark_stability(statement, [passage for passage, _ in read], numbered)
    fold_items([passage for passage, _ in read], numbered)
    return numbered
