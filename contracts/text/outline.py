"""Whether a label continues the numbering that is open, and how deep: a clause or only a cross-reference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from contracts.text.number_chain import Path
from contracts.text.numbering import Label, LabelReading

WIDEST_GAP = 4  # "[Intentionally deleted]" and lost lines: so many numbers may be missing


@dataclass(frozen=True, slots=True)
class Place:
    reading: LabelReading
    depth: int  # how many open levels stay open
    parent: int | None
    score: int  # 3 the very next number, 2 the first of a new list, 1 with a gap or a restart


@dataclass(slots=True)
class Outline:
    """The open levels, outermost first. Nodes are indexes into the segmenter's list."""

    base: int | None = None  # what top-level numbers belong to: a schedule, a group heading or nothing
    # Each with its node and its parent.
    levels: list[tuple[LabelReading, int, int | None]] = field(default_factory=list)
    holder: int | None = None  # an unnumbered node since the last number: a list that begins now belongs to it
    numbered: bool = False  # a decimal or an article was seen in this part

    def place(self, label: Label, following: Label | None = None) -> Place | None:
        places = [place for reading in label.readings if (place := self._place(reading)) is not None]
        if len(places) > 1 and following is not None:
            # "(i)" is the ninth letter or the first numeral: the next label tells, "(j)" or "(ii)".
            places = [place for place in places if _succeeds(following, place.reading)] or places
        return max(places, key=lambda place: place.score, default=None)

    def on_chain(self, reading: LabelReading, place: Place | None) -> Place:
        """The place of a number that is known to be a clause's: where it seemed to be, unless it cannot be there."""
        if place is not None and not any(_excludes(level, reading) for level, *_ in self.levels[: place.depth]):
            return place
        keep = self._outer_depth()
        while keep < len(self.levels) and _is_above(self.levels[keep][0], reading):
            keep += 1
        return Place(reading, keep, self._parent(keep), 2)

    def closes(self, place: Place, upcoming: Path) -> bool:
        """Whether it would end a clause that the number ``upcoming`` is known to stand in."""
        closed = self.levels[place.depth : self._list_depth()]
        return any(level.style == "decimal" and _begins(level.path, upcoming) for level, *_ in closed)

    def leave(self, node_ended: Callable[[int], bool]) -> None:
        """Ends the levels whose nodes have ended, with all that is in them."""
        ended = [depth for depth, (_, node, _) in enumerate(self.levels) if node_ended(node)]
        del self.levels[ended[0] if ended else len(self.levels) :]

    def open(self, place: Place, node: int) -> None:
        del self.levels[place.depth :]
        self.levels.append((place.reading, node, place.parent))
        self.holder = None
        self.numbered = self.numbered or place.reading.style in {"decimal", "article"}

    def hold(self, node: int, keep_lists: bool = False) -> None:
        """An unnumbered node: lists inside it are its own."""
        if not keep_lists:
            while self.levels and self.levels[-1][0].style not in {"decimal", "article"}:
                self.levels.pop()
        self.holder = node

    def end_list(self) -> int | None:
        """Leaves the innermost list; returns what it was a list of."""
        return self.levels.pop()[2]

    def list_owner(self) -> int | None:
        """The clause that the open list, if any, is part of."""
        return next(
            (node for reading, node, _ in reversed(self.levels) if reading.style in {"decimal", "article"}), self.base
        )

    def in_list(self) -> bool:
        return bool(self.levels) and self.levels[-1][0].style not in {"decimal", "article"}

    def _place(self, reading: LabelReading) -> Place | None:
        if reading.style == "article":
            return self._article(reading)
        if len(reading.path) > 1:
            return self._nested_decimal(reading)
        sibling = self._sibling(reading)
        ordinal = reading.path[-1]
        if sibling is not None:
            step = ordinal - self.levels[sibling][0].path[-1]
            if 1 <= step <= WIDEST_GAP:
                return Place(reading, sibling, self._sibling_parent(sibling), 3 if step == 1 else 1)
            if ordinal == 1 and self.holder is None and sibling == len(self.levels) - 1 and reading.style == "decimal":
                return Place(reading, sibling, self._parent(sibling), 1)
        if ordinal == 1:
            if sibling is not None and reading.style != "decimal":
                return Place(reading, sibling, self._list_parent(sibling), 1)
            if reading.style == "decimal" and sibling is None and not self._any("decimal"):
                depth = self._outer_depth()
                return Place(reading, depth, self._parent(depth), 2)
            return Place(reading, len(self.levels), self._list_parent(len(self.levels)), 2)
        if sibling is None and ordinal == 2 and (reading.style != "decimal" or not self.numbered):
            return Place(reading, len(self.levels), self._list_parent(len(self.levels)), 1)
        return None

    def _article(self, reading: LabelReading) -> Place | None:
        sibling = self._sibling(reading)
        if sibling is None:
            return Place(reading, 0, self.base, 2) if reading.path[0] <= 2 else None
        step = reading.path[0] - self.levels[sibling][0].path[0]
        if step == 1 or step == 2 or reading.path[0] == 1:
            return Place(reading, sibling, self._parent(sibling), 3 if step == 1 else 1)
        return None

    def _nested_decimal(self, reading: LabelReading) -> Place | None:
        prefix, last = reading.path[:-1], reading.path[-1]
        for depth in range(len(self.levels) - 1, -1, -1):
            level, node, _ = self.levels[depth]
            if level.style != "decimal" and not (level.style == "article" and len(prefix) == 1):
                continue
            if level.path == prefix:
                return Place(reading, depth + 1, node, 2) if last <= WIDEST_GAP else None
            if len(level.path) == len(reading.path) and level.style == "decimal":
                return self._after(reading, level.path, depth)
        if self._any("decimal"):
            top = next(level for level, *_ in self.levels if level.style == "decimal")
            return Place(reading, 0, self.base, 1) if prefix[0] == top.path[0] + 1 and last == 1 else None
        plausible = last == 1 and (not self.numbered or set(reading.path[1:]) == {1})
        return (
            Place(reading, len(self.levels) if self._any("article") else 0, self._parent(1), 1) if plausible else None
        )

    def _after(self, reading: LabelReading, before: tuple[int, ...], depth: int) -> Place | None:
        if reading.path[:-1] == before[:-1]:
            step = reading.path[-1] - before[-1]
            return (
                Place(reading, depth, self._parent(depth), 3 if step == 1 else 1) if 1 <= step <= WIDEST_GAP else None
            )
        # 4.9 then 5.1: the line "5. Payment" is missing or was not recognised.
        if reading.path[-1] == 1 and reading.path[0] - before[0] == 1:
            above = [at for at in range(depth + 1) if self.levels[at][0].style == "decimal"]
            return Place(reading, above[0], self._parent(above[0]), 1)
        return None

    def _sibling(self, reading: LabelReading) -> int | None:
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth][0]
            if replace(level, path=()) == replace(reading, path=()) and len(level.path) == len(reading.path):
                return depth
        return None

    def _any(self, style: str) -> bool:
        return any(level.style == style for level, *_ in self.levels)

    def _outer_depth(self) -> int:
        """How many levels may stand above "1.": articles, and the "A." or "I." of a part."""
        outer = [
            level.style == "article" or (level.shape == "." and level.style.startswith("upper"))
            for level, *_ in self.levels
        ]
        return [*outer, False].index(False)

    def _list_depth(self) -> int:
        """Where the lists begin within the clauses that are numbered through."""
        depth = self._outer_depth()
        while depth < len(self.levels) and self.levels[depth][0].style in {"decimal", "article"}:
            depth += 1
        return depth

    def _sibling_parent(self, depth: int) -> int | None:
        reading, _, parent = self.levels[depth]
        return parent if depth or reading.style not in {"decimal", "article"} else self.base

    def _parent(self, depth: int) -> int | None:
        return self.levels[depth - 1][1] if 0 < depth <= len(self.levels) else self.base

    def _list_parent(self, depth: int) -> int | None:
        return self.holder if self.holder is not None else self._parent(depth)


def _begins(path: Path, longer: Path) -> bool:
    return len(path) < len(longer) and longer[: len(path)] == path


def _is_above(level: LabelReading, reading: LabelReading) -> bool:
    return level.style in {"decimal", "article"} and _begins(level.path, reading.path)


def _excludes(level: LabelReading, reading: LabelReading) -> bool:
    """ "2.1" cannot stand below "27"."""
    return level.style == "decimal" and not _begins(level.path, reading.path)


def _succeeds(following: Label, reading: LabelReading) -> bool:
    return any(
        replace(later, path=()) == replace(reading, path=()) and later.path[-1] == reading.path[-1] + 1
        for later in following.readings
    )
