"""Where a word stands in a long text. A pattern that begins with a boundary, or that takes letters in any case, tries
every character of the text; ``str.find`` leaps from one place to the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def has_word(text: str, word: str) -> bool:
    return next(word_places(text, word), None) is not None


def word_places(text: str, word: str) -> Iterator[int]:
    """Where it begins, as a whole word and as it is written."""
    start = text.find(word)
    while start >= 0:
        if not (_goes_on(text, start - 1) or _goes_on(text, start + len(word))):
            yield start
        start = text.find(word, start + 1)


def match_from(name: re.Pattern[str], first: str, text: str) -> Iterator[re.Match[str]]:
    """What ``finditer`` brings, for a pattern in any case whose matches begin with the word ``first``."""
    lowered, first = text.lower(), first.lower()
    if len(lowered) != len(text):  # some letters of other languages are two in lower case
        yield from name.finditer(text)
        return
    start = lowered.find(first)
    while start >= 0:
        if found := name.match(text, start):
            yield found
        start = lowered.find(first, found.end() if found else start + 1)


def _goes_on(text: str, place: int) -> bool:
    return 0 <= place < len(text) and (text[place].isalnum() or text[place] == "_")
