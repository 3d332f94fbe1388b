"""How long before the end of the term a party must say that it does not want the contract renewed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from contracts.text.periods import PERIOD
from contracts.text.renewal import Renewal
from contracts.text.types import FactSpan

Span = tuple[int, int]

_NOTICE = re.compile(
    rf"(?P<lead>\b(?:at\s+least|not?\s+(?:less|later|fewer)\s+than|a\s+minimum\s+of|minimum|upon|within|by\s+giving|gives?|with|on|provide\w*|of)\s+(?:\w+\s+){{0,3}}?)?"
    rf"(?P<period>{PERIOD})(?=(?P<rest>[^.;]{{0,90}}))",
    re.I,
)
_BEFORE_END = re.compile(
    r"^[\s'’\])]*(?:(?:prior|advance|written|in\s+advance|before|notice|of\s+(?:its|their|the)|preceding|notification|nor\s+more\s+than)\b|calendar\b[^.;]{0,20}(?:prior|before)\b)",
    re.I,
)
_SAYS_NO = re.compile(
    r"\b(?:notice|notif\w+|request\w*|elects?|advis\w+|inform\w*|writing|written|cancel\w*|terminat\w+|non-?\s?renew\w*|not\s+(?:to\s+)?(?:be\s+)?renew\w*|unless|objection)\b",
    re.I,
)
_END_OF_TERM = re.compile(
    r"\b(?:expir\w+|end\b|conclusion|term\b|renew\w*|anniversary|period\b|year\b|termination)", re.I
)
_CURE = re.compile(r"\b(?:breach|cure[ds]?|default|remed(?:y|ied)|insolven\w+|bankrupt\w*|for\s+cause)\b", re.I)
_MOST = 100  # lengths of time tried in a sentence: a broken text may be one
_NEXT = 2  # sentences after the one that renews, in which the notice may stand


def find_renewal_notice(text: str, sentences: Sequence[Span], renewal: Renewal | None) -> FactSpan | None:
    """Only beside a renewal: a notice to terminate is something else."""
    if renewal is None or renewal.kind.value == "agreement":
        return None
    near = range(renewal.sentence + 1, min(len(sentences), renewal.sentence + 1 + _NEXT))
    for number in (renewal.sentence, *near, *([renewal.sentence - 1] if renewal.sentence else [])):
        start, stop = sentences[number]
        own = number == renewal.sentence
        for found in islice(_NOTICE.finditer(text, start, stop), _MOST):
            if found.span("period") == (renewal.length and (renewal.length.start, renewal.length.end)):
                continue
            around = text[max(start, found.start() - 200) : min(stop, found.end() + 60)]
            before_end = _BEFORE_END.match(found["rest"])
            if text[start : found.start("period")].rstrip().endswith("more than"):
                continue
            if not before_end or not _SAYS_NO.search(around) or _CURE.search(around):
                continue
            if not _END_OF_TERM.search(found["rest"]) and not (own and found.start() > renewal.kind.start):
                continue
            return FactSpan("renewal_notice", " ".join(found["period"].split()), *found.span("period"))
    return None
