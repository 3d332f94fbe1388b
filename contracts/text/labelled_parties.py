"""Parties named after a label, as forms and translated contracts have them: "Lender: Tarn Bank plc", "Party A: ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.text.names import has_suffix, name_end
from contracts.text.preamble import Mention, is_name
from contracts.text.roles import role_of

_SEARCHED = 10_000
_LABEL = re.compile(
    r"(?<![\w\"“])(?:(?P<party>Party\s+(?:[A-D1-4]|One|Two|Three))|(?P<role>[A-Z][A-Za-z]+(?:[ -][A-Z][a-z]+)?))"
    r"(?P<named>:?\s+(?:Full\s+)?(?:Legal\s+)?Name)?\s*"
    r"(?:\((?:(?:hereinafter|hereafter)\s+)?(?:the\s+)?[\"“]?(?P<term>[A-Z][\w ]{2,25})[\"”]?\)\s*)?"
    r"(?::[ \t]*(?:\|[ \t]*|\n)?|[ \t]\|[ \t])(?=[\w(])"
)


def labelled(text: str) -> Iterator[tuple[Mention, str]]:
    """Each name with its term: the role in brackets, else the label itself."""
    for match in _LABEL.finditer(text, 0, _SEARCHED):
        label = match["party"] or match["role"]
        if not match["party"] and not role_of(label):
            continue
        start, end = match.end(), name_end(text, match.end())
        end = _without_next_label(text, start, end) if match["named"] else end
        name = text[start:end]
        proper = has_suffix(name) or ((match["party"] or match["named"]) and len(name.split()) > 1)
        if proper and is_name(name):
            yield Mention(start, end, 2, end), match["term"] or " ".join(label.split())


def _without_next_label(text: str, start: int, end: int) -> int:
    """ "Sponsor: Name: Moor Grill Phone: 760" ends before "Phone"."""
    last = text.rfind(" ", start, end)
    return last if last > start and text.startswith(":", end) else end
