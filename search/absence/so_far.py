"""What a check has found that has not ended: from the contracts that it has read to their ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import prefetch_related_objects

from contracts.models import Contract, Passage
from search.hits import ranked, verified_hit
from search.labels import LABELS, NOT_VERIFIED
from search.models import AbsenceCheck, Hit
from search.notices import DOUBTING, notices_on_verdict
from search.present import HitView, present_hit
from search.recall import load_recalled
from search.verification import is_close_call, parties_of, restored_verdict, stored_verdict
from verifier.types import Verdict

SHOWN = 20  # clauses that say it, the surest


@dataclass(frozen=True, slots=True)
class SoFar:
    contracts: int  # read to their ends, and open to the user now
    of: int
    supported: int  # clauses
    close_calls: int  # among these
    near_misses: int
    silent: int  # contracts in which no clause was found that says it, and none could not be read
    hits: tuple[HitView, ...]  # the surest that say it

    @property
    def left(self) -> int:
        return self.of - self.contracts


def kept_verdict(statement: str, passage: Passage, verdict: Verdict | None) -> dict[str, Any]:
    """As a part holds it: enough to say what it comes to, and to load the rest."""
    found = [one.span for one in passage.obligations.all()] if verdict and verdict.label == "supported" else []
    doubts = notices_on_verdict(statement, passage.reading, parties_of(passage), verdict, found) if verdict else ()
    clause = passage.clause
    return {
        "passage": passage.pk,
        "verdict": stored_verdict(verdict),
        "doubted": [notice.code for notice in doubts if notice.code in DOUBTING],
        "cited": {"number": clause.number, "heading_path": clause.heading_path, "page": clause.page},
    }


def plain_hits(contract: Contract, kept: Iterable[Mapping[str, Any]]) -> list[Hit]:
    """Not stored, and without the words: what a cell of a grid asks for."""
    date = contract.agreement_date or contract.effective_date
    return [
        Hit(
            contract_title=str(contract),
            contract_date=date,
            label=_label(one),
            probabilities=one["verdict"]["probabilities"] if one["verdict"] else {},
            notices=[{"code": code} for code in one.get("doubted", ())],
            **one.get("cited", {}),
        )
        for one in kept
    ]


def so_far(check: AbsenceCheck, user: User) -> SoFar:
    """In a number of queries that does not grow with what was found."""
    visible = Contract.objects.visible_to(user)
    parts = list(check.parts.filter(contract__in=visible))
    kept = [one for part in parts for one in part.kept]
    supported = [one for one in kept if _label(one) == "supported"]
    supported.sort(key=lambda one: -_probability(one))
    says = ("supported", NOT_VERIFIED)
    return SoFar(
        contracts=len(parts),
        of=len(check.contracts),
        supported=len(supported),
        close_calls=sum(is_close_call("supported", _probability(one)) for one in supported),
        near_misses=sum(LABELS[_label(one)].group == "flagged" for one in kept),
        silent=sum(not any(_label(one) in says for one in part.kept) for part in parts),
        hits=shown_hits(check.statement, supported[:SHOWN]),
    )


def shown_hits(statement: str, kept: Sequence[Mapping[str, Any]]) -> tuple[HitView, ...]:
    """In their order; what was read into clauses anew since is left out."""
    verdicts = {one["passage"]: restored_verdict(one["verdict"]) for one in kept}
    passages = [one.passage for one in load_recalled([(pk, None) for pk in verdicts])]
    prefetch_related_objects(passages, "obligations")
    hits = ranked(verified_hit(statement, passage, verdicts[passage.pk]) for passage in passages)
    return tuple(present_hit(hit) for hit in hits)


def _label(kept: Mapping[str, Any]) -> str:
    return kept["verdict"]["label"] if kept["verdict"] else NOT_VERIFIED


def _probability(kept: Mapping[str, Any]) -> float:
    probability: float = kept["verdict"]["probabilities"][kept["verdict"]["label"]]
    return probability
