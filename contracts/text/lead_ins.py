"""Which words lead a list in ("The Supplier shall:"), and which items are read under them."""

from __future__ import annotations

import re

from contracts.text.headings import DEFINITION
from contracts.text.numbering import BULLET

_REACH = 300  # characters that say how a lead-in ends or an item begins
_COMPLETE = re.compile(r"[.!?][\"\u201d\u2019')\]]*$")
# "it is hereby agreed as follows:" stands before a whole contract, and is no part of each of its clauses.
_AGREED = re.compile(r"\bagree[sd]?\b(?:\W+\w+){0,6}\W+(?:as\s+follows|that)\s*[:\u2014\u2013-]*$", re.I)
_OPEN = re.compile(r"[:,\u2014\u2013-][\"\u201d\u2019')\]]*$")
_SIBLING = re.compile(r"[;,]\s+(?:and|or|and/or)$", re.I)
_MODAL = (
    r"(?:shall|will|must|may|cannot|can|should|(?:hereby\s+)?(?:agree|undertake|covenant|promise)s?\s+to"
    r"|(?:is|are)\s+(?:\w+\s+)?(?:entitled|obliged|required|permitted)\s+to)"
)
_UNFINISHED = re.compile(
    rf"\b(?:{_MODAL}|not|to|that|if|of|by|for|in|with|from|who|which|including|either|unless|when|where|means|"
    r"follow(?:s|ing))$",
    re.I,
)
# "The Supplier shall, at its own cost:": what follows can only be what the Supplier shall do.
_ENDS_IN_MODAL = re.compile(
    rf"\b{_MODAL}(?:[\s,]+(?:also|further|not|then|each|both|only|\w+ly)){{0,3}}"
    r"(?:[\s,]+(?:at|in|during|upon|on|for|without|within|with|throughout|subject\s+to|unless|except|as|if)\b[^:;.]{0,150})?"
    r"(?<!\bthat)[\s,]*[:\u2014\u2013-]*$",
    re.I,
)
_ANNOUNCES = re.compile(r"\b(?:as\s+follows|the\s+following(?:\s+\w+){0,4})\s*[:\u2014\u2013-]*$", re.I)
# Under such words a sentence of its own says less than it would alone: it is promised, or holds only then.
_BEARS_ON_IT = re.compile(
    r"\b(?:if|unless|upon|when|where|while|during|until|after|before|event|case|conditions?|subject\s+to|provided|"
    r"notwithstanding|terminat\w+|expir\w+|represent\w*|warrant\w*|covenant\w*|agree[sd]?|acknowledge\w*|undertake\w*|"
    r"confirm\w*|certif\w+|ensure\w*|procure\w*|means?|includ\w+|deemed|not|no|that)\b",
    re.I,
)
_CONDITION = r"(?i:if|where|when|should|upon|unless|in\s+the\s+event|subject\s+to|notwithstanding)\b[^.;:]{1,160}?,\s+"
_DETERMINED = (
    r"(?i:the|each|every|any|all|no|neither|either|both|such|this|these|those|an?|its|their)(?:\s+[^\s.;:]+){1,12}?"
)
_NAMED = r"[A-Z][\w&'\u2019-]*(?:\s+(?:and|or|of|the|[A-Z][\w&'\u2019-]*)){0,6}?"
_OWN_SUBJECT = re.compile(
    rf"(?:{_CONDITION})?(?:{_DETERMINED}|{_NAMED})\s+(?:{_MODAL}|agrees?|undertakes?|is|are|has|have)\b"
)
_MARK = re.compile(r"\(\w{1,4}\)\s*")


def is_complete(words: str) -> bool:
    return _COMPLETE.search(words) is not None


def leads_in(words: str) -> bool:
    """Whether these last words of a clause may lead in what stands under it."""
    end = words[-_REACH:]
    if is_complete(end) or end.endswith(";") or _AGREED.search(end) or _SIBLING.search(end):
        return False
    if DEFINITION.match(words) and not words.endswith(":"):
        return False
    return _OPEN.search(end) is not None or end.split()[-1].islower()


def is_read_under(lead: str, words: str) -> bool:
    """Whether an item continues its lead-in. "The Customer shall pay" does not after "The Supplier shall:"."""
    end, words = lead[-_REACH:], _unmarked(words)[:_REACH]
    if not (_OPEN.search(end) or words[:1].islower() or _UNFINISHED.search(end)):
        return False
    if not has_own_subject(words):
        return True
    return not (_ENDS_IN_MODAL.search(end) or (_ANNOUNCES.search(end) and not _BEARS_ON_IT.search(lead)))


def has_own_subject(words: str) -> bool:
    return _OWN_SUBJECT.match(words[:_REACH]) is not None


def is_marked(words: str) -> bool:
    """ "(b) report": an item of a list that stands within one paragraph."""
    return _MARK.match(words) is not None


def _unmarked(words: str) -> str:
    mark = _MARK.match(words) or BULLET.match(words)
    return words[mark.end() :] if mark else words
