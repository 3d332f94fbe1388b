"""Where the segmentation of one agreement stands: what its paragraphs say of themselves, and the tree so far."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from contracts.text.clause_tree import ClauseTree
from contracts.text.number_chain import Path
from contracts.text.numbering import Label, read_label
from contracts.text.opening_lines import Paragraph
from contracts.text.outline import Outline
from contracts.text.types import ClauseKind

CONTENTS = "Table of contents"
RUNNING_HEAD = 4  # times that a line is printed which no heading would be


class Segmentation:
    """``part`` is the part of the agreement we are in, ``schedule`` the node of its schedule."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self.labels = [read_label(paragraph.text) for paragraph in paragraphs]
        self.following = _next_labels(self.labels)
        self.upcoming = _next_chained(paragraphs)
        self._passed = _last_chained(paragraphs)
        self._times = Counter(_key(paragraph.text) for paragraph in paragraphs)
        self._last_seen = {_key(paragraph.text): index for index, paragraph in enumerate(paragraphs)}
        self.tree = ClauseTree()
        self.outline = Outline()
        self.part: ClauseKind = "title"
        self.schedule: int | None = None
        self.filed_as = ""  # its number among the exhibits of a filing: "Exhibit 10.2"
        self.in_contents = False

    def last_heading(self) -> str | None:
        return self.tree.nodes[-1].heading if self.tree.nodes else None

    def kind(self) -> ClauseKind:
        """Of a clause that opens here."""
        return "schedule" if self.part == "schedule" else "clause"

    def is_running_head(self, index: int) -> bool:
        """ "CONFIDENTIAL" or the name of the agreement on every page: its words come again and again."""
        return self._times[_key(self.paragraphs[index].text)] >= RUNNING_HEAD

    def goes_on(self, index: int) -> bool:
        """Whether the numbers after this paragraph go on from those before it: no schedule begins between them."""
        return bool(self._passed[index]) and self.upcoming[index] > self._passed[index]

    def comes_again(self, index: int) -> bool:
        """Whether a later paragraph has the words of this one, as the entries of a table of contents do."""
        return self._last_seen[_key(self.paragraphs[index].text)] > index


def _next_labels(labels: Sequence[Label | None]) -> list[Label | None]:
    following: list[Label | None] = [None] * len(labels)
    upcoming: Label | None = None
    for index in range(len(labels) - 1, -1, -1):
        following[index] = upcoming
        upcoming = labels[index] or upcoming
    return following


def _next_chained(paragraphs: Sequence[Paragraph]) -> list[Path]:
    """For each paragraph the next number after it of the run through the whole text."""
    following: list[Path] = [()] * len(paragraphs)
    upcoming: Path = ()
    for index in range(len(paragraphs) - 1, -1, -1):
        following[index] = upcoming
        upcoming = paragraphs[index].chained or upcoming
    return following


def _last_chained(paragraphs: Sequence[Paragraph]) -> list[Path]:
    """For each paragraph the number before it of that run."""
    before: list[Path] = []
    last: Path = ()
    for paragraph in paragraphs:
        before.append(last)
        last = paragraph.chained or last
    return before


def _key(text: str) -> str:
    return re.sub(r"[\W\d]+", "", text).lower()
