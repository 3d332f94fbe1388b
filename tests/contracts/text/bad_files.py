"""Whole files as they should not be, made on the spot."""

from __future__ import annotations

import io
import zipfile

from docx.oxml.ns import nsdecls

from tests.contracts.text.files import docx_of, paragraph, pdf_of

CLAUSE = "The Supplier shall deliver the Goods to the Customer."
DOCX = docx_of(*(paragraph(f"{number}. {CLAUSE}") for number in range(1, 40)))
PDF = pdf_of([[(72, 700, f"{page}. {CLAUSE}"), (72, 660, f"Page {page} says so.")] for page in range(1, 9)])
LOCKED_PDF = pdf_of([[(72, 700, "1. Secret terms")]], password="pw")
TABLE_PDF = pdf_of([[(72, 700, "Item"), (200, 700, "Price"), (72, 680, "Crane"), (200, 680, "900")]])
TABLE_DOCX = docx_of(
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Item</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>Price</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)


def docx_with(part: str, content: bytes) -> bytes:
    """A Word file with another part in the place of its own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(DOCX)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, content)
    return buffer.getvalue()


def body(xml: str, before: str = "") -> bytes:
    return f"{before}<w:document {nsdecls('w')}><w:body>{xml}</w:body></w:document>".encode()


NESTED = docx_with(
    "word/document.xml",
    body("<w:sdt><w:sdtContent>" * 700 + "<w:p><w:r><w:t>Deep</w:t></w:r></w:p>" + "</w:sdtContent></w:sdt>" * 700),
)
_ENTITIES = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
ENTITIES = docx_with(
    "word/document.xml",
    body("<w:p><w:r><w:t>&e9; Terms</w:t></w:r></w:p>", before=f'<!DOCTYPE bomb [<!ENTITY e0 "bomb">{_ENTITIES}]>'),
)
BOMB = docx_with("word/document.xml", body("<w:p><w:r><w:t>bomb</w:t></w:r></w:p>" * 1_600_000))  # 59 MB from 0.2
HIDDEN_BOMB = docx_with("word/numbering.bin", bytes(60_000_000))
