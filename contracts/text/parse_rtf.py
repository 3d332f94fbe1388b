"""RTF: striprtf leaves one line per paragraph."""

from __future__ import annotations

from striprtf.striprtf import rtf_to_text

from contracts.text.paragraphs import join_labels
from contracts.text.types import ParsedDocument, ReadError


def parse_rtf(data: bytes, name: str) -> ParsedDocument:
    try:
        # RTF is 7-bit by definition; its escapes name the code page of everything else.
        text = rtf_to_text(data.decode("latin-1"), errors="replace")
    except (ValueError, IndexError, KeyError, LookupError) as error:
        raise ReadError("corrupt", f"{name} is damaged RTF.", "Save it again as RTF or DOCX.") from error
    rows = [" | ".join(cell for cell in row.split("|") if cell.strip()) for row in text.splitlines()]
    return ParsedDocument(join_labels(rows), "rtf", ())
