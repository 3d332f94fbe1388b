"""Which clauses of a contract its amendments change, and where they say so.

Told by the words of the amendments in its family as they are read now, so nothing is stored that could be outdated.
What an amendment changes in another amendment is not told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from contracts.models import Clause, Contract, Passage
from contracts.text.amended_sections import changed_sections, covers
from contracts.text.clause_place import clause_place, schedule_of

SAID = {
    "restated": "Restated by",
    "replaced": "Replaced by",
    "deleted": "Deleted by",
    "amended": "Amended by",
    "overridden": "Overridden in part by",
}
_DEEP = 3  # amendments of amendments of amendments; each level is a query
_MOST = 5000  # sentences that name a section, of all amendments asked for
_NAMES_SECTION = r"(section|clause|article|paragraph|§)s?\s*[0-9IVX]"


@dataclass(frozen=True, slots=True)
class Amended:
    """What one clause of an amendment does to a section of its parent."""

    section: str  # of the parent; "" for the whole of it
    said: str  # "Replaced by"
    contract_id: int  # of the amendment
    title: str
    clause_id: int | None
    place: str  # "s 2.1"; "" where the clause has no number

    @property
    def citation(self) -> str:
        return f"{self.title}, {self.place}" if self.place else self.title

    @property
    def anchor(self) -> str:
        return f"#c-{self.clause_id}" if self.clause_id else ""


def amendments_of(
    contracts: Collection[int], user: AbstractBaseUser | AnonymousUser
) -> Mapping[int, Sequence[Amended]]:
    """By contract, from amendments that the user may see. The number of queries does not grow with the contracts."""
    amends: dict[int, int] = {}  # an amendment, and the agreement at the top
    found: dict[int, list[Amended]] = defaultdict(list)
    titles: dict[int, str] = {}
    level = {pk: pk for pk in contracts}
    there = Contract.objects.visible_to(user).read().filter(current=True).order_by("received_at", "pk")
    for deep in range(_DEEP):
        if not level:
            break
        rows = there.filter(parent__in=level, relation__in=(Contract.Relation.AMENDMENT, Contract.Relation.RESTATEMENT))
        if not deep:
            rows = rows.exclude(parent__relation=Contract.Relation.AMENDMENT)
        below: dict[int, int] = {}
        for one in rows.only("pk", "title", "file_name", "parent", "relation"):
            top = level[one.parent_id or 0]
            titles[one.pk] = str(one)
            if one.relation == Contract.Relation.RESTATEMENT:
                found[top].append(Amended("", SAID["restated"], one.pk, str(one), None, ""))
            elif one.pk not in amends:
                below[one.pk] = amends[one.pk] = top
        level = below
    for amended in _changes(amends, titles):
        found[amends[amended.contract_id]].append(amended)
    return found


def _changes(amends: Collection[int], titles: Mapping[int, str]) -> Iterable[Amended]:
    if not amends:
        return
    said = Passage.objects.filter(contract__in=amends, reading__iregex=_NAMES_SECTION).order_by("contract", "position")
    done = set()
    rows = said.values_list("contract", "clause", "clause__number", "clause__heading_path", "reading")
    for contract, clause, number, heading_path, reading in rows[:_MOST]:
        place = clause_place(number, heading_path)
        for one in changed_sections(reading):
            amended = Amended(one.section, SAID[one.change], contract, titles[contract], clause, place)
            if amended not in done:
                done.add(amended)
                yield amended


def changes_to(number: str, heading_path: Sequence[str], amendments: Sequence[Amended]) -> tuple[Amended, ...]:
    """Of the amendments of its contract, those that change the clause or what it stands under."""
    in_body = not schedule_of(heading_path)  # a schedule has numbers of its own
    return tuple(one for one in amendments if not one.section or (in_body and covers(one.section, number)))


def changes_in(clauses: Sequence[Clause], amendments: Sequence[Amended]) -> Mapping[int, tuple[Amended, ...]]:
    """By clause of one contract, each change at the first clause that it is said of and not again under it."""
    all_of: dict[int, tuple[Amended, ...]] = {}
    shown = {}
    for clause in clauses if amendments else ():
        sections = [one for one in amendments if one.section]
        all_of[clause.pk] = here = changes_to(clause.number, clause.heading_path, sections)
        if first := tuple(one for one in here if one not in all_of.get(clause.parent_id or 0, ())):
            shown[clause.pk] = first
    return shown
