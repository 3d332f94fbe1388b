"""Which pages of a PDF are pictures of a page, although a stamp of text may stand on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from contracts.text.printed import Row

MOST_WORDS = 15  # of a signature service's line, a Bates number or a title on a scan
LEAST_IMAGE = 0.6  # of the page


def scanned_pages(document: pdfium.PdfDocument, pages: Sequence[Sequence[Row]]) -> frozenset[int]:
    """The numbers of the pages without words, and of those with hardly any over a picture of the page."""
    on_pages = Counter(stamp for rows in pages for stamp in {_stamp(row) for row in rows})
    few = [
        number
        for number, rows in enumerate(pages, 1)
        if sum(len(row.text.split()) for row in rows if on_pages[_stamp(row)] == 1) <= MOST_WORDS
    ]
    return frozenset(number for number in few if not pages[number - 1] or _is_picture(document, number))


def _stamp(row: Row) -> str:
    """The same on every page, but for its figures."""
    return re.sub(r"\d+", "#", row.text)


def _is_picture(document: pdfium.PdfDocument, number: int) -> bool:
    page = document[number - 1]
    try:
        left, bottom, right, top = page.get_bbox()
        covered = 0.0  # a scan may come in strips
        for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE]):
            x0, y0, x1, y1 = image.get_bounds()
            covered += max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom))
        return bool(covered >= LEAST_IMAGE * (right - left) * (top - bottom))
    finally:
        page.close()
