"""Small real files for the parsing tests, made on the spot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

AGREEMENTS = Path(__file__).resolve().parents[3] / "fixtures" / "agreements"


def agreements() -> list[Path]:
    return sorted(path for path in AGREEMENTS.iterdir() if path.is_file() and path.suffix != ".json")


def pdf_of(pages: Sequence[Sequence[tuple[float, float, str]]], password: str | None = None) -> bytes:
    """Each page is a list of (x, y, text)."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, encrypt=StandardEncryption(password) if password else None)
    for page in pages:
        for x, y, text in page:
            canvas.drawString(x, y, text)
        canvas.rect(50, 50, 100, 100)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def docx_of(*body: str, numbering: str = "", styles: str = "") -> bytes:
    """A Word file whose body, abstract lists and styles are given as XML with the prefix ``w``."""
    document = docx.Document()
    for element in list(document.element.body)[:-1]:
        document.element.body.remove(element)
    for position, xml in enumerate(body):
        document.element.body.insert(position, _element(xml))
    if numbering:
        root = document.part.numbering_part.element
        for child in list(root):
            root.remove(child)
        for child in _element(f"<w:numbering>{numbering}</w:numbering>"):
            root.append(child)
    if styles:
        for child in _element(f"<w:styles>{styles}</w:styles>"):
            document.styles.element.append(child)
    document.sections[0].footer.paragraphs[0].text = "Confidential footer"
    document.sections[0].header.paragraphs[0].text = "Running header"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def docx_with_notes(body: str, notes: dict[int, str]) -> bytes:
    """``docx_of`` one paragraph, with footnotes by their ids."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    words = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        for number, text in notes.items()
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx_of(body))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode("latin-1")
            if name == "word/_rels/document.xml.rels":
                relation = f'<Relationship Id="rNotes" Type="{kind}" Target="footnotes.xml"/>'
                content = content.replace("</Relationships>", f"{relation}</Relationships>")
            new.writestr(name, content.encode("latin-1"))
        new.writestr("word/footnotes.xml", f"<w:footnotes {nsdecls('w')}>{words}</w:footnotes>")
    return buffer.getvalue()


def paragraph(text: str, number: str = "", level: int = 0, style: str = "") -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def archive_of(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def _element(xml: str):  # type: ignore[no-untyped-def]  # lxml element
    return parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1) if not xml.startswith("<w:p/>") else xml)
