"""A date as one says it, of what a form has left open and an export has torn apart."""

from __future__ import annotations

import re

_TORN = re.compile(r"(?<=\d)\s?(s\s?t|n\s?d|r\s?d|t\s?h)\b(?:\s+(?=,))?", re.I)  # "27t h day", "9t h , 2015"
_OPEN = re.compile(r"__|[\[\]]|^\W|^day\b", re.I)
_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_MONTH_AND_YEAR = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December)\b[^a-z\d]*"
    rf"({_YEAR})",
    re.I,
)


def said_date(written: str) -> str:
    """ "____ day of March, 2018" is said "March 2018", "_____ day of ______, 2015" is "2015", "[●]" nothing."""
    if not _OPEN.search(written):
        return _TORN.sub(lambda suffix: "".join(suffix[1].split()), written)
    if month := _MONTH_AND_YEAR.search(written):
        return " ".join(month.groups())
    year = re.search(_YEAR, written)
    return year[0] if year else ""
