"""Where a clause stands, as a lawyer cites it: "s 9.1(a)"; "Annex A, s 3.1", as an annex counts anew."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SCHEDULE = re.compile(
    r"(?:schedule|annex|annexure|appendix|exhibit|attachment)\b"
    r"(?:\s+(?:no\.?\s*)?(?-i:\d{1,3}|[A-Z]|[IVX]{1,4})(?:[.-]\d+)*\b)?",
    re.I,
)


def schedule_of(heading_path: Sequence[str]) -> str:
    """ "Annex A" of what stands in "Annex A - Specification"; "" in the body of the contract."""
    found = _SCHEDULE.match(heading_path[0]) if heading_path else None
    return found[0] if found else ""


def clause_place(number: str, heading_path: Sequence[str]) -> str:
    """ "" of a clause without number. "Schedule 1" itself is cited by its own word."""
    if not number[:1].isdigit():
        return number
    return ", ".join(filter(None, (schedule_of(heading_path), f"s {number}")))
