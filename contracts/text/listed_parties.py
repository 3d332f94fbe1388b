"""Parties whom the preamble leaves to a list: "the Funds listed on Schedule A", and that schedule, a name a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.text.legal_forms import has_suffix
from contracts.text.names import name_end
from contracts.text.preamble import Mention, is_name

WHO = (
    r"(?:persons?|part(?:y|ies)|entit(?:y|ies)|(?:investment\s+)?compan(?:y|ies)|corporations?|funds?|trusts?|investors?|(?:share|stock|"
    r"security)?holders?|purchasers?|buyers?|sellers?|lenders?|borrowers?|guarantors?|subsidiar(?:y|ies)|"
    r"individuals?|portfolios?|signator(?:y|ies)|members?|partners?|licensors?|licensees?)"
)
_REFERENCE = re.compile(
    rf"\b{WHO}\b[^.;]{{0,80}}?\b(?:listed|named|identified|set\s+forth|specified|described|appearing)\s+(?:on|in)\s+(?:the\s+)?"
    r"(?:attached\s+)?(?P<list>(?:Schedule|Exhibit|Annex|Appendix)\s+[\dA-Z][\dA-Z.-]{0,3})\b",
    re.I,
)
_LONGEST = 12_000
_NEXT = re.compile(r"^[ \t]*(?:SCHEDULE|EXHIBIT|ANNEX|APPENDIX)\s+[\dA-Z]|^[ \t]*IN\s+WITNESS", re.I | re.M)
_CELL = re.compile(r"(?:^|\||\t|[ \t]{3,}|;)[ \t]*(?:\(?\d{1,3}[.)]\s*|[•*·-]\s*)?(?=[A-Za-z\d])", re.M)
_CLOSED = re.compile(r"[ \t,;.*†\d()]*(?:$|\||\t|[ \t]{3}|,?\s+(?:an?|its|on\s+behalf\s+of)\s)", re.M)


def listed(text: str, searched: int) -> tuple[Mention, ...]:
    """The names of the list to which the first ``searched`` characters refer; none where it holds a single name."""
    reference = _REFERENCE.search(text, 0, searched)
    if not reference:
        return ()
    title = r"\s+".join(map(re.escape, reference["list"].split()))
    for heading in re.finditer(rf"^[ \t]*{title}\b[^\n]{{0,60}}$", text, re.I | re.M):
        if heading.start() < reference.end():
            continue
        after = _NEXT.search(text, heading.end(), heading.end() + _LONGEST)
        end = after.start() if after else min(len(text), heading.end() + _LONGEST)
        found = tuple(_names(text, heading.end(), end))
        if len(found) > 1:
            return found
    return ()


def _names(text: str, start: int, end: int) -> Iterator[Mention]:
    """Cells of the list that are a company's name and nothing else, but for its description."""
    for cell in _CELL.finditer(text, start, end):
        ends = name_end(text, cell.end())
        name = text[cell.end() : ends]
        if has_suffix(name) and "\n" not in name and is_name(name) and _CLOSED.match(text, ends):
            yield Mention(cell.end(), ends, 1, ends)
