"""PDF: pdfium's lines, without page furniture, joined into paragraphs with a map of pages."""

from __future__ import annotations

import ctypes
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from contracts.text.numbering import is_bare_label
from contracts.text.paragraphs import Line, clean, join_lines
from contracts.text.types import Page, ParsedDocument, ReadError

_PDFIUM = threading.Lock()  # pdfium is not thread-safe, not even for two different documents
EDGE_LINES = 5  # page furniture is looked for among so many lines at the top and at the bottom
CELL_GAP = 1.5  # in line heights: justified text never opens so wide
PAGE_NUMBER = re.compile(
    r"(?:page ?)?[-\u2013 ]*(?:\d{1,4}|[ivxl]{1,6})[-\u2013 ]*(?:(?:of|/) ?\d{1,4})?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A printed line. Points, y upwards."""

    text: str
    x0: float
    x1: float
    bottom: float
    top: float
    page: int


def parse_pdf(data: bytes, name: str) -> ParsedDocument:
    with _PDFIUM:
        pages = _read_pages(data, name)
    if not pages:
        raise ReadError("no_pages", f"{name} has no pages.", "Export it again from its source.")
    if not any(pages):
        raise ReadError(
            "needs_ocr", f"{name} has no text: it looks like a scan.", "It needs OCR before it can be read."
        )
    lines = list(_lines(_without_furniture(pages)))
    if not lines:
        lines = list(_lines(pages))
    paragraphs = join_lines(lines, _right_margin(lines))
    text, starts = "", dict[int, int]()
    parts: list[str] = []
    offset = 0
    for paragraph in paragraphs:
        for inside, page in paragraph.pages:
            starts.setdefault(page, offset + inside)
        parts.append(paragraph.text)
        offset += len(paragraph.text) + 1
    text = "\n".join(parts)
    empty = [number for number, rows in enumerate(pages, 1) if not rows]
    listed = ", ".join(map(str, empty))
    warnings = (f"No text on page {listed}: an image or blank.",) if empty else ()
    return ParsedDocument(text, "pdf", _page_map(starts, len(pages), len(text)), warnings)


def _page_map(starts: dict[int, int], count: int, length: int) -> tuple[Page, ...]:
    """Every page in order; a page without text is an empty span where the next one starts."""
    begins = [length] * (count + 1)
    for number in range(count, 0, -1):
        begins[number - 1] = starts.get(number, begins[number])
    begins[0] = 0
    return tuple(Page(number, begins[number - 1], begins[number]) for number in range(1, count + 1))


def _read_pages(data: bytes, name: str) -> list[list[_Row]]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError("encrypted", f"{name} is protected by a password.", "Remove the password first.") from error
        if _without_page_tree(data):
            raise ReadError("no_pages", f"{name} has no pages.", "Export it again from its source.") from error
        raise ReadError("corrupt", f"{name} is a damaged PDF.", "Export or download it again.") from error
    try:
        return [_rows(document, number) for number in range(1, len(document) + 1)]
    except pdfium.PdfiumError as error:
        raise ReadError("corrupt", f"{name} has a page that cannot be read.", "Export it again.") from error
    finally:
        document.close()


def _without_page_tree(data: bytes) -> bool:
    return re.search(rb"/Count\s+0\b", data) is not None and re.search(rb"/Type\s*/Page\b", data) is None


def _rows(document: pdfium.PdfDocument, number: int) -> list[_Row]:
    page = document[number - 1]
    textpage = page.get_textpage()
    try:
        return _merge_side_by_side([row for row in _raw_rows(textpage, number) if row.text])
    finally:
        textpage.close()
        page.close()


def _raw_rows(textpage: pdfium.PdfTextPage, number: int) -> Iterator[_Row]:
    count = textpage.count_chars()
    characters = [chr(pdfium_c.FPDFText_GetUnicode(textpage, index)) for index in range(count)]
    begin = 0
    for index in range(count + 1):
        divided = index < count and characters[index] in "\x02\ufffe"  # pdfium's hyphen at the end of a line
        if index < count and characters[index] not in "\r\n" and not divided:
            continue
        inked = [at for at in range(begin, index + divided) if not characters[at].isspace()]
        if inked:
            left, bottom, _, top = _box(textpage, inked[0])
            _, low, right, high = _box(textpage, inked[-1])
            text = clean("".join(_with_cells(textpage, characters, inked)).replace("\x02", "\ufffe"))
            yield _Row(text, left, right, min(bottom, low), max(top, high), number)
        begin = index + 1


def _with_cells(textpage: pdfium.PdfTextPage, characters: Sequence[str], inked: Sequence[int]) -> Iterator[str]:
    """The characters of a line, its columns told apart: a blank much wider than a letter parts table cells."""
    words = "".join(characters[inked[0] : inked[-1] + 1])
    yield characters[inked[0]]
    for before, after in pairwise(inked):
        if after > before + 1:
            _, _, right, _ = _box(textpage, before)
            beside, bottom, _, top = _box(textpage, after)
            wide = beside - right > CELL_GAP * (top - bottom)
            label = is_bare_label(clean(words[: before + 1 - inked[0]]))
            yield " | " if wide and not label else " "
        yield characters[after]


def _box(textpage: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a character with its ascent and descent."""
    rectangle = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(rectangle))
    return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top


def _merge_side_by_side(rows: list[_Row]) -> list[_Row]:
    """pdfium gives a clause number and its words, or the cells of a table row, as lines of their own."""
    merged: list[_Row] = []
    for row in rows:
        last = merged[-1] if merged else None
        overlap = min(last.top, row.top) - max(last.bottom, row.bottom) if last else 0.0
        if last is None or overlap < 0.6 * min(last.top - last.bottom, row.top - row.bottom) or row.x0 < last.x1:
            merged.append(row)
            continue
        joint = " " if is_bare_label(last.text) else " | "
        box = (last.x0, row.x1, min(last.bottom, row.bottom), max(last.top, row.top))
        merged[-1] = _Row(last.text + joint + row.text, *box, row.page)
    return merged


def _without_furniture(pages: Sequence[list[_Row]]) -> list[list[_Row]]:
    """Running heads, footers and page numbers: alike on several pages, at the edge of the page."""
    counts = Counter(key for rows in pages for key in {_furniture_key(row) for row in _edges(rows)})
    enough = 2 if len(pages) < 6 else max(3, len(pages) // 4)
    repeated = {key for key, count in counts.items() if count >= enough}
    kept = [[row for row in rows if _furniture_key(row) not in repeated or row not in _edges(rows)] for rows in pages]
    return [
        [row for row in rows if row not in _outermost(rows) or not PAGE_NUMBER.fullmatch(row.text)] for rows in kept
    ]


def _edges(rows: list[_Row]) -> list[_Row]:
    by_height = sorted(rows, key=lambda row: -row.top)
    return by_height[:EDGE_LINES] + by_height[EDGE_LINES:][-EDGE_LINES:]


def _outermost(rows: list[_Row]) -> tuple[_Row, ...]:
    return (max(rows, key=lambda row: row.top), min(rows, key=lambda row: row.bottom)) if rows else ()


def _furniture_key(row: _Row) -> tuple[str, int]:
    return re.sub(r"\d+", "#", row.text), round(row.top / 10)


def _lines(pages: Sequence[list[_Row]]) -> Iterator[Line]:
    leading = _leading(pages)
    for rows in pages:
        previous: _Row | None = None
        for row in rows:
            gap = previous is None or not 0 < previous.bottom - row.bottom <= 1.2 * leading * (row.top - row.bottom)
            width = (row.x1 - row.x0) / max(len(row.text), 1)
            yield Line(row.text, row.x0, row.x1, gap, row.page, width)
            previous = row


def _leading(pages: Sequence[list[_Row]]) -> float:
    """From one line of a paragraph to the next, as a multiple of the line's height: the smallest step that is usual."""
    steps = Counter(
        round((above.bottom - below.bottom) / (below.top - below.bottom), 1)
        for rows in pages
        for above, below in pairwise(rows)
        if below.top > below.bottom and 0.8 < (above.bottom - below.bottom) / (below.top - below.bottom) < 2.5
    )
    return min((step for step, count in steps.items() if count * 8 >= steps.total()), default=1.2)


def _right_margin(lines: Sequence[Line]) -> float:
    edges = sorted(line.x1 for line in lines)
    return edges[int(len(edges) * 0.95)] if edges else 0.0
