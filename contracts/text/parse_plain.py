"""Plain text: the encoding found, wrapped lines joined into paragraphs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import pairwise

from charset_normalizer import from_bytes

from contracts.text.paragraphs import Line, clean, join_cells, join_lines
from contracts.text.types import ParsedDocument, ReadError

SAMPLE = 64 * 1024
WIDEST_WRAPPED_LINE = 100
PAGE_MARK = re.compile(r"<PAGE>|-? ?\d{1,3} ?-?|Page \d{1,3}( of \d{1,3})?", re.IGNORECASE)
RULE = re.compile(r"[-=_*. |]{4,}")
_BLANKS = re.compile(r"(?<=\S) {2,}(?=\S)")
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def parse_plain(data: bytes, name: str) -> ParsedDocument:
    text, warnings = decode(data, name)
    return ParsedDocument(plain_paragraphs(text), "txt", (), warnings)


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text and what to warn about. Raises ReadError("binary") for what is no text."""
    encoding = next((value for bom, value in _BOMS.items() if data.startswith(bom)), None)
    if encoding is None and _binary(data[:SAMPLE]):
        raise ReadError("binary", f"{name} is not a text file.", "Save the contract as DOCX, PDF or TXT.")
    for candidate in filter(None, (encoding, "utf-8", declared)):
        try:
            return data.decode(candidate), ()
        except (UnicodeDecodeError, LookupError):
            continue
    guess = from_bytes(data[:SAMPLE]).best()
    encoding = guess.encoding if guess else "cp1252"
    return data.decode(encoding, errors="replace"), (f"The encoding was guessed: {encoding}.",)


def _binary(sample: bytes) -> bool:
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in sample)
    return b"\0" in sample or control > len(sample) / 50


def plain_paragraphs(text: str) -> str:
    """Paragraphs separated by a line feed: long lines as they are, short ones joined, for they were wrapped."""
    rows = [row.expandtabs(8) for row in re.split(r"\r\n|[\n\r\f\v\x85\u2028\u2029]", text)]
    widths = sorted(len(row.rstrip()) for row in rows if row.strip())
    if not widths or widths[int(len(widths) * 0.98)] > WIDEST_WRAPPED_LINE:
        return "\n".join(filter(None, map(clean, rows)))
    right_margin = widths[int(len(widths) * 0.95)]
    return "\n".join(paragraph.text for paragraph in join_lines(_lines(rows), right_margin))


def _lines(rows: list[str]) -> list[Line]:
    lines: list[Line] = []
    gap = False
    for before, row, after in _with_neighbours(rows):
        cleaned = join_cells(map(clean, _cells(row, _columns(before) | _columns(after))))
        if not cleaned or PAGE_MARK.fullmatch(cleaned) or RULE.fullmatch(cleaned):
            gap = True
            continue
        lines.append(Line(cleaned, len(row) - len(row.lstrip()), len(row.rstrip()), gap))
        gap = False
    return lines


def _with_neighbours(rows: list[str]) -> Iterator[tuple[str, str, str]]:
    """Each row with the one above and below; the rule under the head of a table does not part them."""
    seen = [index for index, row in enumerate(rows) if not (row.strip() and RULE.fullmatch(row.strip()))]
    above, below = dict(zip(seen[1:], seen, strict=False)), dict(pairwise(seen))
    for index, row in enumerate(rows):
        before, after = above.get(index), below.get(index)
        yield "" if before is None else rows[before], row, "" if after is None else rows[after]


def _cells(row: str, columns: set[int]) -> list[str]:
    """A row cut where three blanks stand, or where two stand before a column of the row above or below."""
    cuts = [gap.end() for gap in _BLANKS.finditer(row) if len(gap[0]) > 2 or gap.end() in columns]
    return [row[start:end] for start, end in pairwise([0, *cuts, len(row)])]


def _columns(row: str) -> set[int]:
    return {gap.end() for gap in _BLANKS.finditer(row)}
