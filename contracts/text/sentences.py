"""Where sentences and inline list items end in the prose of contracts."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A full stop after these ends no sentence, unless it is the last thing said.
_ABBREVIATIONS = frozenset(
    "inc co corp ltd llc no nos art sec secs para paras cl sched exh ex fig vol p pp mr mrs ms dr prof st jr sr "  # noqa: SIM905
    "messrs esq hon v vs cf al approx est dept u.s u.s.c u.k e.g i.e a.m p.m c.f.r n.a b.v s.a l.p l.l.c l.l.p "
    "p.l.c n.v s.p.a d.c n.y jan feb mar apr jun jul aug sept sep oct nov dec viz ca bros ave blvd rd fl attn tel "
    "gov gen rev".split()
)
_ALWAYS_INSIDE = frozenset(
    "no nos art sec secs para paras cl mr mrs ms dr e.g i.e v vs cf u.s.c c.f.r prof messrs approx p pp".split()  # noqa: SIM905
)
_STOP = re.compile(r"[.!?][\"\u201d\u2019')\]]*(?=\s)|\n")
_LAST_WORD = re.compile(r"[\w.&]*\w$")
_NAMED_BY_LETTER = re.compile(
    r"(?:Exhibit|Schedule|Annex|Appendix|Attachment|Part|Party|Class|Series) $", re.IGNORECASE
)
_ENUMERATOR = re.compile(r"(?<![\w(])\((?P<mark>[a-z]{1,2}|[ivx]{1,5}|[A-Z]|\d{1,2})\)\s")
FIRST_MARKS = {"a": "b", "i": "ii", "A": "B", "1": "2", "x": "y"}


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of ``text[start:end]``, white space trimmed; a line feed always ends one."""
    begin = start
    for match in _STOP.finditer(text, start, end):
        if match[0] != "\n" and not _ends_sentence(text, begin, match, end):
            continue
        yield from trimmed(text, begin, match.end())
        begin = match.end()
    yield from trimmed(text, begin, end)


def trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without the white space around it; nothing if that leaves nothing to read."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if any(letter.isalnum() for letter in text[start:end]):
        yield start, end


def _ends_sentence(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    after = text[match.end() : min(match.end() + 40, end)].lstrip()
    if not after:
        return True
    if after[0].islower() or after[0] in ",;":
        return False
    if text[match.start()] != ".":
        return True
    word = _LAST_WORD.search(text, max(begin, match.start() - 20), match.start())
    if word is None:
        return True
    last = word[0].lower()
    named = _NAMED_BY_LETTER.search(text, max(begin, word.start() - 14), word.start())
    if len(last) == 1 and word[0].isupper() and named is None:
        return False  # the initial in "John F. Kennedy"
    if last in _ALWAYS_INSIDE:
        return False  # "No. 5"
    if last in _ABBREVIATIONS:  # "Acme Inc. shall" is over the line above; "Acme Inc. The parties" ends one
        return match[0] != "." or bool(re.match(r"(?:The|This|If|Each|Any|No|All|In|Neither|Either|Such|For)\b", after))
    return True


def inline_items(text: str, start: int, end: int) -> list[int]:
    """Where the items of a list within one sentence begin, if there is one: "shall: (a) pay; and (b) report"."""
    marks = list(_ENUMERATOR.finditer(text, start, end))
    for position, first in enumerate(marks):
        expected = FIRST_MARKS.get(first["mark"])
        if expected is None or not text[start : first.start()].rstrip().endswith((":", "\u2014")):
            continue
        starts = [first.start()]
        for match in marks[position + 1 :]:
            separated = re.search(
                r"[;,.](?:\s+(?:and|or|and/or))?\s*$", text[max(start, match.start() - 12) : match.start()]
            )
            if match["mark"] == expected and separated:
                starts.append(match.start())
                expected = _next_mark(expected)
        return starts if len(starts) > 1 else []
    return []


def _next_mark(mark: str) -> str:
    numerals = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"]
    if mark in numerals and mark != "x" and len(mark) + (mark == "v") > 1:
        return numerals[numerals.index(mark) + 1] if mark != "xv" else ""
    return str(int(mark) + 1) if mark.isdigit() else chr(ord(mark[0]) + 1)
