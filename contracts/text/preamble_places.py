"""Where preambles stand: the words that open one, and those that end it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from contracts.text.roles import ROLE_CLASSES

_SEARCHED = 40_000  # characters in which a preamble is looked for: long tables of contents come first
_MOST = 80  # openings that are tried: a broken text may repeat one without end
_LONGEST = 5_000
_UNCLOSED = 1_500  # how far a preamble is read whose end is not recognised
_CONTEXT = 250
_FOLLOWING = (
    r"(?:the\s+following(?:\s+(?:two\s+|three\s+)?(?:parties|persons|companies|entities)(?:\s(?:on|in)\s[^:;()\n]{3,60}(?=:))?)?"
    r"[\s:,]*)?"
)
# Capitalised words, two or more of them joined by "and"
_NAME = r"[A-Z\d][\w.&'’-]*,?(?:\s(?:[A-Z\d&][\w.&'’-]*,?|of|the|for)){0,12}"
_NAMES = rf"{_NAME}\s(?:and|AND)\s{_NAME}"
_OPENING = re.compile(
    rf"\b(?:between|B E T W E E N|among(?:st)?)(?:\s*(?:and|/)\s*among)?\b[\s:,]*(?:\|\s+)?{_FOLLOWING}"
    r"|\b(?:made|entered\s+into|executed|effective)\b(?:(?!\b(?:between|among)\b)[^.;]|\.(?=\s?\d)){0,160}?"
    r"(?<!declared effective )\bby\b"
    rf"(?!\s+and\s+(?:between|among))[\s:]*{_FOLLOWING}"
    r"|\bthe\s+parties\s+to\s+this\s+(?:\w+\s+){1,3}?(?:are|is)[\s:]+"
    # "Tarn Mills, Inc. and Moor LLC have entered into this Agreement"
    rf"|(?m:^)(?-i:(?!IN\s|In\s|WHEREAS|NOW|The\s+(?:parties|undersigned))(?={_NAMES}\s(?:hereby\s+|have\s+){{0,2}}"
    r"(?:enter(?:ed)?\s+into|make|made|execute[d]?|conclude[d]?)\s+(?:this|the\s+following)\s|"
    r"[A-Z][^\n;:()\"“]{3,60}?\b(?:Inc|LLC|L\.L\.C|Ltd|Limited|Corporation|Corp|Company|L\.P)\b[^\n;:()\"“]{3,240}?"
    r"\sagree\s+to\s+(?:all\s+|the\s+)+terms))"
    r"|(?m:^\s*PARTIES\s*:?\s*$)\s*|\bPARTIES\s*:?\s+(?=\(1\))"
    r"|(?<!\bof )\b(?=Party\s+(?:A|1|I|One)\s*[:(])"
    r"|\bThis\b[^.;]{5,90}?\b(?:sets forth|confirms|constitutes)\b[^.;]{0,200}?\bbetween\s+",
    re.I,
)
# What says that an opening is that of the agreement itself, not of a sentence in its body.
_AGREEMENT = re.compile(
    r"\b(?:agreement|contract|lease|amendment|addendum|deed|made|entered|dated|effective|executed|concluded)\b", re.I
)
# "Standard Form of Agreement between Owner and Contractor": the title of a form, which names nobody.
_ROLE = (
    rf"(?:{'|'.join(word for words in ROLE_CLASSES.values() for word in words)}|"
    r"(?:design-?)?builder|(?:\w+\s)?manager|architect|engineer)"
)
_ROLES_ONLY = re.compile(
    rf"(?:the\s+)?(?:general\s+)?{_ROLE}\s+(?:and|&)\s+(?:the\s+)?(?:general\s+)?{_ROLE}\b"
    r"(?!\s*[(|:,]|(?:\s+\w[\w&’'-]*,?){0,4}?\s+(?:Inc|L\.?L\.?C|Ltd|Corp)\b)",  # "Lender and Agent Tarn, Inc."
    re.I,
)
# "“Loan Agreement” means the agreement between ...": another agreement.
_MEANING = re.compile(r"[\"”]\s+(?:shall\s+)?means?\b[^\"“”]*$")
_CLOSING = re.compile(
    r"\b(?:W\s?I\s?T\s?N\s?E\s?S\s?S\s?E\s?T\s?H|WHEREAS|R\s?E\s?C\s?I\s?T\s?A\s?L\s?S?|NOW,?\s+THEREFORE|BACKGROUND|"
    r"PREAMBLE|PRELIMINARY\s+STATEMENTS?|DEFINITIONS|TABLE\s+OF\s+CONTENTS|IN\s+WITNESS|"
    r"(?-i:INDEX)(?=\s+(?:ARTICLE|SECTION|PAGE))|(?-i:ARTICLE)\s+(?:I|1|ONE)|(?-i:SCHEDULES|EXHIBITS)(?=\s+(?:Schedule|Exhibit))|"
    r"with\s+reference\s+to\s+the\s+following|amend(?:s|ing|ment\s+to)\s+(?:that|the|a)\s+certain|AGREEMENTS?\s+1\.(?=\s)|"
    r"the\s+parties\s+(?:hereby\s+|hereto\s+)*agree|agree\s+as\s+follows|it\s+is\s+(?:hereby\s+)?agreed|Introduction)\b"
    r"|[\"“]Parties[\"”]|\n\s*(?:1\.|1A[.\s]|(?-i:I)\.\s)|(?<=[.:;)])\s+1\.\s+[A-Z]",
    re.I,
)
# Below the names on a cover: "This Agreement, dated 1 May (the “Agreement”), between ..."
_BELOW_A_COVER = re.compile(
    r"\n(?=(?-i:[A-Z])[^\n]{0,80}?(?-i:AGREEMENT|Agreement|AMENDMENT|Amendment|LEASE|Lease|CONTRACT|Contract|DEED|Deed)\b"
    r"[^\n]{0,300}?\b(?:between|among(?:st)?|by\s+and)\b)",
    re.I,
)


# "the transactions described in the Agreement and Plan of Merger, dated 1 May, by and among ..."
_DESCRIBED_IN = re.compile(
    r"\b(?:described\s+in|contemplated\s+by|provided\s+(?:for\s+)?in)\s+(?:the|that|an?)\s+(?:certain\s+)?(?-i:[A-Z])[^.;]{0,140}$",
    re.I,
)
# "by and among Tarn AB and Moor Ltd, as an amendment to that certain Agreement dated 1 May by and among ..."
_ANOTHER = re.compile(r"\bthat\s+certain\s+[^.;]{3,200}?\b(?:between|among)\b", re.I)


def preambles(text: str) -> Iterator[tuple[int, int]]:
    """Where the names of a preamble may start and end, most likely first in the order of the text."""
    for match in islice(_OPENING.finditer(text, 0, _SEARCHED), _MOST):
        context = text[max(0, match.start() - _CONTEXT) : match.end()]
        if _MEANING.search(context) or _DESCRIBED_IN.search(context) or _ROLES_ONLY.match(text, match.end()):
            continue
        if _AGREEMENT.search(context) or "\n" in match.group() or not match.group():
            yield match.end(), _preamble_end(text, match.end())


def _preamble_end(text: str, start: int) -> int:
    closing = _CLOSING.search(text, start + 20, start + _LONGEST)
    end = closing.start() if closing else min(len(text), start + _UNCLOSED)
    ends = [found.start() for each in (_BELOW_A_COVER, _ANOTHER) if (found := each.search(text, start, end))]
    return min(ends, default=end)
