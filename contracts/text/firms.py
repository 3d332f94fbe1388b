"""Firms beside whom a preamble names a person: a director who acts for one, the founders of one yet to be formed."""

from __future__ import annotations

import re

from contracts.text.names import name_end

# "Ada Stone, director of Tarn Mills (hereinafter “Client”)"
_OFFICE_OF = re.compile(
    r",\s+(?:the\s+)?(?:[a-z]+\s+)?(?:director|president|CEO|chief\s+executive\s+officer|manager)\s+of\s+(?:the\s+)?(?=[A-Z])",
    re.I,
)
_TERM_OF_FIRM = re.compile(
    r"\s*\((?:hereinafter\s[^()\"“]{0,30})?(?:the\s+)?[\"“](?:Company|Corporation|Bank|Client|Customer|Supplier|Distributor|"
    r"Licens(?:ee|or))[\"”]",
    re.I,
)
# "a company to be formed by Ada Stone and Ben Hale": these are no parties, but that company is
FORMED_BY = re.compile(r"\bto\s+be\s+(?:formed|incorporated|organi[sz]ed)\s+by\s[^;()\"“]{0,120}$")
TO_BE_FORMED = re.compile(r"(?<!\w)An?\s+(?=(?:[A-Z]\w+\s+){1,5}to\s+be\s+(?:formed|incorporated|organi[sz]ed)\b)")


def firm_of(text: str, end: int) -> tuple[int, int] | None:
    """The firm for which the person named before acts, where the term after it is that of a firm."""
    office = _OFFICE_OF.match(text, end)
    ends = name_end(text, office.end()) if office else end
    return (office.end(), ends) if office and office.end() < ends and _TERM_OF_FIRM.match(text, ends) else None
