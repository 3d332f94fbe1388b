"""A printed line, as PDF and OCR give it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """Points, y upwards."""

    text: str
    x0: float
    x1: float
    bottom: float
    top: float
    page: int
    size: float = 0.0  # of the type; 0 where unknown
    column: tuple[float, float] | None = None  # left and right edge, where the page has two
    turned: bool = False  # the first row of a right column: it goes on where the left one ended
    loose: bool = False  # after a blank that is wide for one between words and narrow for one between cells
    notes: tuple[str, ...] = ()  # footnotes that the row refers to
