"""The reading order of pages set in two columns: the left one before the right one, full lines where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from contracts.text.printed import Row

FEWEST_ROWS = 6  # side by side, before a page counts as set in columns
FEWEST_LETTERS = 20  # in the usual row of a column; the cells of a table hold fewer
FULL_SHARE = 0.5  # of a column's rows reach its right edge: text that is set, not a list of names
RAGGED = 0.15  # of the column's width
MOST_ACROSS = 0.3  # of the rows of a page that has columns because other pages have them, such as a short last one

Edges = tuple[tuple[float, float], tuple[float, float]]  # left and right edge of either column


def in_reading_order(pages: Sequence[list[Row]]) -> list[list[Row]]:
    """Each page in order of the file, unless it has two columns."""
    own = [_gutter(rows) for rows in pages]
    usual = median(gutter for gutter in own if gutter is not None) if any(own) else None
    gutters = [
        usual if gutter is None and usual is not None and _is_free(rows, usual) else gutter
        for rows, gutter in zip(pages, own, strict=True)
    ]
    edges = _edges(pages, gutters)
    return [
        rows if gutter is None or edges is None else _ordered(rows, gutter, edges)
        for rows, gutter in zip(pages, gutters, strict=True)
    ]


def _ordered(rows: Sequence[Row], gutter: float, edges: Edges) -> list[Row]:
    """Lines across both columns part the page into bands."""
    across = sorted((row for row in rows if _side(row, gutter) is None), key=lambda row: -row.top)
    above = [(row, sum(one.top > row.top for one in across)) for row in rows]
    ordered: list[Row] = []
    for band in range(len(across) + 1):
        here = [row for row, number in above if number == band]
        for side in (0, 1):
            column = [row for row in here if _side(row, gutter) == side]
            ordered += [
                replace(row, column=edges[side], turned=side == 1 and index == 0) for index, row in enumerate(column)
            ]
        ordered += across[band : band + 1]
    return ordered


def _side(row: Row, gutter: float) -> int | None:
    """0 left, 1 right, None across both."""
    if row.x1 <= gutter:
        return 0
    return 1 if row.x0 >= gutter else None


def _edges(pages: Sequence[Sequence[Row]], gutters: Sequence[float | None]) -> Edges | None:
    sides: tuple[list[Row], list[Row]] = [], []
    for row, gutter in _with_gutters(pages, gutters):
        side = _side(row, gutter)
        if side is not None:
            sides[side].append(row)
    if not all(sides):
        return None
    left, right = ((min(row.x0 for row in side), max(row.x1 for row in side)) for side in sides)
    return left, right


def _with_gutters(pages: Sequence[Sequence[Row]], gutters: Sequence[float | None]) -> Iterator[tuple[Row, float]]:
    for rows, gutter in zip(pages, gutters, strict=True):
        if gutter is not None:
            yield from ((row, gutter) for row in rows)


def _is_free(rows: Sequence[Row], gutter: float) -> bool:
    return sum(_side(row, gutter) is None for row in rows) <= MOST_ACROSS * len(rows)


def _gutter(rows: Sequence[Row]) -> float | None:
    """The x between two columns: as few rows as may be cross it, and many stand on either side."""
    if len(rows) < 2 * FEWEST_ROWS:
        return None
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    middle = [left + (right - left) * step / 40 for step in range(14, 27)]  # the columns are about as wide
    gutter = min(middle, key=lambda x: (sum(row.x0 < x < row.x1 for row in rows), abs(x - (left + right) / 2)))
    sides = _beside([row for row in rows if row.x1 <= gutter], [row for row in rows if row.x0 >= gutter])
    return gutter if all(len(side) >= FEWEST_ROWS and _is_set(side) for side in sides) else None


def _beside(left: Sequence[Row], right: Sequence[Row]) -> tuple[list[Row], ...]:
    """The rows of each side within the height that both sides share."""
    if not left or not right:
        return [], []
    top = min(max(row.top for row in side) for side in (left, right))
    bottom = max(min(row.bottom for row in side) for side in (left, right))
    return tuple([row for row in side if bottom < row.top and row.bottom < top] for side in (left, right))


def _is_set(rows: Sequence[Row]) -> bool:
    if median(len(row.text) for row in rows) < FEWEST_LETTERS:
        return False
    edge = max(row.x1 for row in rows)
    ragged = (edge - min(row.x0 for row in rows)) * RAGGED
    return sum(row.x1 > edge - ragged for row in rows) >= FULL_SHARE * len(rows)
