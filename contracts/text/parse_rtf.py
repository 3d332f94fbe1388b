"""RTF: striprtf leaves one line per paragraph of what is meant to be read."""

from __future__ import annotations

import re
from itertools import pairwise

from striprtf.striprtf import rtf_to_text

from contracts.text.paragraphs import join_labels
from contracts.text.rtf_source import without_struck
from contracts.text.struck import struck_warnings
from contracts.text.types import ParsedDocument, ReadError

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
UNBALANCED = "Its braces do not match, so that words may be missing: compare it with the original."


def parse_rtf(data: bytes, name: str) -> ParsedDocument:
    # RTF is 7-bit by definition; its escapes name the code page of everything else.
    source, balanced = _without_stray_braces(data.decode("latin-1"))
    source, places = without_struck(source)
    try:
        text = rtf_to_text(source, errors="replace")
    except (ValueError, IndexError, KeyError, LookupError, OverflowError) as error:
        raise ReadError("corrupt", f"{name} is damaged RTF.", "Save it again as RTF or DOCX.") from error
    rows = [" | ".join(cell for cell in row.split("|") if cell.strip()) for row in _whole(text).splitlines()]
    unbalanced = () if balanced else (UNBALANCED,)
    return ParsedDocument(join_labels(rows), "rtf", (), (*unbalanced, *struck_warnings(places)))


def _without_stray_braces(source: str) -> tuple[str, bool]:
    """The source without the braces that close the document before its end, and whether all braces matched."""
    depth, stray = 0, []
    end = len(source.rstrip("\0 \t\r\n"))
    for brace in _BRACE.finditer(source):
        if brace[0] == "{":
            depth += 1
        elif brace[0] == "}" and depth == 1 and brace.end() < end:
            stray.append(brace.start())
        elif brace[0] == "}":
            depth -= 1
    cuts = [-1, *stray, len(source)]
    kept = "".join(source[start + 1 : stop] for start, stop in pairwise(cuts))
    return kept, not stray and depth == 0


def _whole(text: str) -> str:
    """Characters above U+FFFF are written as two halves; half a one cannot be stored."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
