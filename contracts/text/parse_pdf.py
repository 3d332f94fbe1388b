"""PDF: pdfium's lines, without page furniture, joined into paragraphs with a map of pages."""

from __future__ import annotations

import ctypes
import re
import threading
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from contracts.text.columns import in_reading_order
from contracts.text.footnotes import RAISED, keep_notes
from contracts.text.form_fields import with_fields
from contracts.text.ocr import needs_ocr, ocr_available, ocr_warnings, read_images
from contracts.text.paragraphs import Line, Paragraph, clean, join_lines
from contracts.text.printed import Row
from contracts.text.scans import scanned_pages
from contracts.text.table_rows import rows_joined, with_cells_apart
from contracts.text.types import Page, ParsedDocument, ReadError

_PDFIUM = threading.Lock()  # pdfium is not thread-safe, not even for two different documents
EDGE_LINES = 5  # page furniture is looked for among so many lines at the top and at the bottom
CELL_GAP = 1.5  # in line heights: justified text never opens so wide
LOOSE_GAP = 0.4  # between the cells of a tight table, or words of justified text
RAISED_SIZE = 0.85  # of the type around it, at most
NOTE_MARKS = frozenset("0123456789*\u2020\u2021")
PAGE_NUMBER = re.compile(
    r"(?:page ?)?[-\u2013 ]*(?:\d{1,4}|[ivxl]{1,6})[-\u2013 ]*(?:(?:of|/) ?\d{1,4})?", re.IGNORECASE
)


def parse_pdf(data: bytes, name: str) -> ParsedDocument:
    with _PDFIUM:
        pages, qualities, unread = _read_pages(data, name)
    if not pages:
        raise ReadError("no_pages", f"{name} has no pages.", "Export it again from its source.")
    if len(unread) == len(pages):
        raise needs_ocr(name)
    pages = [rows_joined(rows) for rows in in_reading_order(pages)]
    kept = keep_notes(_without_furniture(pages))
    rows = kept if any(kept) else keep_notes(pages)
    _, right_margin = _margins([row for page in rows for row in page])
    text, starts = _text(join_lines(list(_lines(rows)), right_margin))
    warnings = tuple(_not_read(pages, unread))
    map_of_pages = _page_map(starts, len(pages), len(text))
    read_by_ocr = tuple(replace(page, ocr_quality=qualities.get(page.number)) for page in map_of_pages)
    return ParsedDocument(text, "pdf", read_by_ocr, (*warnings, *ocr_warnings(qualities)))


def _not_read(pages: Sequence[list[Row]], unread: Collection[int]) -> Iterator[str]:
    empty = ", ".join(str(number) for number, rows in enumerate(pages, 1) if not rows)
    if empty:
        yield f"No text on page {empty}: an image or blank."
    stamped = ", ".join(str(number) for number in sorted(unread) if pages[number - 1])
    if stamped:
        yield f"Hardly any text on page {stamped}: a scan that was not read. It needs OCR."


def _text(paragraphs: Sequence[Paragraph]) -> tuple[str, dict[int, int]]:
    """The text, each footnote after the paragraph that refers to it, and where each page begins."""
    parts: list[str] = []
    starts: dict[int, int] = {}
    offset = 0
    for paragraph in paragraphs:
        for inside, page in paragraph.pages:
            starts.setdefault(page, offset + inside)
        for part in (paragraph.text, *paragraph.notes):
            parts.append(part)
            offset += len(part) + 1
    return "\n".join(parts), starts


def _page_map(starts: dict[int, int], count: int, length: int) -> tuple[Page, ...]:
    """Every page in order; a page without text is an empty span where the next one starts."""
    begins = [length] * (count + 1)
    for number in range(count, 0, -1):
        begins[number - 1] = starts.get(number, begins[number])
    begins[0] = 0
    return tuple(Page(number, begins[number - 1], begins[number]) for number in range(1, count + 1))


def _read_pages(data: bytes, name: str) -> tuple[list[list[Row]], dict[int, float], frozenset[int]]:
    """The rows of each page in reading order, the quality of those that OCR read, and the scans that it did not."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError("encrypted", f"{name} is protected by a password.", "Remove the password first.") from error
        if _without_page_tree(data):
            raise ReadError("no_pages", f"{name} has no pages.", "Export it again from its source.") from error
        raise ReadError("corrupt", f"{name} is a damaged PDF.", "Export or download it again.") from error
    try:
        document.init_forms()
        pages = [_rows(document, number) for number in range(1, len(document) + 1)]
        scans = scanned_pages(document, pages)
        pages, qualities = read_images(document, pages, scans) if ocr_available() else (pages, {})
        return pages, qualities, scans - qualities.keys()
    except pdfium.PdfiumError as error:
        raise ReadError("corrupt", f"{name} has a page that cannot be read.", "Export it again.") from error
    finally:
        document.close()


def _without_page_tree(data: bytes) -> bool:
    return re.search(rb"/Count\s+0\b", data) is not None and re.search(rb"/Type\s*/Page\b", data) is None


def _rows(document: pdfium.PdfDocument, number: int) -> list[Row]:
    page = document[number - 1]
    textpage = page.get_textpage()
    try:
        rows = [row for row in _raw_rows(textpage, number) if row.text]
        return with_cells_apart(with_fields(rows, page, number))
    finally:
        textpage.close()
        page.close()


def _raw_rows(textpage: pdfium.PdfTextPage, number: int) -> Iterator[Row]:
    count = textpage.count_chars()
    characters = [chr(pdfium_c.FPDFText_GetUnicode(textpage, index)) for index in range(count)]
    begin = 0
    for index in range(count + 1):
        divided = index < count and characters[index] in "\x02\ufffe"  # pdfium's hyphen at the end of a line
        if index < count and characters[index] not in "\r\n" and not divided:
            continue
        inked = [at for at in range(begin, index + divided) if not characters[at].isspace()]
        for cell, loose in _cells(textpage, characters, inked):
            left, bottom, _, top = _box(textpage, cell[0])
            _, low, right, high = _box(textpage, cell[-1])
            size = max(pdfium_c.FPDFText_GetFontSize(textpage, at) for at in (cell[0], cell[-1]))
            text = clean("".join(_with_raised(textpage, characters, cell, size)).replace("\x02", "\ufffe"))
            yield Row(text, left, right, min(bottom, low), max(top, high), number, round(size, 1), loose=loose)
        begin = index + 1


def _cells(
    textpage: pdfium.PdfTextPage, characters: Sequence[str], inked: Sequence[int]
) -> Iterator[tuple[Sequence[int], bool]]:
    """The line cut at its wide blanks; and whether the blank before a piece may be but a wide one between words."""
    begin, loose = 0, False
    for position, (before, after) in enumerate(pairwise(inked), 1):
        if after > before + 1:
            _, _, right, _ = _box(textpage, before)
            beside, bottom, _, top = _box(textpage, after)
            if beside - right > LOOSE_GAP * (top - bottom):
                yield inked[begin:position], loose
                begin, loose = position, beside - right <= CELL_GAP * (top - bottom)
    if inked:
        yield inked[begin:], loose


def _with_raised(
    textpage: pdfium.PdfTextPage, characters: Sequence[str], cell: Sequence[int], size: float
) -> Iterator[str]:
    """The characters of a cell; figures that are smaller than its type and touch a word stand between marks."""
    raised = False
    for position, at in enumerate(cell):
        blank = position > 0 and at > cell[position - 1] + 1
        small = characters[at] in NOTE_MARKS and (raised or position == 0 or not blank)
        small = small and pdfium_c.FPDFText_GetFontSize(textpage, at) < RAISED_SIZE * size
        if raised and (blank or not small):
            yield RAISED[1]
        if blank:
            yield " "
        if small and (blank or not raised):
            yield RAISED[0]
        raised = small
        yield characters[at]
    if raised:
        yield RAISED[1]


def _box(textpage: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of a character with its ascent and descent."""
    rectangle = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(rectangle))
    return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top


def _without_furniture(pages: Sequence[list[Row]]) -> list[list[Row]]:
    """Running heads, footers and page numbers: alike on several pages, at the edge of the page."""
    counts = Counter(key for rows in pages for key in {_furniture_key(row) for row in _edges(rows)})
    enough = 2 if len(pages) < 6 else max(3, len(pages) // 4)
    repeated = {key for key, count in counts.items() if count >= enough}
    kept = [[row for row in rows if _furniture_key(row) not in repeated or row not in _edges(rows)] for rows in pages]
    return [
        [row for row in rows if row not in _outermost(rows) or not PAGE_NUMBER.fullmatch(row.text)] for rows in kept
    ]


def _edges(rows: list[Row]) -> list[Row]:
    by_height = sorted(rows, key=lambda row: -row.top)
    return by_height[:EDGE_LINES] + by_height[EDGE_LINES:][-EDGE_LINES:]


def _outermost(rows: list[Row]) -> tuple[Row, ...]:
    return (max(rows, key=lambda row: row.top), min(rows, key=lambda row: row.bottom)) if rows else ()


def _furniture_key(row: Row) -> tuple[str, int]:
    return re.sub(r"\d+", "#", row.text), round(row.top / 10)


def _lines(pages: Sequence[list[Row]]) -> Iterator[Line]:
    leading = _leading(pages)
    left, right = _margins([row for rows in pages for row in rows])
    for rows in pages:
        previous: Row | None = None
        for row in rows:
            gap = previous is None or not 0 < previous.bottom - row.bottom <= 1.2 * leading * (row.top - row.bottom)
            width = (row.x1 - row.x0) / max(len(row.text), 1)
            # A column is laid out as if it were the page: its edges are the margins.
            edges = row.column or (left, right)
            x0, x1 = row.x0 - edges[0] + left, row.x1 - edges[1] + right
            yield Line(row.text, x0, x1, gap, row.page, width, row.turned, row.notes)
            previous = row


def _margins(rows: Sequence[Row]) -> tuple[float, float]:
    rights = sorted(row.x1 for row in rows)
    return min((row.x0 for row in rows), default=0.0), rights[int(len(rights) * 0.95)] if rights else 0.0


def _leading(pages: Sequence[list[Row]]) -> float:
    """From one line of a paragraph to the next, as a multiple of the line's height: the smallest step that is usual."""
    steps = Counter(
        round((above.bottom - below.bottom) / (below.top - below.bottom), 1)
        for rows in pages
        for above, below in pairwise(rows)
        if below.top > below.bottom and 0.8 < (above.bottom - below.bottom) / (below.top - below.bottom) < 2.5
    )
    return min((step for step, count in steps.items() if count * 8 >= steps.total()), default=1.2)
