"""How many of a list of questions with expected verdicts come out as expected, over contracts as they are stored."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import User

from contracts.models import Clause, Contract, Passage
from search.candidates import DECIDES, Candidate
from search.labels import LABELS
from search.recall import RecalledPassage
from search.search import search_clauses
from search.verification import verify_passages


@dataclass(frozen=True, slots=True)
class Expectation:
    query: str
    contract: str  # stem of the file name
    clause: str  # number as cited
    label: str


@dataclass(frozen=True, slots=True)
class Outcome:
    expected: Expectation
    label: str  # the clause's verdict
    group: str  # under whose heading it is shown
    recalled: bool  # whether a search over everything the user may see brought the clause

    @property
    def right(self) -> bool:
        return self.label == self.expected.label

    @property
    def right_group(self) -> bool:
        """Shown under the right heading: supported, near miss, or related only."""
        return self.group == LABELS[self.expected.label].group


def read_expectations(path: Path) -> list[Expectation]:
    rows = json.loads(path.read_text())
    return [Expectation(row["query"], row["contract"], row["clause"], row["label"]) for row in rows]


def measure_questions(expectations: Sequence[Expectation], user: User) -> list[Outcome]:
    """Raises LookupError naming a contract or clause that is not there."""
    outcomes = []
    searches = {query: search_clauses(query, user) for query in dict.fromkeys(e.query for e in expectations)}
    for expected in expectations:
        clause = find_clause(expected, user)
        hit = searches[expected.query].hits.filter(clause=clause).first()
        label = hit.label if hit else read_clause(expected.query, clause)
        group = hit.shown.group if hit else LABELS[label].group
        outcomes.append(Outcome(expected, label, group, recalled=hit is not None))
    return outcomes


def find_clause(expected: Expectation, user: User) -> Clause:
    """The first of that number, schedules left aside. Raises LookupError."""
    contract = Contract.objects.visible_to(user).filter(file_name__startswith=f"{expected.contract}.").first()
    if contract is None:
        raise LookupError(f"No contract {expected.contract} that {user} may see. Load fixtures/agreements first.")
    clauses = contract.clauses.filter(number=expected.clause).exclude(kind="schedule").order_by("position")
    clause = clauses.first()
    if clause is None:
        raise LookupError(f"{expected.contract} has no clause {expected.clause}.")
    return clause


def read_clause(query: str, clause: Clause) -> str:
    """The verdict on a clause that recall did not bring: every passage is read; the same rule says which decides."""
    passages = list(
        Passage.objects.filter(clause=clause).select_related("contract").prefetch_related("contract__parties")
    )
    verdicts = verify_passages(query, passages)
    candidates = [Candidate(RecalledPassage(p, 0.0), v) for p, v in zip(passages, verdicts, strict=True)]
    if not candidates:
        return "unrelated"
    return min(candidates, key=lambda one: (DECIDES[one.group], -one.strength)).label
