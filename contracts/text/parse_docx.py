"""DOCX: docx2python opens the package; words, tables and automatic numbers are read from its XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator

from docx2python.docx_reader import DocxReader
from lxml import etree

from contracts.text.paragraphs import clean, join_cells, join_labels
from contracts.text.types import ParsedDocument, ReadError
from contracts.text.word_numbering import Element, W, WordNumbering, read_numbering

# docx2python's own text loses numbers that come from a style ("Heading 2" as "4.1"), drops the multilevel template,
# and takes ten times as long.
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {f"{W}del", f"{W}moveFrom", f"{W}p", f"{W}pPr", f"{W}rPr", f"{W}instrText", FALLBACK}
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_TEXT = {f"{W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}


def parse_docx(data: bytes, name: str) -> ParsedDocument:
    try:
        with DocxReader(io.BytesIO(data)) as reader:
            body = _part(reader, "officeDocument")
            numbering = read_numbering(_part(reader, "numbering"), _part(reader, "styles"))
            notes = [part for kind in ("footnotes", "endnotes") if (part := _part(reader, kind)) is not None]
    except (KeyError, ValueError, IndexError, OSError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise ReadError("corrupt", f"{name} is a damaged Word file.", "Open it in Word and save it again.") from error
    if body is None:
        raise ReadError("corrupt", f"{name} has no document inside.", "Open it in Word and save it again.")
    lines = [line for part in (body, *notes) for line in _lines(part, numbering)]
    return ParsedDocument(join_labels("\n".join(lines).split("\n")), "docx", (), _tracked_changes(body))


def _part(reader: DocxReader, kind: str) -> Element | None:
    """The root of a part of the package; "officeDocument" is the body without headers and footers."""
    files = reader.files_of_type(kind)
    if not files or files[0].path not in reader.zipf.namelist():
        return None
    return etree.fromstring(reader.zipf.read(files[0].path), etree.XMLParser(resolve_entities=False, huge_tree=True))


def _lines(container: Iterable[Element], numbering: WordNumbering) -> Iterator[str]:
    for child in container:
        if child.tag == f"{W}p":
            yield from _paragraphs(child, numbering)
        elif child.tag == f"{W}tr":
            yield from _row(child, numbering)
        elif child.tag not in _LEFT_OUT:
            yield from _lines(child, numbering)


def _row(row: Element, numbering: WordNumbering) -> list[str]:
    """One line if several cells are filled, else the paragraphs as they stand. Tables within cells follow."""
    cells: list[list[str]] = []
    nested: list[str] = []
    for cell in row.iter(f"{W}tc"):
        if next(cell.iterancestors(f"{W}tr")) is row:
            cells.append([])
            for child in cell:
                lines = _lines([child], numbering)
                (nested if child.tag == f"{W}tbl" else cells[-1]).extend(lines)
    filled = [cell for cell in cells if cell]
    if len(filled) > 1:
        return [join_cells(clean(" ".join(cell)) for cell in filled), *nested]
    return [*(filled[0] if filled else []), *nested]


def _paragraphs(paragraph: Element, numbering: WordNumbering) -> Iterator[str]:
    """The paragraph as one line, then those of the text boxes anchored in it."""
    text = "".join(_characters(paragraph)).strip()
    deleted = paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None and not text
    label = "" if deleted else numbering.label(paragraph)  # an empty paragraph takes a number, a deleted one does not
    if text:
        yield f"{label} {text}".strip()
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(ancestor.tag == FALLBACK for ancestor in box.iterancestors()):
            yield from _lines(box, numbering)


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
