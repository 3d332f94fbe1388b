"""The order of the clauses within each section of an answer, where another is chosen than the best first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contracts.models import Contract
from search.filters import contract_day
from search.models import Hit
from search.present import HitView

BEST_FIRST = "relevance"
SORTS = {BEST_FIRST: "Relevance", "date": "Date of the contract", "contract": "Contract"}


def in_order(
    clauses: Sequence[HitView], sort: str, stored: Sequence[Hit], contracts: Mapping[int, Contract]
) -> list[HitView]:
    """By date: the newest contract first, those without a day last. By contract: by title, as each is read."""
    if sort == "date":
        days = {pk: contract_day(one.agreement_date, one.effective_date) for pk, one in contracts.items()}
        days_of = {hit.rank: days.get(hit.contract_id or 0) for hit in clauses}
        return sorted(clauses, key=lambda hit: -day.toordinal() if (day := days_of[hit.rank]) else 0)
    if sort == "contract":
        starts = {hit.rank: hit.start for hit in stored}
        return sorted(clauses, key=lambda hit: (hit.contract_title.casefold(), hit.contract_id or 0, starts[hit.rank]))
    return list(clauses)
