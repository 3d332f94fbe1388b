"""What was typed or ticked in the fields of a PDF, as lines where the fields stand. pdfium's text does not have it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from contracts.text.paragraphs import clean
from contracts.text.printed import Row
from contracts.text.table_rows import on_one_line
from contracts.text.word_symbols import TICKED, UNTICKED

LINE = 18.0  # points: a field that is higher may hold several lines, of which the first is where it is read
_UNSEEN = pdfium_c.FPDF_ANNOT_FLAG_HIDDEN | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW
_TICKS = {pdfium_c.FPDF_FORMFIELD_CHECKBOX, pdfium_c.FPDF_FORMFIELD_RADIOBUTTON}
_WORDS = {pdfium_c.FPDF_FORMFIELD_TEXTFIELD, pdfium_c.FPDF_FORMFIELD_COMBOBOX, pdfium_c.FPDF_FORMFIELD_LISTBOX}


def with_fields(rows: Sequence[Row], page: pdfium.PdfPage, number: int) -> list[Row]:
    """The rows of a page with those of its fields among them. Forms must have been initialised before it was loaded."""
    filled = list(rows)
    for field in _fields(page, number):
        filled.insert(_place(filled, field), field)
    return filled


def _place(rows: Sequence[Row], field: Row) -> int:
    beside = [index for index, row in enumerate(rows) if on_one_line(row, field)]
    left = [index for index in beside if rows[index].x0 < field.x0]
    if beside:
        return left[-1] + 1 if left else beside[0]
    return next((index for index, row in enumerate(rows) if row.top <= field.bottom), len(rows))


def _fields(page: pdfium.PdfPage, number: int) -> Iterator[Row]:
    box = pdfium_c.FS_RECTF()
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        try:
            text = clean(_text(page, annotation))
            if text and pdfium_c.FPDFAnnot_GetRect(annotation, ctypes.byref(box)):
                bottom = max(box.bottom, box.top - LINE)
                yield Row(text, box.left, box.right, bottom, box.top, number, loose=text not in {TICKED, UNTICKED})
        finally:
            pdfium_c.FPDFPage_CloseAnnot(annotation)


def _text(page: pdfium.PdfPage, annotation: Any) -> str:
    if pdfium_c.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
        return ""
    kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
    if kind == pdfium_c.FPDF_ANNOT_FREETEXT:  # typed over the page, where it has no fields
        return _string(lambda *into: pdfium_c.FPDFAnnot_GetStringValue(annotation, b"Contents", *into))
    if kind != pdfium_c.FPDF_ANNOT_WIDGET or page.formenv is None:
        return ""
    field = pdfium_c.FPDFAnnot_GetFormFieldType(page.formenv, annotation)
    if field in _TICKS:
        return TICKED if pdfium_c.FPDFAnnot_IsChecked(page.formenv, annotation) else UNTICKED
    if field not in _WORDS:  # a button, or the place of a signature
        return ""
    return _string(lambda *into: pdfium_c.FPDFAnnot_GetFormFieldValue(page.formenv, annotation, *into))


def _string(read: Callable[..., int]) -> str:
    """pdfium's own way: first how many bytes, then the bytes."""
    length = read(None, 0)
    buffer = ctypes.create_string_buffer(max(length, 2))
    read(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", errors="replace")
