"""Defined terms: where each is quoted, and the words that say what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from contracts.text.types import DefinitionSpan

_QUOTE, _UNQUOTE = '["“”„]', '["“”]'
_TERM = rf"{_QUOTE}(?P<term>[^\"“”„\n]{{1,80}}?)[,.]?{_UNQUOTE}"
_VERB = (
    r"(?:means?|shall\s+means?|will\s+mean|has\s+the\s+(?:same\s+)?meanings?|shall\s+have\s+the\s+meanings?|"
    r"have\s+the\s+meanings?|refers?\s+to|shall\s+refer\s+to|includes?|shall\s+include|is\s+defined|shall\s+be\s+defined)\b"
)
# "Fees" means ...;  "Losses" or "Claims" shall mean ...;  the term "Fees", as used in Section 4, means ...
_MEANS = re.compile(
    rf"{_TERM}(?:\s*(?:\([^)]*\)|(?:,|or|and)\s*{_QUOTE}[^\"“”]{{1,80}}{_UNQUOTE}|,[^,.;\"“”]{{1,80}},))*\s*:?\s*{_VERB}\s*:?\s*",
    re.I,
)
# 'Fees' means ..., in single quotes; and without any where a paragraph begins: Fees means ...
_SINGLE = r"(?<!\w)['\u2018](?P<term>(?:[^'\u2019\n]|['\u2019](?=\w)){1,80}?)[,.]?['\u2019](?!\w)"
_SINGLE_MEANS = re.compile(rf"{_SINGLE}\s*:?\s*{_VERB}\s*:?\s*", re.I)
_SINGLE_INLINE = re.compile(
    rf"\((?:the|each,?\s+an?|an?|(?:together|collectively),?(?:\s+the)?)?\s*{_SINGLE}\s*\)", re.I
)
_BARE = (
    r"^[ \t]*(?:\(?(?:\d+(?:\.\d+)*|[a-z]{1,3})[.)]?[ \t]+)?"
    r"(?!(?:The|This|That|These|It|An?|Each|Any|No|Nothing|Which|Where)\b)"
    r"(?P<term>[A-Z][\w/&'\u2019-]*(?:[ \t]+(?:[A-Z(][\w/&'\u2019()-]*|and|of|or|the|in|to|for)){0,6})"
)
_BARE_MEANS = re.compile(
    rf"{_BARE}[ \t]*:?[ \t]+(?:means?|shall\s+mean|has\s+the\s+(?:same\s+)?meaning|have\s+the\s+meanings?)\b\s*:?\s*",
    re.M,
)
# "Fees: the sums in Schedule 1", in a list that is headed "Definitions".
_BARE_COLON = re.compile(rf"{_BARE}[ \t]*:[ \t]+(?=[a-z(])", re.M)
_NEXT_CLAUSE = re.compile(r"\n[ \t]*\d+(?:\.\d+)*[.)]?[ \t]+[A-Z][^\n]*[^:\s][ \t]*\n")
_HEADS_A_LIST = re.compile(
    r"\b(?:definitions?|interpretation|(?:following|these)\s+(?:terms|words|expressions|meanings))\b[^\n]{0,120}$",
    re.I | re.M,
)
# ... the services listed in Schedule 1 (the "Services")
_INLINE = re.compile(
    rf"\((?=[^()]{{0,160}}{_QUOTE})(?P<lead>[^()\"“”]{{0,80}}?){_TERM}[^()]{{0,160}}\)",
    re.I,
)
_SENTENCE_END = re.compile(r"(?<=[.;])(?=\s+[\"“(]?[A-Z])|(?<=[.;])\s*$|\n\s*\n|\n(?=\s*[\"“])", re.M)
_BARE_END = re.compile(r"(?<=[.;])(?=\s+[A-Z])|(?<=[.;])\s*$|\n(?=\s*[A-Z\d])", re.M)
_SENTENCE_START = re.compile(r"(?:[.;:]\s+(?=[A-Z(\"“])|\n\s*\n|\)\s*[,;]?\s*(?:and\s+)?)")
# What stands before the words that mean the term: the title on its own line, "is entered into as of", "by and between".
_TITLE_ABOVE = re.compile(r"[^\n]{1,120}\n\s*(?=This\b)", re.I)
_LEADING_WORDS = re.compile(
    r"(?:[\s,;]*(?:(?:is|are|was|were)\s+(?:(?:made|entered|executed|dated|effective)\b[^()\n]{0,60}?\b)?(?:as\s+of|on|dated)"
    r"|(?:by\s+and\s+|by\s+|is\s+)?(?:between|among(?:st)?)(?:\s*:)?|and(?!/))\b\s*)+",
    re.I,
)
_SPOKEN_OF = re.compile(r"\breferences?\s+to\s+(?:the\s+)?[\"“‘']\s*$", re.I)  # 'a reference to "days" means'
_LONGEST = 2_000
_INLINE_REACH = 400
_MOST = 5_000  # terms of each kind: a broken text may repeat one without end


def find_definitions(text: str) -> tuple[DefinitionSpan, ...]:
    """Every defined term in the order of the text; one term may be defined more than once."""
    spans = [*_explicit(text), *_unquoted(text), *_inline(text)]
    found = sorted(spans, key=lambda span: (span.start, span.definition_start))
    unique = {span.start: span for span in reversed(found)}
    return tuple(unique[start] for start in sorted(unique))


def _explicit(text: str) -> Iterator[DefinitionSpan]:
    for pattern in (_MEANS, _SINGLE_MEANS):
        for match in islice(pattern.finditer(text), _MOST):
            end = _SENTENCE_END.search(text, match.end(), match.end() + _LONGEST)
            stop = end.start() if end else min(len(text), match.end() + _LONGEST)
            yield from _span(text, match, match.end(), stop)


def _unquoted(text: str) -> Iterator[DefinitionSpan]:
    for match in islice(chain(_BARE_MEANS.finditer(text), _listed(text)), _MOST):
        end = _BARE_END.search(text, match.end(), match.end() + _LONGEST)
        stop = end.start() if end else min(len(text), match.end() + _LONGEST)
        yield from _span(text, match, match.end(), stop)


def _listed(text: str) -> Iterator[re.Match[str]]:
    """The entries under a heading like "Definitions", up to where no more come."""
    begin = 0
    for heading in islice(_HEADS_A_LIST.finditer(text), _MOST):
        if heading.start() < begin:
            continue
        begin = heading.end()
        while entry := _BARE_COLON.search(text, begin, begin + _LONGEST):
            if _NEXT_CLAUSE.search(text, begin, entry.start()):
                break
            yield entry
            begin = entry.end()


def _inline(text: str) -> Iterator[DefinitionSpan]:
    for match in islice(chain(_INLINE.finditer(text), _SINGLE_INLINE.finditer(text)), _MOST):
        earliest = max(0, match.start() - _INLINE_REACH)
        starts = list(_SENTENCE_START.finditer(text, earliest, match.start()))
        start = starts[-1].end() if starts else earliest
        for before in (_TITLE_ABOVE, _LEADING_WORDS):
            found = before.match(text, start, match.start())
            start = found.end() if found else start
        yield from _span(text, match, start, match.start())


def _span(text: str, match: re.Match[str], start: int, stop: int) -> Iterator[DefinitionSpan]:
    """The definition trimmed of white space and a last comma; nothing when no words are left to define the term."""
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and (text[stop - 1].isspace() or text[stop - 1] == ","):
        stop -= 1
    term = " ".join(match["term"].split())
    spoken_of = _SPOKEN_OF.search(text, max(0, match.start() - 40), match.start("term"))
    if start < stop and any(map(str.isalnum, term)) and not spoken_of:
        yield DefinitionSpan(term, match.start("term"), match.end("term"), start, stop)
