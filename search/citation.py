"""How a lawyer cites a hit: "Master Services Agreement (1 May 2024), s 9.1(a), p. 4"."""

from __future__ import annotations

from typing import Any

from contracts.models import Passage
from contracts.text.said_date import said_date
from search.models import Hit


def cite_hit(hit: Hit) -> str:
    date = f" ({said})" if (said := said_date(hit.contract_date)) else ""
    return ", ".join(filter(None, (hit.contract_title + date, cite_place(hit))))


def cite_place(hit: Hit) -> str:
    """Within its contract: "s 9.1(a), p. 4"."""
    parts = []
    if hit.number:
        # "Schedule 1" and "Exhibit B" are cited by their own word.
        parts.append(f"s {hit.number}" if hit.number[0].isdigit() else hit.number)
    elif hit.heading_path:
        parts.append(hit.heading_path[-1])
    if hit.page is not None:
        parts.append(f"p. {hit.page}")
    return ", ".join(parts)


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
        "start": passage.start,
        "end": passage.end,
    }
