"""What one provision says stands once: a flagged item of a list is shown under the item that surely supports, and the
conditions of a duty ("shall indemnify, provided that: (a) ...; (b) ...") are one clause, not one each.

"11.1 The Licensor may (a) audit the records; (b) not enter the premises." is cut into clauses by its letters. An item
with a heading of its own is a provision of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contracts.models import Clause, Passage
from search.labels import LABELS
from search.models import Hit
from search.verification import is_close_call

# Before the mark of an item: what is read under it is the duty each time, with another of its conditions.
_CONDITIONS = re.compile(
    r"\b(?:provided(?:\s+(?:always|however))?(?:\s+that)?|on\s+(?:the\s+)?condition\s+that|conditional\s+(?:up)?on"
    r"|(?:if|provided|subject\s+to|under)\s+(?:all\s+(?:of\s+)?)?the\s+following(?:\s+\w+){0,5})\s*,?\s*[:\u2014\u2013-]?\s*"
    r"(?=\(\w{1,4}\)\s)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Place:
    number: str
    heading: str
    parent: int | None

    @property
    def listed_in(self) -> int | None:
        return self.parent if self.number.endswith(")") and not self.heading else None


def fold_items(passages: Sequence[Passage], hits: Sequence[Hit]) -> None:
    """Sets ``under`` of flagged hits and of conditions, not yet stored, each with its passage, by rank."""
    hit_of = {passage.clause.pk: hit for passage, hit in zip(passages, hits, strict=True)}
    conditions = [
        passage.clause.pk
        for passage, hit in zip(passages, hits, strict=True)
        if hit.label == "supported" and _CONDITIONS.search(passage.reading)
    ]
    supporting = [clause for clause, hit in hit_of.items() if _surely_supports(hit)]
    flagged = [clause for clause, hit in hit_of.items() if LABELS[hit.label].group == "flagged"]
    if len(conditions) < 2 and not (supporting and (flagged or conditions)):
        return
    provision_of = _provisions(passage.clause for passage in passages)
    first: dict[int, int] = {}
    for clause in supporting:
        first.setdefault(provision_of[clause], hit_of[clause].rank)
    for clause in flagged:
        hit_of[clause].under = first.get(provision_of[clause])
    for clause in conditions:
        rank = first.setdefault(provision_of[clause], hit_of[clause].rank)
        hit_of[clause].under = rank if rank != hit_of[clause].rank else None


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
