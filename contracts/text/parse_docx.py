"""DOCX: docx2python finds the paragraphs, cells and notes; the words and the automatic numbers are read from the XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from docx2python import docx2python
from docx2python.depth_collector import Par
from docx2python.docx_output import DocxContent
from lxml import etree

from contracts.text.paragraphs import clean, join_cells, join_labels
from contracts.text.types import ParsedDocument, ReadError
from contracts.text.word_numbering import Element, W, WordNumbering, read_numbering

# docx2python's own text loses numbers that come from a style ("Heading 2" as "4.1") and drops the multilevel template.
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {f"{W}del", f"{W}moveFrom", f"{W}p", f"{W}pPr", f"{W}rPr", f"{W}instrText", FALLBACK}
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_TEXT = {f"{W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}


def parse_docx(data: bytes, name: str) -> ParsedDocument:
    try:
        with docx2python(io.BytesIO(data), duplicate_merged_cells=False) as docx:
            numbering = read_numbering(_part(docx, "numbering"), _part(docx, "styles"))
            lines = [line for table in docx.body_pars for row in table for line in _row_lines(row, numbering)]
            notes = [par for kind in (docx.footnotes_pars, docx.endnotes_pars) for par in _pars(kind)]
            lines += [text for par in notes if (text := _paragraph(par, numbering))]
            warnings = _tracked_changes(docx.docx_reader.file_of_type("officeDocument").root_element)
    except (KeyError, ValueError, IndexError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise ReadError("corrupt", f"{name} is a damaged Word file.", "Open it in Word and save it again.") from error
    return ParsedDocument(join_labels("\n".join(lines).split("\n")), "docx", (), warnings)


def _part(docx: DocxContent, kind: str) -> Element | None:
    files = docx.docx_reader.files_of_type(kind)
    return etree.fromstring(docx.docx_reader.zipf.read(files[0].path)) if files else None


def _pars(tables: list[list[list[list[Par]]]]) -> Iterator[Par]:
    return (par for table in tables for row in table for cell in row for par in cell)


def _row_lines(row: list[list[Par]], numbering: WordNumbering) -> list[str]:
    """The paragraphs of a row: one line when it has several filled cells, else each as it stands."""
    cells = [[text for par in cell if (text := _paragraph(par, numbering))] for cell in row]
    filled = [cell for cell in cells if cell]
    if len(filled) > 1:
        return [join_cells(clean(" ".join(cell)) for cell in filled)]
    return filled[0] if filled else []


def _paragraph(par: Par, numbering: WordNumbering) -> str:
    if par.elem is None or any(ancestor.tag == FALLBACK for ancestor in par.elem.iterancestors()):
        return ""
    text = "".join(_characters(par.elem))
    removed = par.elem.find(f"{W}pPr/{W}rPr/{W}del") is not None
    if removed and not text.strip():
        return ""  # a deleted paragraph takes no number
    label = numbering.label(par.elem)
    return f"{label} {text}".strip() if text.strip() else ""


def _characters(node: Element) -> Iterator[str]:
    for child in node:
        if child.tag in _TEXT:
            yield child.text or ""
        elif child.tag in _CHARACTERS:
            yield _CHARACTERS[child.tag]
        elif child.tag not in _LEFT_OUT:
            yield from _characters(child)


def _tracked_changes(body: Element) -> tuple[str, ...]:
    inserted = sum(1 for _ in body.iter(f"{W}ins", f"{W}moveTo"))
    deleted = sum(1 for _ in body.iter(f"{W}del", f"{W}moveFrom"))
    if not inserted and not deleted:
        return ()
    return (f"Tracked changes are read as accepted: {inserted} insertions kept, {deleted} deletions left out.",)
