"""DOCX: docx2python opens the package; words, tables and automatic numbers are read from its XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field

from docx2python.docx_reader import DocxReader
from lxml import etree

from contracts.text.paragraphs import clean, footnote, join_cells, join_labels
from contracts.text.struck import struck_warnings
from contracts.text.tracked_changes import ACCEPTED, ORIGINAL, View, changes_of
from contracts.text.types import ParsedDocument, ReadError
from contracts.text.word_numbering import Element, W, WordNumbering, read_numbering
from contracts.text.word_symbols import check_box, chosen, symbol

# docx2python's own text loses numbers that come from a style ("Heading 2" as "4.1"), drops the multilevel template,
# and takes ten times as long.
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {f"{W}p", f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}delInstrText", FALLBACK}
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_SYMBOLS = {f"{W}sym": symbol, f"{W}checkBox": check_box, f"{W}ddList": chosen}
_TEXT = {f"{W}t", f"{W}delText", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # what "Strict Open XML" calls the same elements
_STRUCK = (f"{W}strike", f"{W}dstrike", f"{W}vanish")
_OFF = {"0", "false", "off", "none"}
_PARTS = ("officeDocument", "numbering", "styles", "footnotes", "endnotes")
_REFERENCES = {f"{W}footnoteReference", f"{W}endnoteReference"}


def parse_docx(data: bytes, name: str) -> ParsedDocument:
    try:
        # Not the reader's own context manager, which swallows every error.
        with closing(DocxReader(io.BytesIO(data))) as reader:
            parts = {kind: _part(reader, kind) for kind in _PARTS}
            # Each reading counts for itself: what was inserted took numbers.
            accepted, original = (read_numbering(parts["numbering"], parts["styles"]) for _ in range(2))
    except (KeyError, ValueError, IndexError, OSError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise ReadError("corrupt", f"{name} is a damaged Word file.", "Open it in Word and save it again.") from error
    body = parts["officeDocument"]
    if body is None:
        raise ReadError("corrupt", f"{name} has no document inside.", "Open it in Word and save it again.")
    notes = {
        (kind, note.get(f"{W}id") or ""): note
        for kind in ("footnote", "endnote")
        if (part := parts[f"{kind}s"]) is not None
        for note in part
    }
    changes = changes_of(body)
    try:
        before = _Reader(ORIGINAL, original, notes).text(body) if changes else ""
        text = _Reader(ACCEPTED, accepted, notes).text(body)
        return ParsedDocument(text, "docx", (), (*changes, *struck_warnings(_struck_paragraphs(body))), before)
    except RecursionError as error:
        raise ReadError(
            "corrupt",
            f"{name} nests its contents too deep to be read.",
            "Save it as PDF or plain text and upload that.",
        ) from error


def _is_struck(run: Element) -> bool:
    """Whether its words are struck through or hidden; "0" takes back what a style says."""
    properties = run.find(f"{W}rPr")
    marks = () if properties is None else properties.iterchildren(*_STRUCK)
    return any(mark.get(f"{W}val") not in _OFF for mark in marks)


def _struck_paragraphs(body: Element) -> int:
    struck = (run for run in body.iter(f"{W}r") if run.find(f"{W}t") is not None and _is_struck(run))
    return len({next(run.iterancestors(f"{W}p"), run) for run in struck})


def _part(reader: DocxReader, kind: str) -> Element | None:
    """The root of a part of the package; "officeDocument" is the body without headers and footers."""
    files = reader.files_of_type(kind)
    if not files or files[0].path not in reader.zipf.namelist():
        return None
    xml = reader.zipf.read(files[0].path).replace(_STRICT, W[1:-1].encode())
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, huge_tree=True))


@dataclass(slots=True)
class _Reader:
    """One reading of the body: with its tracked changes, or as it was before them."""

    view: View
    numbering: WordNumbering
    notes: Mapping[tuple[str, str], Element]
    referred: list[Element] = field(default_factory=list)  # notes of the paragraph in hand
    note_count: int = 0
    run_on: tuple[str, str] | None = None  # label and words of paragraphs whose end this view leaves out

    def text(self, body: Element) -> str:
        lines = [line for paragraph in self._lines(body) for line in paragraph.split("\n")]
        if self.run_on is not None:
            lines.append(" ".join(self.run_on))
        return join_labels(lines)

    def _lines(self, container: Iterable[Element]) -> Iterator[str]:
        for child in container:
            if child.tag == f"{W}p":
                yield from self._paragraphs(child)
            elif child.tag == f"{W}tr":
                if not self.view.leaves_out_row(child):
                    yield from self._row(child)
            elif child.tag not in _LEFT_OUT and child.tag not in self.view.left_out:
                yield from self._lines(child)

    def _row(self, row: Element) -> list[str]:
        """One line if several cells are filled, else the paragraphs as they stand. Tables within cells follow."""
        cells: list[list[str]] = []
        nested: list[str] = []
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is row:
                cells.append([])
                for child in cell:
                    lines = self._lines([child])
                    (nested if child.tag == f"{W}tbl" else cells[-1]).extend(lines)
        filled = [cell for cell in cells if cell]
        if len(filled) > 1:
            return [join_cells(clean(" ".join(cell)) for cell in filled), *nested]
        return [*(filled[0] if filled else []), *nested]

    def _paragraphs(self, paragraph: Element) -> Iterator[str]:
        """The paragraph as one line, then the notes it refers to and those of the text boxes anchored in it."""
        text = "".join(self._characters(paragraph))
        endless = self.view.leaves_out_end(paragraph)
        if self.run_on is not None:
            label, before = self.run_on
            text, self.run_on = before + text, None
        else:
            # An empty paragraph takes a number; one that only ends a section, or that this view leaves out, does not.
            uncounted = not text.strip() and (endless or paragraph.find(f"{W}pPr/{W}sectPr") is not None)
            label = "" if uncounted else self.numbering.label(paragraph)
        if endless and text.strip():
            self.run_on = label, text
        else:
            yield from [f"{label} {text.strip()}".strip()] if text.strip() else []
            yield from self._notes()
        for box in paragraph.iter(f"{W}txbxContent"):
            if not any(ancestor.tag == FALLBACK for ancestor in box.iterancestors()):
                yield from self._lines(box)

    def _notes(self) -> list[str]:
        found, self.referred = self.referred, []
        lines: list[str] = []
        for note in found:
            self.note_count += 1
            words = clean(" ".join(clean("".join(self._characters(each))) for each in note.iter(f"{W}p")))
            lines += [footnote(str(self.note_count), words)] if words else []
        return lines

    def _characters(self, node: Element) -> Iterator[str]:
        for child in node:
            if child.tag in _TEXT:
                yield child.text or ""
            elif child.tag in _CHARACTERS:
                yield _CHARACTERS[child.tag]
            elif child.tag in _SYMBOLS:
                yield _SYMBOLS[child.tag](child)
            elif child.tag in _REFERENCES:
                kind = etree.QName(child).localname.removesuffix("Reference")
                note = self.notes.get((kind, child.get(f"{W}id") or ""))
                self.referred += [] if note is None else [note]
            elif child.tag == f"{W}r" and _is_struck(child):
                continue
            elif child.tag not in _LEFT_OUT and child.tag not in self.view.left_out:
                yield from self._characters(child)
