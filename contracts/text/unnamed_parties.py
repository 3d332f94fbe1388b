"""A party that the preamble leaves open: "and the party executing below (“Licensee”)". Its name stands further down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.text.legal_forms import has_suffix
from contracts.text.names import name_end
from contracts.text.preamble import Mention, is_name
from contracts.text.roles import role_of

_LEFT_OPEN = re.compile(
    r"\band\s+(?:the\s+)?(?P<who>[A-Za-z]+)\s+(?:(?:as|whose\s+name\s+is)\s+)?"
    r"(?:identified|named|executing|signing|defined|specified|described)\s+"
    r"(?:below|herein|(?:in|on)\s+(?:the\s+)?(?:attached\s+)?(?:signature\s+page|cover\s+page|(?:Exhibit|Schedule)\s+[A-Z\d]))"
    r"[^()\"“.;]{0,40}(?:\((?:the\s+)?[\"“](?P<term>[A-Z][\w ]{2,30})[\"”]\s*\))?",
    re.I,
)
# ", an Ohio corporation (the “Company”), of 12 Mill Road, and [____] (the “Executive”)": a form
_BLANK = re.compile(
    r"[^.;\[\]_]{0,240}[\"”]\s*\)[^;()\[\]_\"“]{0,160}?\s+and\s+(?:\[[_\s●•]{0,60}\]|\[(?i:[a-z’'\s]{0,30}\bname\b[a-z’'\s]{0,30})\]|_{3,80}|<{1,2}[^<>\n]{3,60}>)[^()\"“.;]{0,120}\([^()\"“.;]{0,50}[\"“]"
)
_ANYBODY = frozenset(("party", "person", "entity", "company", "individual", "organization"))
_CELL_ENDS = re.compile(r"[ \t.,]*(?:[\n|(]|$)")
# "TARN MILLS | MOOR, INC.", then perhaps "COMPANY", then "By: ... | By: ..."
_TWO_SIGN = re.compile(
    r"^(?P<row>[^\n]{3,160}\|[^\n]{3,160})\n(?:[^\n|]{1,60}\n)?[ \t]*By\b[^\n]{0,160}\|[ \t]*By\b", re.I | re.M
)
_CELL = re.compile(r"[^|\s][^|\n]*")


def left_open(text: str, searched: int) -> tuple[int, str] | None:
    """Where the preamble leaves a party open, and its term."""
    for found in _LEFT_OPEN.finditer(text, 0, searched):
        if role_of(found["who"]) or (found["term"] and found["who"].lower() in _ANYBODY):
            return found.start(), found["term"] or found["who"]
    return None


def is_blank_after(text: str, end: int) -> bool:
    """Whether the preamble of a form leaves a blank for the other party after the first one's term."""
    return _BLANK.match(text, end) is not None


def filled_in(text: str, offset: int, term: str) -> Iterator[Mention]:
    """Names after the label of that term; then who sign in two columns, in whatever order."""
    label = re.compile(rf"(?<!\w){re.escape(term)}[ \t]*:[ \t|]*(?=\w)", re.I)
    for place in label.finditer(text, offset):
        end = name_end(text, place.end())
        name = text[place.end() : end]
        if name and "\n" not in name and is_name(name) and _CELL_ENDS.match(text, end):
            yield Mention(place.end(), end, 1, end)
    for signed in _TWO_SIGN.finditer(text, offset):
        for cell in _CELL.finditer(text, *signed.span("row")):
            end = name_end(text, cell.start())
            if has_suffix(text[cell.start() : end]) and is_name(text[cell.start() : end]):
                yield Mention(cell.start(), end, 2, end)
