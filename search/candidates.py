"""Passages with their verdicts: which of them speaks for its clause, and in which order clauses are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from search.labels import GROUP_ORDER, LABELS, GroupKey, label_of
from search.recall import RecalledPassage
from search.verification import is_close_call
from verifier.types import Verdict

# Which passage speaks for its clause. An unread passage outweighs "related only": the clause was not fully read.
DECIDES: dict[GroupKey, int] = {"supported": 0, "flagged": 1, "not_verified": 2, "related": 3}


@dataclass(frozen=True, slots=True)
class Candidate:
    recalled: RecalledPassage
    verdict: Verdict | None

    @property
    def label(self) -> str:
        return label_of(self.verdict)

    @property
    def group(self) -> GroupKey:
        return LABELS[self.label].group

    @property
    def beside(self) -> bool:
        """Not recalled itself: it stands beside one that was (search/beside.py)."""
        return self.recalled.similarity is None

    @property
    def counts(self) -> bool:
        """What was not recalled is too far off for a close call: of the sample questions nearly all were wrong."""
        return not self.beside or (self.group == "supported" and not is_close_call(self.label, self.strength))

    @property
    def strength(self) -> float:
        """Within its group: how sure the verdict is; where there is none to be sure of, how near."""
        if self.verdict is None or self.group == "related":
            return self.recalled.similarity or 0.0
        return self.verdict.probabilities[self.label]


def best_per_clause(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate per clause, the one that decides, in the order shown. What was not recalled can only support."""
    counted = (one for one in candidates if one.counts)
    best: dict[int, Candidate] = {}
    for candidate in sorted(counted, key=lambda one: (DECIDES[one.group], -one.strength)):
        best.setdefault(candidate.recalled.passage.clause_id, candidate)
    return sorted(best.values(), key=lambda one: (GROUP_ORDER[one.group], -one.strength))


def decides(verdict: Verdict | None) -> tuple[int, float]:
    """Where no similarity is known: the least of these over the passages of a clause speaks for it."""
    label = label_of(verdict)
    return DECIDES[LABELS[label].group], -verdict.probabilities[label] if verdict else 0.0


def shown_order(verdict: Verdict | None) -> tuple[int, float]:
    """Within "related only", where there is nothing to be sure of: what comes nearest to support."""
    label = label_of(verdict)
    group = LABELS[label].group
    if verdict is None:
        return GROUP_ORDER[group], 0.0
    return GROUP_ORDER[group], -verdict.probabilities["supported" if group == "related" else label]
