"""What stands beside a recalled passage, read before its clause is called a near miss.

"Licensor may audit Licensee's records. Licensee may audit Licensor's records." is one clause of two passages, and
recall may bring the one that binds the other party alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q

from contracts.models import Passage
from search.candidates import Candidate
from search.recall import HEADING

REACH = 2  # passages before and after
MOST = 50  # of one search, those beside the surest near misses first


def beside_near_misses(candidates: Sequence[Candidate]) -> list[int]:
    """Passages, by their keys, that are to be read: of clauses that are flagged, and of which no passage supports."""
    flagged = _flagged_alone(candidates)
    left = MOST - sum(candidate.beside for candidate in candidates)
    if not flagged or left <= 0:
        return []
    near = Q()
    for passage in flagged:
        near |= Q(contract=passage.contract_id, position__range=(passage.position - REACH, passage.position + REACH))
    known = [candidate.recalled.passage.pk for candidate in candidates]
    rows = Passage.objects.filter(near).exclude(pk__in=known).exclude(kind=HEADING).order_by("position")
    of_contract = defaultdict(list)
    for row in rows.values_list("contract", "position", "pk", "clause", "clause__parent"):
        of_contract[row[0]].append(row[1:])
    found = [
        pk
        for passage in flagged
        for position, pk, clause, parent in of_contract[passage.contract_id]
        if abs(position - passage.position) <= REACH and _stands_with(passage, clause, parent)
    ]
    return list(dict.fromkeys(found))[:left]


def _flagged_alone(candidates: Sequence[Candidate]) -> list[Passage]:
    """Surest first."""
    supported = {one.recalled.passage.clause_id for one in candidates if one.group == "supported"}
    flagged = [one for one in candidates if one.group == "flagged" and not one.beside]
    flagged.sort(key=lambda one: -one.strength)
    return [one.recalled.passage for one in flagged if one.recalled.passage.clause_id not in supported]


def _stands_with(passage: Passage, clause: int, parent: int | None) -> bool:
    """In the same clause; for an item of a list also in the clause that it is listed in, or in another item of it."""
    listed_in = passage.clause.parent_id if passage.clause.number.endswith(")") else None
    return clause == passage.clause_id or (listed_in is not None and listed_in in (clause, parent))
