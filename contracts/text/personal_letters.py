"""Letters to a person, such as offers of employment: whom "Dear Ada" means, and for which company it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.text.names import has_suffix, name_end
from contracts.text.preamble import Mention, is_name

_SEARCHED = 3_000
_ADDRESS = 700  # characters above "Dear" in which the name stands
_FIRST_WORDS = 900  # characters of the letter in which it says who writes
_TITLE = r"(?:(?:Mr|Ms|Mrs|Dr|Miss)\.?\s+)"
_DEAR = re.compile(
    rf"^[ \t|]*Dear\s+{_TITLE}?(?!(?:Sirs?|Madam|Shareholders?|Stockholders?)\b)"
    r"(?P<called>[A-Z][\w'’-]+)[^\n]{0,30}$",
    re.M,
)
_NAME_LINE = re.compile(
    rf"^[ \t|]*(?:TO:?[ \t]+)?(?P<title>{_TITLE})?(?P<name>[A-Z][\w.'’-]*(?:[ \t]+[A-Z(“\"][\w.'’)”\"-]*){{1,4}}?)"
    r"(?:,?[ \t]+(?:Esq|M\.?D|Ed\.?D|Ph\.?D|J\.?D|CPA|MBA|Jr|Sr)\b\.?|,[ \t]+I{2,3})*[ \t,|]*$",
    re.M,
)
_FIRST_LETTER = re.compile(r"(?<![\w.&'’])[A-Z0-9]")
# "(the “Company”)", also at the end of a longer bracket: what the writer of a letter to one person calls itself.
_CALLED_COMPANY = re.compile(
    r"\s*(?:,[^()\"“]{0,90})?\([^()]{0,160}[\"“](?:Company|Corporation|Employer|Bank|Firm|Group)[,.]?[\"”]"
)
_GIVEN_A_TERM = re.compile(r"\s*(?:,[^()\"“]{0,90})?\((?:[^()\"“]{0,60}\s)?[\"“]")
# "You and Tarn Mills, Inc.", "the position of Chief Financial Officer of Tarn Mills, Inc."
_NO_PART = re.compile(
    r"(?:You|I|We)\s+and\s+(?:the\s+)?|"
    r".*\b(?:President|Officer|Chair\w*|Treasurer|Secretary|Counsel|Director|Manager)\b.*?\b(?:of|for|with)\s+",
    re.S,
)
_WRITES = re.compile(
    r"\b(?:with|for|of|by|from|behalf\s+of|join(?:ing)?|to|at|and)\s+(?:the\s+)?$|[\"“(:]\s*$|\n\s*$", re.I
)


def person_addressed(text: str) -> Mention | None:
    dear = _DEAR.search(text, 0, _SEARCHED)
    if not dear:
        return None
    begin = max(0, dear.start() - _ADDRESS)
    lines = [line for line in _NAME_LINE.finditer(text, begin, dear.start()) if is_name(line["name"])]
    called = dear["called"].casefold()
    meant = [line for line in lines if called in re.findall(r"[\w'’-]+", line["name"].casefold())]
    line = next(iter(meant or [line for line in lines if line["title"]]), None)
    return Mention(line.start("name"), line.end("name"), 1, line.end("name")) if line else None


def company_writing(text: str) -> Mention | None:
    """The first company of the letter that gets a term; where none does, the first one that has a legal form."""
    dear = _DEAR.search(text, 0, _SEARCHED)
    named = list(_companies(text, dear.end(), dear.end() + _FIRST_WORDS)) if dear else []
    termed = (each for each in named if _GIVEN_A_TERM.match(text, each.end) or _CALLED_COMPANY.match(text, each.end))
    return next(termed, named[0] if named else None)


def _companies(text: str, begin: int, stop: int) -> Iterator[Mention]:
    last = begin
    for first in _FIRST_LETTER.finditer(text, begin, min(stop, len(text))):
        start = first.start()
        if start < last:
            continue
        last = end = max(name_end(text, start), start + 1)
        before = _NO_PART.match(text, start, end)
        start = before.end() if before else start
        known = has_suffix(text[start:end]) or _CALLED_COMPANY.match(text, end)
        if known and is_name(text[start:end]) and _WRITES.search(text, max(begin, start - 30), start):
            yield Mention(start, end, 2, end)
