"""How a lawyer cites a hit: "Master Services Agreement (1 May 2024), s 9.1(a), p. 4"."""

from __future__ import annotations

from search.models import Hit


def cite_hit(hit: Hit) -> str:
    date = f" ({hit.contract_date})" if hit.contract_date else ""
    parts = [hit.contract_title + date]
    if hit.number:
        # "Schedule 1" and "Exhibit B" are cited by their own word.
        parts.append(f"s {hit.number}" if hit.number[0].isdigit() else hit.number)
    elif hit.heading_path:
        parts.append(hit.heading_path[-1])
    if hit.page is not None:
        parts.append(f"p. {hit.page}")
    return ", ".join(parts)
