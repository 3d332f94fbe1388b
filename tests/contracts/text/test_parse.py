"""Whatever is uploaded, the answer is readable text or an error a person can act on."""

from __future__ import annotations

import io
import zipfile

import pytest

from contracts.text.parse import MOST_TEXT, parse_file
from contracts.text.types import ReadError
from tests.contracts.text.files import agreements, archive_of, docx_of, paragraph, pdf_of

SCAN = pdf_of([[]])
ENCRYPTED = pdf_of([[(72, 700, "1. Secret terms")]], password="pw")
NO_PAGES = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000056 00000 n \ntrailer\n<</Size 3/Root 1 0 R>>\n"
    b"startxref\n105\n%%EOF"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.docx", b"", "empty"),
        ("blank.txt", b" \n\t \n", "no_text"),
        ("blank.html", b"<html><body><script>x()</script></body></html>", "no_text"),
        ("nothing.docx", docx_of(paragraph("")), "no_text"),
        ("pages.pdf", NO_PAGES, "no_pages"),
        ("scan.pdf", SCAN, "needs_ocr"),
        ("locked.pdf", ENCRYPTED, "encrypted"),
        ("broken.pdf", b"%PDF-1.7\nnothing that follows is a PDF", "corrupt"),
        ("text.pdf", b"I am not a PDF", "corrupt"),
        ("plain.docx", b"I am not a Word file", "corrupt"),
        ("sheet.docx", archive_of(**{"xl/workbook.xml": "<x/>"}), "unknown_kind"),
        ("cut.docx", docx_of(paragraph("Terms"))[:900], "corrupt"),
        ("hollow.docx", archive_of(**{"[Content_Types].xml": "<x/>", "word/other.xml": "<x/>"}), "corrupt"),
        ("old.doc", OLE + "WordDocument".encode("utf-16-le"), "legacy_doc"),
        ("locked.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "unknown_kind"),
        ("program.txt", b"\x7fELF" + bytes(range(256)) * 4, "binary"),
        ("broken.rtf", b"no rtf", "corrupt"),
    ],
)
def test_unreadable_files_say_what_is_wrong_and_what_to_do(name: str, data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        parse_file(data, name)
    assert caught.value.code == code
    assert name in caught.value.message
    assert caught.value.remedy.endswith(".")


def test_too_much_text_is_refused_before_it_is_read() -> None:
    with pytest.raises(ReadError) as caught:
        parse_file(b"word " * 1000, "long.txt", most_text=4999)
    assert caught.value.code == "too_large"
    assert parse_file(b"word " * 1000, "long.txt", most_text=5000).format == "txt"


def test_a_large_file_of_little_text_is_read() -> None:
    """What was received must not be too large to be read: there is one limit, MAX_FILE_BYTES."""
    packed = io.BytesIO(docx_of(paragraph("Term")))
    with zipfile.ZipFile(packed, "a") as word:
        word.writestr("word/media/plan.bin", bytes(MOST_TEXT + 1))
    assert parse_file(packed.getvalue(), "plans.docx").text == "Term"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("contract", pdf_of([[(72, 700, "1. Term")]]), "pdf"),
        ("contract.txt", docx_of(paragraph("Term")), "docx"),
        ("contract.doc", b"{\\rtf1\\ansi Term\\par}", "rtf"),
        ("contract.txt", b"<!DOCTYPE html><html><body><p>Term</p></body></html>", "html"),
        ("contract.md", b"Term", "txt"),
    ],
)
def test_the_content_decides_not_the_extension(name: str, data: bytes, expected: str) -> None:
    document = parse_file(data, name)
    assert document.format == expected
    assert "Term" in document.text


@pytest.mark.parametrize("path", agreements(), ids=lambda path: path.name)
def test_every_sample_agreement_is_clean_text(path) -> None:  # type: ignore[no-untyped-def]
    document = parse_file(path.read_bytes(), path.name)
    assert document.format == path.suffix[1:]
    assert document.warnings == ()
    lines = document.text.split("\n")
    assert all(line == line.strip() and line for line in lines)
    assert "  " not in document.text
    assert bool(document.pages) == (document.format == "pdf")
    if document.pages:
        assert document.pages[0].start == 0
        assert document.pages[-1].end == len(document.text)
