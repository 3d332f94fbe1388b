"""Scans. With tesseract they are read, and how sure it was is kept; without it they fail and say what to install."""

from __future__ import annotations

import io

import PIL.Image
import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from contracts.text import ocr, parse_pdf
from contracts.text.ocr import ocr_available
from contracts.text.parse import parse_file
from contracts.text.printed import Row
from contracts.text.scans import scanned_pages
from contracts.text.types import ReadError
from tests.contracts.text.files import pdf_of

LINES = [
    "SUPPLY AGREEMENT",
    "1. Delivery. The Supplier shall deliver the Goods.",
    "2. Payment. The Buyer shall pay within 30 days.",
]
TYPED = pdf_of([[(72.0, 740.0 - 40 * row, line) for row, line in enumerate(LINES)]])


STAMP = "DocuSign Envelope ID: 4F2A-99"
WORDY = "This page is text with a coat of arms behind it, and it has all the words of a page."


def pages_of(*pages: tuple[str, float]) -> bytes:
    """A PDF whose pages have these words over a picture that is so much of the page wide."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for words, share in pages:
        if share:
            canvas.drawImage(ImageReader(PIL.Image.new("L", (8, 8), 200)), 0, 0, A4[0] * share, A4[1])
        canvas.drawString(72, 800, words)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def scan_of(pdf: bytes, stamp: str = "") -> bytes:
    """The first page as a picture, after a page of real text."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[0].render(scale=200 / 72).to_pil()
    document.close()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.drawString(72, 700, "Cover sheet of the file.")
    canvas.showPage()
    canvas.drawImage(ImageReader(image), 0, 0, *A4)
    canvas.drawString(72, 20, stamp)
    canvas.save()
    return buffer.getvalue()


@pytest.mark.skipif(not ocr_available(), reason="tesseract and pytesseract are an extra")
@pytest.mark.parametrize("stamp", ["", "ABC000123"])
def test_a_scanned_page_is_read_and_its_quality_kept(stamp: str) -> None:
    document = parse_file(scan_of(TYPED, stamp), "scan.pdf")
    assert document.text.split("\n") == ["Cover sheet of the file.", *LINES, *filter(None, [stamp])]
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


@pytest.mark.parametrize(
    ("pages", "scans"),
    [
        ([(f"{STAMP} {number}", 1.0) for number in range(3)], {1, 2, 3}),
        ([(STAMP, 0.9)], {1}),
        ([("ABC000123", 1.0), (WORDY, 0.0)], {1}),
        ([(WORDY, 1.0)], set()),
        ([("Schedule 1", 0.2)], set()),
        ([("Schedule 1", 0.0)], set()),
        ([("", 0.0), (WORDY, 0.0)], {1}),
    ],
)
def test_a_stamp_on_a_picture_is_no_text(pages: list[tuple[str, float]], scans: set[int]) -> None:
    document = pypdfium2.PdfDocument(pages_of(*pages))
    rows = [parse_pdf._rows(document, number) for number in range(1, len(pages) + 1)]
    assert scanned_pages(document, rows) == scans
    document.close()


def test_without_ocr_scans_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (ocr, parse_pdf):
        monkeypatch.setattr(module, "ocr_available", lambda: False)
    with pytest.raises(ReadError, match="It needs OCR"):
        parse_file(pages_of((STAMP, 1.0), (STAMP, 1.0)), "scan.pdf")
    document = parse_file(pages_of((STAMP, 1.0), (WORDY, 0.0), ("Schedule 1", 1.0)), "scan.pdf")
    assert document.warnings == ("Hardly any text on page 1, 3: a scan that was not read. It needs OCR.",)


def test_a_stamped_scan_goes_to_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (ocr, parse_pdf):
        monkeypatch.setattr(module, "ocr_available", lambda: True)
    read = [Row("The Buyer shall pay.", 72, 200, 700, 712, 1)]
    monkeypatch.setattr(ocr, "_read_image", lambda _, number: (read, 0.9) if number == 1 else ([], 0.0))
    document = parse_file(pages_of((STAMP, 1.0), (WORDY, 0.0), ("Schedule 1", 1.0)), "scan.pdf")
    assert document.text.split("\n") == ["The Buyer shall pay.", WORDY, "Schedule 1"]
    assert [page.ocr_quality for page in document.pages] == [0.9, None, None]
    assert document.warnings[0].startswith("Hardly any text on page 3")


def test_pages_of_low_quality_are_named() -> None:
    (warning,) = ocr.ocr_warnings({1: 0.95, 3: 0.55})
    assert warning == ("2 pages read by OCR, certain of its words to 75%. Check these against the scan: page 3 (55%).")
