"""What stands between the words of a filed contract without being part of it."""

from __future__ import annotations

import re

# The underlines of typewritten contracts, and the line that EDGAR's readers print under every page.
_FURNITURE = re.compile(r"-{3,}|^Source: .*\d{4}[ \t]*$", re.M)
_PAGE_NUMBER = re.compile(r"(?:page )?[-~\u2013 ]*(?:\d{1,4}|[ivxl]{1,6})[-~\u2013 ]*(?:(?:of|/) ?\d{1,4})?", re.I)
# A typewriter's wide blanks in a sentence were taken for the gap between two cells: "among Tarn | Mills, Inc."
_WITH_CELLS = re.compile(r"^[^\n|]+\|[^\n|]+(?:\|[^\n|]+)?$", re.M)
_SENTENCE = 150  # characters, with as many words in small letters as no row of a table has
_SMALL_WORDS = 12
_SMALL_WORD = re.compile(r"(?<![\w.])[a-z]+(?!\w)")


def without_furniture(text: str) -> str:
    """The same text with spaces in their place, so that every offset stays."""
    return _FURNITURE.sub(lambda found: " " * len(found.group()), text)


def is_page_furniture(words: str) -> bool:
    """A page number or the like: between a lead-in and its list, or two halves of a sentence, no part of either."""
    return _PAGE_NUMBER.fullmatch(words) is not None or not without_furniture(words).strip()


def without_stray_cells(text: str) -> str:
    """The same text without the marks of cells inside sentences, spaces in their place."""
    return _WITH_CELLS.sub(lambda line: line[0].replace("|", " ") if _is_sentence(line[0]) else line[0], text)


def _is_sentence(line: str) -> bool:
    return len(line) > _SENTENCE and len(_SMALL_WORD.findall(line)) >= _SMALL_WORDS
