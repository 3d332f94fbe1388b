"""The relations that a relationships.csv states, row by row: a wrong row stops none of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User

from contracts.families import NotRelated, find_contract, relate
from contracts.models import Contract, Matter
from contracts.sheets import RELATIONSHIP_COLUMNS, RELATIONSHIPS, Relationship


@dataclass(frozen=True, slots=True)
class RelatedRow:
    file: str
    contract: Contract | None  # None: the row was not taken
    told: str  # what was kept; or which row is wrong, why, and what to do


def relate_rows(
    matter: Matter, rows: Iterable[Relationship], here: Mapping[str, int], user: User | None
) -> Iterator[RelatedRow]:
    """``here``: the contracts of the archive's own files, by path."""
    first: dict[int, int] = {}  # contract to the line that gave it its parent
    for row in rows:
        try:
            yield _relate_row(matter, row, here, first, user)
        except NotRelated as error:
            told = f"line {row.line} of {RELATIONSHIPS} was not taken; the files were. {error}"
            yield RelatedRow(row.file or RELATIONSHIPS, None, told)


def _relate_row(
    matter: Matter, row: Relationship, here: Mapping[str, int], first: dict[int, int], user: User | None
) -> RelatedRow:
    empty = [column for column in RELATIONSHIP_COLUMNS if not getattr(row, column)]
    if empty:
        raise NotRelated(f"It has no {empty[0]}. Fill in {', '.join(RELATIONSHIP_COLUMNS)}.")
    contract, parent = (_named(matter, name, here) for name in (row.file, row.parent))
    if contract.pk in first:
        raise NotRelated(f"Line {first[contract.pk]} says already what {row.file} belongs to. Keep one of the two.")
    relate(contract, parent, row.relation, user)
    first[contract.pk] = row.line
    label = Contract.Relation(row.relation).label
    return RelatedRow(row.file, contract, f"{label.lower()} {row.parent}")


def _named(matter: Matter, name: str, here: Mapping[str, int]) -> Contract:
    if name in here:
        return Contract.objects.only("pk", "matter", "file_name", "title").get(pk=here[name])
    return find_contract(matter, name)
