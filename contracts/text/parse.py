"""Bytes of a contract file to one clean text: paragraphs separated by a line feed, numbers typed out, pages mapped."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import PurePath

from contracts.text.extensions import MARKDOWN
from contracts.text.language import foreign_language
from contracts.text.parse_docx import parse_docx
from contracts.text.parse_html import looks_like_html, parse_html
from contracts.text.parse_mail import looks_like_mail, parse_eml
from contracts.text.parse_markdown import parse_markdown
from contracts.text.parse_msg import parse_msg
from contracts.text.parse_pdf import parse_pdf
from contracts.text.parse_plain import parse_plain
from contracts.text.parse_rtf import parse_rtf
from contracts.text.types import ParsedDocument, ReadError

MEGABYTE = 1024 * 1024
# What one file may unpack to. How large a file may be is for whoever receives it: MAX_FILE_BYTES, the one such limit.
MOST_TEXT = 50 * MEGABYTE
HEADERS = 64 * 1024
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Formats people upload by mistake and whose first bytes say so: without this they would be reported as "binary".
OTHER_MAGIC = {
    b"\x89PNG": "PNG image",
    b"\xff\xd8\xff": "JPEG image",
    b"GIF8": "GIF image",
    b"II*\x00": "TIFF image",
    b"MM\x00*": "TIFF image",
    b"\x1f\x8b": "gzip archive",
    b"Rar!": "RAR archive",
    b"7z\xbc\xaf": "7z archive",
}
_WORD = re.compile(r"[^\W_]")  # dots and rules are no text
_NEVER_UNPACKED = ("word/media/", "word/embeddings/", "word/fonts/", "docProps/")
READABLE = "Proviso reads DOCX, PDF, HTML, RTF, TXT, Markdown and e-mails (EML, MSG)."


def parse_file(data: bytes, filename: str, most_text: int = MOST_TEXT) -> ParsedDocument:
    """Read a file by its content; the extension only decides between text formats. Raises ReadError."""
    name = PurePath(filename).name
    if not data:
        raise ReadError("empty", f"{name} is empty (0 bytes).", "Upload the file again from its source.")
    document = _parse(data, name, most_text)
    if not _WORD.search(document.text):
        raise ReadError("no_text", f"{name} contains no text.", "Check that it is the right file.")
    if len(document.text) > most_text:
        raise _too_much_text(name, most_text)
    language = foreign_language(document.text)
    if not language:
        return document
    warning = f"This looks like {language}. Proviso reads English only: parties, dates and duties may be wrong."
    return replace(document, warnings=(*document.warnings, warning), language=language)


def _parse(data: bytes, name: str, most_text: int) -> ParsedDocument:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in data[:1024]:
        return parse_pdf(data, name)
    if data.startswith(b"PK"):
        _check_word_archive(data, name, most_text)
        return parse_docx(data, name)
    extension = PurePath(name).suffix.lower()
    if data.startswith(OLE_MAGIC):
        if extension == ".msg" or "__properties_version1.0".encode("utf-16-le") in data:
            return parse_msg(data, name)
        raise _ole_error(data, name)
    if head.startswith(b"{\\rtf"):
        return parse_rtf(data, name)
    for magic, kind in OTHER_MAGIC.items():
        if data.startswith(magic):
            raise ReadError("unknown_kind", f"{name} is a {kind}.", f"{READABLE} A scan needs OCR first.")
    if extension in {".docx", ".pdf", ".rtf"}:
        kind = extension[1:].upper()
        raise ReadError("corrupt", f"{name} does not start like a {kind} file.", "Export it again and upload that.")
    if extension == ".eml" or looks_like_mail(data[:HEADERS]):
        return parse_eml(data, name)
    if (looks_like_html(head) and extension not in MARKDOWN) or extension in {".html", ".htm"}:
        return parse_html(data, name)
    if len(data) > most_text:  # nothing but text
        raise _too_much_text(name, most_text)
    return parse_markdown(data, name) if extension in MARKDOWN else parse_plain(data, name)


def _too_much_text(name: str, most_text: int) -> ReadError:
    limit = f"{most_text / MEGABYTE:.0f} MB"
    return ReadError("too_large", f"{name} holds more than {limit} of text.", "Split it into several files.")


def _check_word_archive(data: bytes, name: str, most_text: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        if name.lower().endswith(".zip"):
            raise ReadError("corrupt", f"{name} is a damaged ZIP.", "Pack it again and upload that.") from error
        raise ReadError("corrupt", f"{name} is a damaged ZIP or Word file.", "Save it again in Word.") from error
    names = {part.filename for part in parts}
    if "EncryptedPackage" in names or any(part.flag_bits & 1 for part in parts):
        raise ReadError("encrypted", f"{name} is protected by a password.", "Remove the password and upload again.")
    if "[Content_Types].xml" not in names or not any(part.startswith("word/") for part in names):
        raise ReadError("unknown_kind", f"{name} is a ZIP archive, not a Word document.", READABLE)
    # A small archive may unpack to gigabytes, and XML takes many times its size in memory; pictures are never unpacked.
    if sum(part.file_size for part in parts if not part.filename.startswith(_NEVER_UNPACKED)) > most_text:
        raise ReadError("too_large", f"{name} unpacks to too much XML.", "Split it into several files.")


def _ole_error(data: bytes, name: str) -> ReadError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ReadError("encrypted", f"{name} is protected by a password.", "Remove the password and upload again.")
    if "WordDocument".encode("utf-16-le") in data:
        return ReadError("legacy_doc", f"{name} is an old Word file (.doc).", "Save it as .docx and upload that.")
    return ReadError("unknown_kind", f"{name} is an old Office file that is not a Word document.", READABLE)
