"""What one provision says stands once: a flagged item of a list is shown under the item that surely supports.

"11.1 The Licensor may (a) audit the records; (b) not enter the premises." is cut into clauses by its letters. An item
with a heading of its own is a provision of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contracts.models import Clause, Passage
from search.labels import LABELS
from search.models import Hit
from search.verification import is_close_call


@dataclass(frozen=True, slots=True)
class _Place:
    number: str
    heading: str
    parent: int | None

    @property
    def listed_in(self) -> int | None:
        return self.parent if self.number.endswith(")") and not self.heading else None


def fold_items(passages: Sequence[Passage], hits: Sequence[Hit]) -> None:
    """Sets ``under`` of flagged hits not yet stored, each with its passage, by rank."""
    hit_of = {passage.clause.pk: hit for passage, hit in zip(passages, hits, strict=True)}
    supporting = [clause for clause, hit in hit_of.items() if _surely_supports(hit)]
    flagged = [clause for clause, hit in hit_of.items() if LABELS[hit.label].group == "flagged"]
    if not supporting or not flagged:
        return
    provision_of = _provisions(passage.clause for passage in passages)
    first: dict[int, int] = {}
    for clause in supporting:
        first.setdefault(provision_of[clause], hit_of[clause].rank)
    for clause in flagged:
        hit_of[clause].under = first.get(provision_of[clause])


def _surely_supports(hit: Hit) -> bool:
    return hit.label == "supported" and not is_close_call(hit.label, hit.probabilities[hit.label])


def _provisions(clauses: Iterable[Clause]) -> dict[int, int]:
    """Of each clause the one whose list it is in, also over several steps; itself where it is no item."""
    places = {one.pk: _Place(one.number, one.heading, one.parent_id) for one in clauses}
    wanted = list(places)
    while above := {place.listed_in for place in places.values() if place.listed_in} - places.keys():
        rows = Clause.objects.filter(pk__in=above).values_list("pk", "number", "heading", "parent")
        places |= {pk: _Place(number, heading, parent) for pk, number, heading, parent in rows}
    return {pk: _top(pk, places) for pk in wanted}


def _top(pk: int, places: dict[int, _Place]) -> int:
    while (above := places[pk].listed_in) and places[above].number:
        pk = above
    return pk
