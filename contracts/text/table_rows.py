"""The lines of a page that stand side by side: a clause number and its words, the cells of a table row."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from contracts.text.numbering import is_bare_label
from contracts.text.paragraphs import CELL, HYPHENS
from contracts.text.printed import Row

BESIDE = 0.6  # of the lower line's height, that two lines share when they are one
SAME_EDGE = 2.0  # points
NEAR = 5  # line heights above and below in which a table's other rows tell where its cells begin
MOST_LINES = 12  # of a cell


@dataclass(slots=True)
class _Band:
    """What will be one line: its cells from left to right, each of one or more lines."""

    cells: list[list[Row]]

    @property
    def right(self) -> float:
        return max(row.x1 for row in self.cells[-1])

    @property
    def bottom(self) -> float:
        return min(row.bottom for cell in self.cells for row in cell)


def with_cells_apart(rows: Sequence[Row]) -> list[Row]:
    """Pieces of a line that a rather wide blank divides: apart where a cell of a neighbouring row begins, else one."""
    begins = _cell_edges([row for row in rows if not row.loose])
    kept: list[Row] = []
    for row in rows:
        if not row.loose or not kept or not on_one_line(kept[-1], row) or _begins_cell(row, begins):
            kept.append(row)
        else:
            last = kept[-1]
            bottom, top = min(last.bottom, row.bottom), max(last.top, row.top)
            kept[-1] = replace(last, text=f"{last.text} {row.text}", x1=row.x1, bottom=bottom, top=top)
    return kept


def _cell_edges(rows: Sequence[Row]) -> dict[int, list[float]]:
    """Where rows begin that have another to their left, and at which heights, lowest first."""
    leftmost: dict[int, float] = {}
    for row in rows:
        line = round(row.bottom)
        leftmost[line] = min(row.x1, leftmost.get(line, row.x1))
    edges: dict[int, list[float]] = {}
    for row in sorted(rows, key=lambda row: row.bottom):
        if leftmost[round(row.bottom)] < row.x0:
            edges.setdefault(round(row.x0), []).append(row.bottom)
    return edges


def _begins_cell(row: Row, edges: dict[int, list[float]]) -> bool:
    near = NEAR * (row.top - row.bottom)
    for edge in (round(row.x0) - 1, round(row.x0), round(row.x0) + 1):
        heights = edges.get(edge, [])
        lowest = bisect(heights, row.bottom - near)
        if lowest < len(heights) and heights[lowest] < row.bottom + near:
            return True
    return False


def rows_joined(rows: Sequence[Row]) -> list[Row]:
    """pdfium gives such lines one by one, and a cell that is wrapped whole, before it goes up to the next cell."""
    bands: list[_Band] = []
    for row in rows:
        if bands and not row.turned:
            if _goes_on(bands[-1], row):
                bands[-1].cells[-1].append(row)
                continue
            beside = next((back for back in range(1, min(MOST_LINES, len(bands)) + 1) if _is_next(bands, back, row)), 0)
            if beside:
                wrapped = [band.cells[0][0] for band in bands[len(bands) - beside + 1 :]]
                del bands[len(bands) - beside + 1 :]
                bands[-1].cells[-1] += wrapped
                bands[-1].cells.append([row])
                continue
        bands.append(_Band([[row]]))
    return [_one_row(band) for band in bands]


def on_one_line(left: Row, right: Row) -> bool:
    shared = min(left.top, right.top) - max(left.bottom, right.bottom)
    return shared >= BESIDE * min(left.top - left.bottom, right.top - right.bottom)


def _is_next(bands: Sequence[_Band], back: int, row: Row) -> bool:
    """Whether ``row`` is the next cell of the band so far back, whose last cell went on in the bands since."""
    band, since = bands[-back], [*bands[len(bands) - back + 1 :]]
    first = band.cells[-1][0]
    if not on_one_line(first, row) or row.x0 < band.right:
        return False
    lines = [first]
    for other in since:
        line = other.cells[0][0]
        single = len(other.cells) == 1 and len(other.cells[0]) == 1
        left_edge = line.x0 >= first.x0 - SAME_EDGE
        if not single or not left_edge or line.x1 > row.x0 or _breaks_on_purpose(lines[-1], line, row.x0):
            return False
        lines.append(line)
    return True


def _breaks_on_purpose(line: Row, following: Row, cell_end: float) -> bool:
    """Whether the next word had room before the next cell, as in the lines under which people sign."""
    room = cell_end - (line.top - line.bottom) - line.x1
    word = following.text.split(" ", 1)[0]
    return room > (len(word) + 1) * (following.x1 - following.x0) / max(len(following.text), 1)


def _goes_on(band: _Band, row: Row) -> bool:
    """The last cell of a row whose other cells are wrapped, beside one of their lines."""
    last = band.cells[-1][-1]
    below = row.top <= last.bottom + (1 - BESIDE) * (row.top - row.bottom)
    return len(band.cells) > 1 and abs(row.x0 - last.x0) < SAME_EDGE and below and row.bottom >= band.bottom - 1


def _one_row(band: _Band) -> Row:
    first = band.cells[0][0]
    text = _cell_text(band.cells[0])
    edge = max(row.x1 for row in band.cells[0])
    bottom, top = first.bottom, first.top  # of its first line: so that what follows it stands apart
    for cell in band.cells[1:]:
        row = cell[0]
        beside = (row.x0 - edge) / (row.top - row.bottom)  # pdfium also breaks a line after a raised figure
        joint = "" if beside < 0.1 else " " if (beside < 0.6 and not row.loose) or is_bare_label(text) else CELL
        text += joint + _cell_text(cell)
        edge = max(line.x1 for line in cell)
        bottom, top = min(bottom, row.bottom), max(top, row.top)
    return replace(first, text=text, x1=edge, bottom=bottom, top=top)


def _cell_text(cell: Sequence[Row]) -> str:
    return "".join(_spaced(cell)).strip()


def _spaced(cell: Sequence[Row]) -> Iterator[str]:
    """A hyphen at the end of a line is kept: tables seldom divide words, and part numbers have hyphens."""
    for row in cell[:-1]:
        hyphen = row.text[-1] in HYPHENS and row.text[-2:-1].isalnum()
        yield row.text[:-1] + "-" if hyphen else row.text + " "
    yield cell[-1].text
