"""Footnotes of a printed page: out of the run of the text, and kept with the words that refer to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from contracts.text.paragraphs import HYPHENS, footnote
from contracts.text.printed import Row

RAISED = ("\ufdd0", "\ufdd1")  # around small raised figures; these code points are never text
_RAISED = re.compile(f"{RAISED[0]}(.*?){RAISED[1]}")
_OPENS = re.compile(rf"(?:{RAISED[0]}(?P<raised>.*?){RAISED[1]}|(?P<plain>\d{{1,3}}|[*\u2020\u2021])(?= )) ?")
SMALLER = 0.95  # than the body


def keep_notes(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Each page without its notes, which hang on the rows that refer to them. What is no note stays where it stands."""
    sizes = Counter[float]()
    for row in (row for rows in pages for row in rows):
        sizes[row.size] += len(row.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    return [_keep_notes(rows, body) for rows in pages]


def _keep_notes(rows: Sequence[Row], body: float) -> list[Row]:
    referred = {mark for row in rows for mark in _marks(row)}
    notes: dict[str, list[Row]] = {}
    kept: list[Row] = []
    current = ""
    for row in rows:
        small = 0 < row.size < SMALLER * body
        opens = _OPENS.match(row.text) if small else None
        mark = (opens["raised"] or opens["plain"]) if opens else ""
        if mark in referred and mark not in notes and opens:
            current = mark
            notes[mark] = [replace(row, text=row.text[opens.end() :])]
        elif current and small and not row.turned:
            notes[current].append(row)
        else:
            current = ""
            kept.append(row)
    texts = {mark: footnote(mark, _joined(found)) for mark, found in notes.items()}
    return [_with_notes(row, texts) for row in kept]


def _marks(row: Row) -> Iterable[str]:
    """The raised figures within the row; one that opens it may be a note's own."""
    return (found[1] for found in _RAISED.finditer(row.text) if found.start() > 0)


def _with_notes(row: Row, texts: dict[str, str]) -> Row:
    if RAISED[0] not in row.text:
        return row
    notes = tuple(texts.pop(mark) for mark in list(_marks(row)) if mark in texts)
    known = {note.split(" ", 1)[1].split(":", 1)[0] for note in notes}
    text = _RAISED.sub(lambda found: "" if found[1] in known else found[1], row.text)
    return replace(row, text=text, notes=notes)


def _joined(rows: Sequence[Row]) -> str:
    text = " ".join(_RAISED.sub(r"\1", row.text) for row in rows)
    return re.sub(f"[{HYPHENS[2:]}] ?", "", text).strip()
