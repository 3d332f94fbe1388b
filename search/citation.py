"""How a lawyer cites a hit: "Master Services Agreement (1 May 2024), s 9.1(a), p. 4"."""

from __future__ import annotations

import re
from typing import Any

from contracts.models import Passage
from contracts.text.said_date import said_date
from search.models import Hit

_SCHEDULE = re.compile(
    r"(?:schedule|annex|annexure|appendix|exhibit|attachment)\b"
    r"(?:\s+(?:no\.?\s*)?(?-i:\d{1,3}|[A-Z]|[IVX]{1,4})(?:[.-]\d+)*\b)?",
    re.I,
)


def cite_hit(hit: Hit) -> str:
    date = f" ({said})" if (said := said_date(hit.contract_date)) else ""
    return ", ".join(filter(None, (hit.contract_title + date, cite_place(hit))))


def cite_place(hit: Hit) -> str:
    """Within its contract: "s 9.1(a), p. 4"."""
    return ", ".join(filter(None, (cite_clause(hit), "" if hit.page is None else f"p. {hit.page}")))


def cite_clause(hit: Hit) -> str:
    """ "s 9.1(a)"; "Annex A, s 3.1", as an annex counts anew; "" where it has neither number nor heading.

    "Schedule 1" itself is cited by its own word.
    """
    if not hit.number:
        return str(hit.heading_path[-1]) if hit.heading_path else ""
    if not hit.number[0].isdigit():
        return str(hit.number)
    within = _SCHEDULE.match(hit.heading_path[0]) if hit.heading_path else None
    return f"{within[0]}, s {hit.number}" if within else f"s {hit.number}"


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
