"""What the amendments of their contracts, as they are now, say of the clauses of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.contrib.auth.models import User

from contracts.amendments import Amended, amendments_of, changes_to
from search.models import Hit
from search.present import HitView

Amendments = Mapping[int, Sequence[Amended]]  # by contract


def amendments_on(hits: Iterable[Hit], user: User) -> Amendments:
    """Those that the user may see, of contracts that open; the number of queries does not grow with the hits."""
    return amendments_of({hit.open_contract for hit in hits if hit.open_contract}, user)


def amended(hit: Hit | HitView, amendments: Amendments) -> tuple[Amended, ...]:
    return changes_to(hit.number, hit.heading_path, amendments.get(hit.contract_id or 0, ()))
