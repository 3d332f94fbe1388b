"""Scanned pages read by tesseract, where it is installed: rows like those of a PDF, and how sure they are.

The extra "ocr" brings pytesseract; the program tesseract comes from the system.
"""

from __future__ import annotations

import importlib.util
import shutil
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from statistics import fmean

import pypdfium2 as pdfium

from contracts.text.paragraphs import clean
from contracts.text.printed import Row
from contracts.text.types import ReadError

DPI = 300
PAGE_SECONDS = 120
LOW_QUALITY = 0.8  # below, a page is named in the warnings


def ocr_available() -> bool:
    return importlib.util.find_spec("pytesseract") is not None and shutil.which("tesseract") is not None


def needs_ocr(name: str) -> ReadError:
    if ocr_available():
        return ReadError("needs_ocr", f"{name} has no text, and OCR found none.", "Scan it again, larger and darker.")
    return ReadError(
        "needs_ocr",
        f"{name} has no text: it looks like a scan.",
        "It needs OCR: install tesseract and the extra “ocr” of Proviso where the worker runs, then read it again.",
    )


def ocr_warnings(qualities: Mapping[int, float]) -> tuple[str, ...]:
    if not qualities:
        return ()
    low = ", ".join(f"{page} ({quality:.0%})" for page, quality in qualities.items() if quality < LOW_QUALITY)
    doubtful = f" Check these against the scan: page {low}." if low else ""
    count = f"{len(qualities)} page{'' if len(qualities) == 1 else 's'}"
    return (f"{count} read by OCR, certain of its words to {fmean(qualities.values()):.0%}.{doubtful}",)


def read_images(
    document: pdfium.PdfDocument, pages: Sequence[list[Row]], scans: Collection[int]
) -> tuple[list[list[Row]], dict[int, float]]:
    """The pages with the scans among them read from their images, and the quality of each such page."""
    found = list(pages)
    qualities: dict[int, float] = {}
    for number in sorted(scans):
        rows, quality = _read_image(document, number)
        if rows:
            found[number - 1] = rows
            qualities[number] = quality
    return found, qualities


def _read_image(document: pdfium.PdfDocument, number: int) -> tuple[list[Row], float]:
    import pytesseract

    page = document[number - 1]
    try:
        image = page.render(scale=DPI / 72, grayscale=True).to_pil()
        # 1: find the columns and blocks of the page.
        data = pytesseract.image_to_data(
            image, config="--psm 1", timeout=PAGE_SECONDS, output_type=pytesseract.Output.DICT
        )
    except (RuntimeError, pytesseract.TesseractError) as error:
        raise ReadError(
            "ocr_failed", f"OCR could not read page {number}: {error}", "Read it again, or scan that page anew."
        ) from error
    finally:
        page.close()
    words = list(_words(data))
    quality = fmean([confidence for *_, confidence in words]) / 100 if words else 0.0
    return list(_rows(words, image.height, number)), round(quality, 3)


_Word = tuple[tuple[int, ...], str, tuple[int, int, int, int], float]


def _words(data: Mapping[str, Sequence[int]]) -> Iterator[_Word]:
    """The line each word belongs to, the word, its box in pixels (left, top, width, height), its confidence of 100."""
    for index, text in enumerate(data["text"]):
        if str(text).strip() and float(data["conf"][index]) >= 0:
            line = tuple(data[key][index] for key in ("block_num", "par_num", "line_num"))
            left, top, width, height = (int(data[key][index]) for key in ("left", "top", "width", "height"))
            yield line, str(text), (left, top, width, height), float(data["conf"][index])


def _rows(words: Sequence[_Word], height: int, page: int) -> Iterator[Row]:
    lines: dict[tuple[int, ...], list[_Word]] = defaultdict(list)
    for word in words:
        lines[word[0]].append(word)
    points = 72 / DPI
    for line in lines.values():
        boxes = [box for _, _, box, _ in line]
        top = max(height - box[1] for box in boxes)
        bottom = min(height - box[1] - box[3] for box in boxes)
        left, right = min(box[0] for box in boxes), max(box[0] + box[2] for box in boxes)
        text = clean(" ".join(word for _, word, _, _ in line))
        yield Row(text, left * points, right * points, bottom * points, top * points, page)
