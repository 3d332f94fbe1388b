"""Scans. With tesseract they are read, and how sure it was is kept; without it they fail and say what to install."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from contracts.text import ocr, parse_pdf
from contracts.text.ocr import ocr_available
from contracts.text.parse import parse_file
from contracts.text.types import ReadError
from tests.contracts.text.files import pdf_of

LINES = [
    "SUPPLY AGREEMENT",
    "1. Delivery. The Supplier shall deliver the Goods.",
    "2. Payment. The Buyer shall pay within 30 days.",
]
TYPED = pdf_of([[(72.0, 740.0 - 40 * row, line) for row, line in enumerate(LINES)]])


def scan_of(pdf: bytes) -> bytes:
    """The first page as a picture, after a page of real text."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[0].render(scale=200 / 72).to_pil()
    document.close()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.drawString(72, 700, "Cover sheet of the file.")
    canvas.showPage()
    canvas.drawImage(ImageReader(image), 0, 0, *A4)
    canvas.save()
    return buffer.getvalue()


@pytest.mark.skipif(not ocr_available(), reason="tesseract and pytesseract are an extra")
def test_a_scanned_page_is_read_and_its_quality_kept() -> None:
    document = parse_file(scan_of(TYPED), "scan.pdf")
    assert document.text.split("\n") == ["Cover sheet of the file.", *LINES]
    typed, scanned = document.pages
    assert typed.ocr_quality is None
    assert scanned.ocr_quality is not None and scanned.ocr_quality > 0.8
    assert document.warnings[0].startswith("1 page read by OCR, certain of its words to ")


def test_without_ocr_a_scan_fails_and_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (ocr, parse_pdf):
        monkeypatch.setattr(module, "ocr_available", lambda: False)
    with pytest.raises(ReadError) as caught:
        parse_file(pdf_of([[]]), "scan.pdf")
    assert caught.value.code == "needs_ocr"
    assert "install tesseract" in caught.value.remedy


def test_pages_of_low_quality_are_named() -> None:
    (warning,) = ocr.ocr_warnings({1: 0.95, 3: 0.55})
    assert warning == ("2 pages read by OCR, certain of its words to 75%. Check these against the scan: page 3 (55%).")
