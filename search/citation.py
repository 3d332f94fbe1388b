"""How a lawyer cites a hit: "Master Services Agreement (1 May 2024), s 9.1(a), p. 4"."""

from __future__ import annotations

from typing import Any

from contracts.models import Passage
from contracts.text.clause_place import clause_place
from contracts.text.said_date import said_date
from search.models import Hit


def cite_hit(hit: Hit) -> str:
    date = f" ({said})" if (said := said_date(hit.contract_date)) else ""
    return ", ".join(filter(None, (hit.contract_title + date, cite_place(hit))))


def cite_place(hit: Hit) -> str:
    """Within its contract: "s 9.1(a), p. 4"."""
    return ", ".join(filter(None, (cite_clause(hit), "" if hit.page is None else f"p. {hit.page}")))


def cite_clause(hit: Hit) -> str:
    """ "s 9.1(a)", "Annex A, s 3.1"; its heading where it has no number, "" where it has neither."""
    return clause_place(hit.number, hit.heading_path) or (str(hit.heading_path[-1]) if hit.heading_path else "")


def cited_fields(passage: Passage) -> dict[str, Any]:
    """What a hit copies of the passage it shows, so that its text and citation never change."""
    return {
        "matter_id": passage.contract.matter_id,
        "contract": passage.contract,
        "clause": passage.clause,
        "contract_title": str(passage.contract),
        "contract_date": passage.contract.agreement_date or passage.contract.effective_date,
        "number": passage.clause.number,
        "heading_path": passage.clause.heading_path,
        "page": passage.clause.page,
        "text": passage.reading,
        "left_out": passage.left_out,
        "of_clause": passage.of_clause,
        "start": passage.start,
        "end": passage.end,
    }
