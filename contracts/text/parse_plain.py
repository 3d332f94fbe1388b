"""Plain text: the encoding found, wrapped lines joined into paragraphs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from charset_normalizer import from_bytes

from contracts.text.furniture import is_page_furniture
from contracts.text.paragraphs import Line, clean, goes_on, join_cells, join_lines
from contracts.text.types import ParsedDocument, ReadError

SAMPLE = 64 * 1024
ENOUGH_TO_GUESS = 4096
_WIDE = ["utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be", "utf_7"]
WIDEST_PRINTED_LINE = 100
WIDEST_WRAPPED_LINE = 300  # programs wrap at 250; what is wider is a paragraph or a page on one line
FULL = 0.8  # of the width to the margin
NARROWEST_WRAPPED_LINE = 60  # what is narrower has short lines because there was no more to say
WIDTH_OF_PAGE = 80
WIDTH_OF_LINE = 65  # at least, where lines are filled to the margin
PAGE_MARK = re.compile(r"-? ?\d{1,3} ?-?|Page \d{1,3}( of \d{1,3})?", re.IGNORECASE)
_PAGE_AT_END = re.compile(r"\s+(?:Page \d{1,3}(?: of \d{1,3})?|-\s?\d{1,3}\s?-)$", re.IGNORECASE)
RULE = re.compile(r"[-=_*. |]{4,}")
_TYPESETTING = re.compile(r"<(?:PAGE|/?TABLE|CAPTION|S|C|FN|F\d{1,2})>")  # in EDGAR's old filings, above the words
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1b")
_BLANKS = re.compile(r"(?<=\S) {2,}(?=\S)")
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def parse_plain(data: bytes, name: str) -> ParsedDocument:
    text, warnings = decode(data, name)
    return ParsedDocument(plain_paragraphs(text), "txt", (), warnings)


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text and what to warn about. Raises ReadError("binary") for what is no text."""
    encoding = next((value for bom, value in _BOMS.items() if data.startswith(bom)), None)
    encoding = encoding or _utf_16(data[:SAMPLE])
    if encoding is None and _binary(data[:SAMPLE]):
        raise ReadError("binary", f"{name} is not a text file.", "Save the contract as DOCX, PDF or TXT.")
    for candidate in filter(None, (encoding, "utf-8", declared)):
        try:
            return data.decode(candidate), ()
        except (UnicodeDecodeError, LookupError):
            continue
    if encoding is not None:
        warning = f"Damaged {encoding.upper()}: characters that could not be read are shown as \ufffd."
        return data.decode(encoding, errors="replace"), (warning,)
    return _guessed(data)


def _guessed(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Lines that are UTF-8 as such, the others in the encoding that fits them: some files are pasted together."""
    lines = data.splitlines(keepends=True)
    foreign = b"".join(line for line in lines if not _is_utf_8(line))[:SAMPLE]
    # Few words fit many encodings; Word's is then the likeliest.
    guess = from_bytes(foreign, cp_exclusion=_WIDE).best() if len(foreign) >= ENOUGH_TO_GUESS else None
    encoding = guess.encoding if guess and guess.encoding != "ascii" else "cp1252"
    mixed = any(not line.isascii() and _is_utf_8(line) for line in lines)
    if not mixed:
        return data.decode(encoding, errors="replace"), (f"The encoding was guessed: {encoding}.",)
    text = "".join(line.decode("utf-8" if _is_utf_8(line) else encoding, errors="replace") for line in lines)
    return text, (f"The encodings are mixed: UTF-8, and on other lines {encoding}, which was guessed.",)


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _utf_16(sample: bytes) -> str | None:
    """UTF-16 without a mark: in western text every other byte is zero, and no other."""
    even, odd = sample[::2], sample[1::2]
    for encoding, letters, zeros in (("utf-16-le", even, odd), ("utf-16-be", odd, even)):
        if len(sample) > 3 and zeros.count(0) > 0.7 * len(zeros) and not letters.count(0):
            return encoding
    return None


def _binary(sample: bytes) -> bool:
    control = len(sample) - len(sample.translate(None, _CONTROL))
    return b"\0" in sample or control > len(sample) / 50


def plain_paragraphs(text: str) -> str:
    """Paragraphs separated by a line feed: long lines as they are, short ones joined, for they were wrapped."""
    text = _TYPESETTING.sub(lambda mark: " " * len(mark[0]), text)
    rows = [row.expandtabs(8) for row in re.split(r"\r\n|[\n\r\f\v\x85\u2028\u2029]", text)]
    widths = sorted(len(row.rstrip()) for row in rows if row.strip())
    if not widths:
        return ""
    widest, right_margin = (widths[int(len(widths) * share)] for share in (0.98, 0.95))
    if widest > WIDEST_PRINTED_LINE:
        right_margin = _margin_run_over(rows)
        if not right_margin:
            return "\n".join(_uncut(filter(None, map(clean, rows))))
    lines = _lines(rows)
    if right_margin < NARROWEST_WRAPPED_LINE and not _run_on([line.text for line in lines[1:] if not line.gap]):
        right_margin = WIDTH_OF_PAGE
    return "\n".join(paragraph.text for paragraph in join_lines(lines, right_margin))


def _uncut(paragraphs: Iterable[str]) -> list[str]:
    """Sentences that were cut, mostly by the end of a page, are whole again, without what is printed there."""
    whole: list[str] = []
    printed: list[str] = []
    for paragraph in paragraphs:
        if whole and is_page_furniture(paragraph):
            printed.append(paragraph)
            continue
        if whole and _is_cut(whole[-1], ".;:" if printed else ".;:,") and goes_on(paragraph):
            whole[-1] = _PAGE_AT_END.sub("", whole[-1]) + " " + paragraph
        else:
            whole += [*printed, paragraph]
        printed.clear()
    return whole + printed


def _is_cut(paragraph: str, ends: str) -> bool:
    return len(paragraph) > WIDTH_OF_LINE and paragraph[-1] not in ends


def _margin_run_over(rows: Sequence[str]) -> int:
    """Where the lines of a text end whose sentences run on below, though its tables may be wider; 0: it has none."""
    pairs = [(len(row.rstrip()), below.lstrip()) for row, below in pairwise(rows) if row.strip()]
    running = sorted(width for width, below in pairs if below[:1].islower())
    margin = running[int(len(running) * 0.95)] if running else 0
    if not NARROWEST_WRAPPED_LINE <= margin <= WIDEST_WRAPPED_LINE:
        return 0
    return margin if _run_on([below for width, below in pairs if width > FULL * margin]) else 0


def _run_on(lines: Sequence[str]) -> bool:
    """Whether so many begin in the middle of a sentence that the text was wrapped: a term sheet is not."""
    following = [line[0].islower() for line in lines if line]
    return sum(following) * 3 > len(following)


def _lines(rows: list[str]) -> list[Line]:
    lines: list[Line] = []
    gap = turned = False
    for before, row, after in _with_neighbours(rows):
        cleaned = join_cells(map(clean, _cells(row, _columns(before) | _columns(after))))
        if not cleaned or PAGE_MARK.fullmatch(cleaned) or RULE.fullmatch(cleaned):
            gap = True
            turned = turned or PAGE_MARK.fullmatch(cleaned) is not None
            continue
        cut = turned and goes_on(cleaned)
        lines.append(Line(cleaned, len(row) - len(row.lstrip()), len(row.rstrip()), gap, turned=cut))
        gap = turned = False
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
    if _is_justified(row):
        return [row]
    cuts = [gap.end() for gap in _BLANKS.finditer(row) if len(gap[0]) > 2 or gap.end() in columns]
    return [row[start:end] for start, end in pairwise([0, *cuts, len(row)])]


def _is_justified(row: str) -> bool:
    """Whether a typewriter filled the row to the margin: two and three blanks between many words of a sentence."""
    gaps = [len(gap[0]) for gap in _BLANKS.finditer(row)]
    in_small_letters = sum(word.islower() for word in row.split())
    return len(gaps) > 2 and max(gaps) < 4 and in_small_letters > 2 and len(row.rstrip()) > WIDTH_OF_LINE


def _columns(row: str) -> set[int]:
    return {gap.end() for gap in _BLANKS.finditer(row)}
