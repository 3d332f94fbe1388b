"""Where a running line is cut at the letters of a list: "... of the Products. (b) Subject to Section 4, ...".

A letter is cut at only between sentences, before a capital, and where the one before or after it in the alphabet stands
so too, in the same line or at the beginning of one. "Under clauses (a) and (b)" is no list; a list within one sentence
("shall (a) pay; and (b) report") is left in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contracts.text.numbering import LabelReading, read_label

_LETTER = re.compile(r"(?<=\s)(?:\((?:[a-zA-Z]|[ivx]{2,5}|\d{1,2})\)|[a-z]\.)(?=\s+[A-Z\"\u201c])")
_SENTENCE_ENDED = re.compile(r"\w{2}[\"\u201d)\]]*\.[\"\u201d)\]]*$|[.:][\"\u201d)\]]+$")


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    reading: LabelReading
    inline: bool


def letter_cuts(text: str, lines: Sequence[tuple[int, str]], numbers: Sequence[int]) -> set[int]:
    """Where to cut. ``lines``: each with its offset; ``numbers``: where the clauses' own numbers stand, in order."""
    cuts: set[int] = set()
    ends = [*numbers, len(text)]
    section = 0
    marks: list[_Mark] = []
    for mark in _marks(lines):
        while mark.start > ends[section]:
            cuts |= _sequences(marks)
            marks = []
            section += 1
        marks.append(mark)
    return cuts | _sequences(marks)


def _marks(lines: Sequence[tuple[int, str]]) -> Iterator[_Mark]:
    for offset, line in lines:
        begin = len(line) - len(line.lstrip())
        label = read_label(line[begin : begin + 12])
        if label is not None:
            yield from (_Mark(offset + begin, reading, False) for reading in label.readings)
        for match in _LETTER.finditer(line):
            label = read_label(match[0] + " ")
            before = line[max(0, match.start() - 20) : match.start()].rstrip()
            if label is not None and _SENTENCE_ENDED.search(before):
                yield from (_Mark(offset + match.start(), reading, True) for reading in label.readings)


def _sequences(marks: Sequence[_Mark]) -> set[int]:
    """The inline ones of those that follow each other, from the first of the alphabet on."""
    found: set[int] = set()
    runs: dict[tuple[str, str], list[_Mark]] = {}
    for mark in marks:
        kind = (mark.reading.style, mark.reading.shape)
        run = runs.get(kind, [])
        if mark.reading.path == (len(run) + 1,):
            run.append(mark)
        elif mark.reading.path == (1,):
            run = [mark]
        runs[kind] = run
        if len(run) > 1:
            found.update(one.start for one in run if one.inline)
    return found
