"""Which sections of its parent an amendment changes: "Clause 6.2 of the Master Agreement is deleted and replaced"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Change = Literal["replaced", "deleted", "amended", "overridden"]

_NUMBER = r"(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5})(?!\w)(?:\s*\([A-Za-z0-9]{1,4}\))*"
_AND = r"\s*(?:,\s*(?:and\s+)?|\s+(?:and|or|&)\s+)(?:(?:[Ss]ections?|[Cc]lauses?)\s+)?"
_SECTIONS = re.compile(
    rf"(?:\b(?:(?:sub-?)?(?:section|clause)|article|paragraph)s?|§+)\s*(?P<numbers>{_NUMBER}(?:{_AND}{_NUMBER})*)", re.I
)
_ONE = re.compile(_NUMBER)
# Sections of another document than the agreement that is amended.
_OF_ANOTHER = re.compile(
    r"\s*(?:\([^()]{1,80}\)\s*)?(?:of|to|in|under)\s+(?:(?:the|that|this|such|any|its)\s+)?(?:\w+\s+){0,3}?"
    r"(?:amendment|statements?\s+of\s+work|sow|order|exhibit|schedule|annex|appendix|attachment|act|code|regulations?"
    r"|rules|treaty|convention|directive)\b(?!\s+(?:agreement|contract|lease))",
    re.I,
)
# What is not said of the section: "is not amended", "may be amended only in writing".
_IS = r"\b(?:is|are|shall\s+be|will\s+be)(?:\s+(?:hereby|also|further|deemed|(?:to\s+be)|\w+ly))*\s+"
_DONE: tuple[tuple[Change, str], ...] = (
    ("replaced", r"(?:deleted|removed|struck)\b[^.;]{0,60}?\b(?:and|,)\s+(?:\w+\s+){0,3}?(?:replaced|substituted)"),
    ("replaced", r"(?:replaced|substituted|superseded|amended\s+and\s+restated|restated)\b"),
    ("replaced", r"amended\s+(?:in\s+(?:its|their)\s+entirety|(?:so\s+as\s+)?to\s+read)\b"),
    ("deleted", r"(?:deleted|removed|struck|of\s+no\s+(?:further\s+)?(?:force|effect)|terminated|waived)\b"),
    ("amended", r"(?:amended|modified|revised|varied|changed|increased|reduced|decreased|extended|supplemented)\b"),
)
_PASSIVE = tuple((change, re.compile(_IS + words, re.I)) for change, words in _DONE)
_ACTIVE: tuple[tuple[Change, re.Pattern[str]], ...] = (
    (
        "replaced",
        re.compile(r"\b(?:replac|substitut|amend(?:s|ing)?\s+and\s+restat)(?:es?|ing)\s+$", re.I),
    ),
    ("deleted", re.compile(r"\b(?:(?:delet|remov)(?:es?|ing)|waiv(?:es?|ing)(?:\s+\w+){0,4})\s+$", re.I)),
    ("amended", re.compile(r"\b(?:amend(?:s|ing)?|modif(?:y|ies|ying)|var(?:y|ies|ying))\s+$", re.I)),
    ("amended", re.compile(r"\b(?:delete|replace|strike)\b[^.;]{1,80}\b(?:in|of|from)\s+$", re.I)),
    ("amended", re.compile(r"\b(?:released|relieved)\s+from\b[^.;]{0,120}\b(?:under|in|of)\s+$", re.I)),
    ("overridden", re.compile(r"\bnotwithstanding\s+(?:anything\s+(?:to\s+the\s+contrary\s+)?in\s+)?$", re.I)),
)
_NEW = re.compile(r"\bnew\s+$", re.I)  # there is none in the agreement yet
# Words of a section, its last sentence, a sum that it names: not all of it.
_PART = re.compile(r"(?:\b(?:in|of|from|to|under|by|within)\s+(?:the\s+)?)$", re.I)
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
_REACH = 240  # characters from the number to what is said of it
_STOP = re.compile(r"[;\n]|[.:](?=\s+[A-Z“\"])|\b(?i:where|when|if|unless|until|provided|upon)\b")


@dataclass(frozen=True, slots=True)
class SectionChange:
    section: str  # "6.2", "12.1(c)"
    change: Change


def changed_sections(text: str) -> tuple[SectionChange, ...]:
    """Of one sentence or item of an amendment. What stands in quotes is the new wording, and changes nothing."""
    plain = _QUOTED.sub(lambda quote: "_" * len(quote[0]), text)
    found = dict.fromkeys(change for match in _SECTIONS.finditer(plain) for change in _said_of(plain, match))
    return tuple(found)


def _said_of(text: str, match: re.Match[str]) -> Iterator[SectionChange]:
    before = text[max(0, match.start() - 160) : match.start()].replace("the ", "")
    if _NEW.search(before) or _OF_ANOTHER.match(text, match.end()):
        return
    change = next((change for change, words in _ACTIVE if words.search(before)), None) or _passive(text, match)
    if change is not None:
        for number in _ONE.findall(match["numbers"]):
            yield SectionChange(re.sub(r"\s+", "", number), change)


def _passive(text: str, match: re.Match[str]) -> Change | None:
    """Of several sections before one verb the last is said to be changed, and those joined to it."""
    stop = _STOP.search(text, match.end(), match.end() + _REACH)
    other = _SECTIONS.search(text, match.end(), match.end() + _REACH)
    ends = min(one.start() for one in (stop, other) if one) if stop or other else match.end() + _REACH
    said = [(words.start(), change) for change, each in _PASSIVE if (words := each.search(text, match.end(), ends))]
    if not said:
        return None
    first = min(start for start, _ in said)
    change = next(change for start, change in said if start == first)
    part = change in ("replaced", "deleted") and _PART.search(text[: match.start()])
    return "amended" if part else change


def covers(section: str, number: str) -> bool:
    """Whether what is said of a section is said of the clause with this number: 6.2 covers 6.2(a), not 6.20 or 6."""
    clause = re.sub(r"^(?:article|section|clause)\s+|[\s.]+$", "", number, flags=re.I).replace(" ", "").casefold()
    wanted = section.casefold()
    return clause == wanted or (clause.startswith(wanted) and clause[len(wanted)] in ".(")
