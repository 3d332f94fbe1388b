"""The agreement that a document says it belongs to: "First Amendment to the Supply Agreement dated 1 May 2021"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.text.calendar_day import read_date
from contracts.text.dates import DATE
from contracts.text.furniture import without_furniture
from contracts.text.types import ParentMention, Relation

_SEARCHED = 6_000  # title, preamble and recitals
# By the title; the first row that fits decides.
_RELATIONS: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    (
        "amendment",
        re.compile(
            r"\b(?:amendment|addendum|supplement(?:al)?|modification|waiver|extension\s+(?:of|to))\b|"
            r"^(?:[\w.-]+\s+){0,2}amended\b(?!\s+and\s+restated)",
            re.I,
        ),
    ),
    ("restatement", re.compile(r"\bamended\s+and\s+restated\b", re.I)),
    (
        "order",
        re.compile(
            r"\b(?:statement\s+of\s+work|sow|(?:order|booking)\s+form|(?:work|purchase|task|call-?off)\s+order)\b", re.I
        ),
    ),
    ("schedule", re.compile(r"^\s*schedule\b", re.I)),
    ("exhibit", re.compile(r"^\s*(?:exhibit|annex|appendix|attachment)\b", re.I)),
)
_KIND = r"(?:[Aa]greement|AGREEMENT|[Ll]ease|LEASE|[Cc]ontract|CONTRACT|Deed|DEED|Indenture|INDENTURE)"
_NAME = re.compile(
    rf"(?P<name>(?:\b[A-Z][\w&'’/.-]*\s+(?:(?:and|of|for|to|the|on|&)\s+){{0,2}}){{0,9}}\b{_KIND})\b"
    rf"|(?<=\s)(?:an?|the|that|your|their|certain)\s+(?P<plain>(?:[a-z-]+\s+){{1,4}}(?:agreement|lease|contract))\b"
)
# "Second Amendment to the" before "Supply Agreement"
_AMENDS = re.compile(
    r".*\b(?:amendment|addendum|supplement|modification|waiver|extension)\b.*?\b(?:to|of)\s+"
    r"(?:(?:the|that|an?|certain)\s+)*",
    re.I | re.S,
)
# Words between the name and its date: its parties, its term; but no other document and no end of the sentence.
_GAP = (
    r"(?:(?!(?<![\"“])\b(?:agreement|lease|contract)\b(?![\"”])|\bamend|\bsuppl|\brestat|;|\n[ \t]*\n|"
    r"\.\s+[A-Z](?![a-z]*\.)).){0,240}?"
)
_DATED = re.compile(
    rf"{_GAP}(?:\b(?:dated|made|entered(?:\s+into)?|executed|effective)\b[\s,]*(?:(?:as\s+of|as|on|of|the|this|effective)\b[\s,]*)*)"
    rf"(?P<date>{DATE.pattern})",
    re.I | re.S,
)
_ON = re.compile(
    rf"\b[Oo]n\s+(?:or\s+about\s+)?(?P<date>{DATE.pattern}),?\s+(?:[\w,'’&.-]+\s+){{0,12}}?(?=(?:an?|the|that|this)\s+(?:certain\s+)?)"
)
# What is said of an agreement that was there before.
_BEFORE = re.compile(
    r"\b(?:that\s+certain|(?:amends?|amending|modif(?:y|ies)|supplements?)\s+(?:and\s+restates?\s+)?(?:the|that|an?|their|its)|"
    r"part(?:y|ies)\s+to\s+(?:the|that|an?|their)|(?:existing|original|prior|previous|current)|"
    r"(?:pursuant|subject)\s+to\s+(?:the|that)|under\s+(?:the|that)|part\s+of\s+(?:the|that)|by\s+(?:the|that)|"
    r"(?:previously|heretofore|have)\s+(?:\w+\s+){0,3}(?:the|that|an?)|Re:|RE:|entered\s+into\s+(?:the|that|an?))"
    r"(?:\s+certain)?\s+$",
    re.I,
)
# In the title too, and there with the date of the amendment.
_TO = re.compile(r"\bto\s+(?:(?:the|that)\s+)?(?:certain\s+)?$", re.I)
_PLACE_OF_OWN = re.compile(r"\b(?:this|THIS|This)\s+(?:(?:[A-Z#][\w.-]*|to|the|of)\s+){0,6}$")
_NUMBERED = frozenset(("amended", "restated", "second", "third", "fourth"))
_ANY = frozenset(("agreement", "contract"))
_SMALL = frozenset(("the", "of", "and", "to", "for", "a", "an", "on", "certain", "that", "this", "by", "between"))


def find_parent(text: str, title: str, own_date: str) -> ParentMention | None:
    """None where the title is that of an agreement of its own, or nothing before the body names another one."""
    relation = next((relation for relation, words in _RELATIONS if words.search(title)), None)
    if relation is None:
        return None
    text = without_furniture(text)[:_SEARCHED]
    core = _amended(title) if relation == "amendment" else ""
    wanted = title_words(core) - _NUMBERED
    own = read_date(own_date)
    best: tuple[int, ParentMention] | None = None
    for start, end, date_start, date_end in _mentions(text):
        name = " ".join(text[start:end].split())
        date = " ".join(text[date_start:date_end].split())
        day = read_date(date)
        before = _BEFORE.search(text, max(0, start - 60), start) is not None
        called = wanted <= title_words(name)
        if day is None or (day == own and not before) or not called:
            continue
        points = 2 * (len(wanted) > 1) + (before or _TO.search(text, max(0, start - 20), start) is not None)
        if points and (best is None or points > best[0]):
            places = (start, end, date_start, date_end)
            best = points, ParentMention(relation, name, date, min(places), max(places))
    if best:
        return best[1]
    return _by_title(text, relation, core) if wanted - _ANY else None


def title_words(title: str) -> frozenset[str]:
    """What two titles of one agreement share, however each is written."""
    return frozenset(re.findall(r"[^\W_]+", title.lower())) - _SMALL


def _mentions(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Each agreement that is named with its date: where the name stands, and where the date."""
    for name in _NAME.finditer(text):
        begin, end = name.span("name" if name["name"] else "plain")
        if _PLACE_OF_OWN.search(text, max(0, begin - 40), begin):
            continue
        own = _AMENDS.match(text, begin, end)
        start = own.end() if own else begin
        if dated := _DATED.match(text, end):
            yield start, end, *dated.span("date")
            continue
        for on in _ON.finditer(text, max(0, start - 160), start):
            if start - on.end() < 20:
                yield start, end, *on.span("date")


def _amended(title: str) -> str:
    """The "Supply Agreement" of "Second Amendment to the Supply Agreement"; "" where the title names none."""
    own = _AMENDS.match(title)
    kind = re.compile(rf".*?{_KIND}\b", re.S).match(title, own.end()) if own else None
    return " ".join(kind.group().split()) if kind else ""


def _by_title(text: str, relation: Relation, core: str) -> ParentMention | None:
    """The agreement that the title alone names, without a date."""
    place = re.search(r"\s+".join(map(re.escape, core.split())), text, re.I)
    return ParentMention(relation, core, "", *place.span()) if place else None
