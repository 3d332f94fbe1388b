"""What was typed, as a statement that a clause can make: people ask a search box for clauses, or ask it a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

SUGGESTED = 4
FEWEST_WORDS = 3  # that are left of a request; fewer say nothing of who owes what

_KINDS = r"(?:clause|provision|section|paragraph|term|contract|agreement|lease|licen[cs]e)s?|language|wording"
_MANY = (
    r"(?:clause|provision|section|paragraph|contract|agreement|lease)s|language|wording"  # no subject of a statement
)
_VERBS = r"find|show|list|give|get|search\s+for|look\s+for|i\s+need|i\s+want|is\s+there|are\s+there|do|does"
_WHICH = r"me|us|all|any|every|each|the|those|a|an|which|what|my|our"
_REQUEST = rf"""
    (?:please\s+)?(?:(?:can|could)\s+you\s+)?
    (?:(?:{_VERBS})\s+(?:(?:{_WHICH})\s+)*(?:{_KINDS})|(?:which|what|any|all)\s+(?:{_KINDS})|(?:{_MANY}))\s+
"""
_SAYS = r"(?:say|state|provide|stipulate|specif|mention|saying|stating|providing)(?:s|y|ies)?(?:\s+that)?"
LEAD = re.compile(
    rf"(?:{_REQUEST}(?:where|whereby|when|in\s+which|under\s+which|by\s+which|(?:that\s+|which\s+)?{_SAYS})|that)\s+",
    re.I | re.X,
)

_WHO = r"(?P<who>(?:(?:the|a|an|each|either|any|neither|no|other)\s+)*[\w’'-]+(?:\s+[\w’'-]+)??)"
_TO = rf"{_WHO}\s+to\s+(?P<what>.+)"
_ALONE = r"(?P<who>(?:(?:the|a|an|each|either|any)\s+)?[\w’'-]+)\s+(?P<what>.+)"
_DEMANDS = tuple(
    (re.compile(rf"{_REQUEST}(?:that\s+|which\s+)?(?:{verbs})\s+{rest}$", re.I | re.X), "{who} " + modal + " {what}")
    for verbs, rest, modal in (
        (r"do(?:es)?\s+not\s+(?:let|allow|permit)", _TO, "must not"),
        (r"allow(?:s|ing)?|permit(?:s|ting)?|entitle[sd]?|enable[sd]?", _TO, "may"),
        (r"require[sd]?|requiring|oblige[sd]?|obligate[sd]?|force[sd]?", _TO, "must"),
        (r"let(?:s|ting)?", _ALONE, "may"),
    )
)
_HAS_NO = r"ha(?:s|ve)\s+no|contains?\s+no|includes?\s+no|do(?:es)?\s+not\s+(?:have|contain|include)|lacks?"
_LACKS = re.compile(
    rf"""
    (?:(?:please\s+)?(?:{_VERBS})\s+(?:(?:{_WHICH})\s+)*(?:{_KINDS})|(?:which|what)\s+(?:{_KINDS})|(?:{_MANY}))\s+
    (?:(?:is|are)\s+)?(?:without|with\s+no|lacking|missing|(?:(?:that|which)\s+)?(?:{_HAS_NO}))\s+(?:any\s+)?
    (?P<what>(?:(?!(?:is|are|be|shall|must|may|will|can)\b)[\w’'-]+\s*){{1,8}})$
    """,
    re.I | re.X,
)
_OPEN = re.compile(r"who(?:\s+(?P<modal>has\s+to|is\s+to|should|shall|will|would))?\s+(?P<rest>\S+(?:\s+\S+)+)$", re.I)


@dataclass(frozen=True, slots=True)
class Asked:
    statement: str  # what clauses are read for
    typed: str
    lacking: bool = False  # what was asked is where no clause says the statement
    suggestions: tuple[str, ...] = ()  # where "who" was asked: the same with a party in its place

    @property
    def changed(self) -> bool:
        return self.statement != self.typed


def asks_who(typed: str) -> bool:
    return _OPEN.match(" ".join(typed.split()).rstrip(" ?")) is not None


def read_asked(typed: str, roles: Sequence[str] = ()) -> Asked:
    """ "find clauses where the Tenant must insure" -> "the Tenant must insure".

    ``roles``: what parties are called, the most usual first.
    """
    words = " ".join(typed.split())
    bare = words.rstrip(" ?")
    opened = _OPEN.match(bare)
    if opened:
        modal = "must " if opened["modal"] else ""
        return Asked(
            words, words, suggestions=tuple(f"The {role} {modal}{opened['rest']}" for role in roles[:SUGGESTED])
        )
    lacks = _LACKS.match(bare)
    if lacks:
        return Asked(f"there is {lacks['what']}", words, lacking=True)
    for pattern, said in _DEMANDS:
        found = pattern.match(bare)
        if found:
            return Asked(said.format(**found.groupdict()), words)
    lead = LEAD.match(bare)
    left = bare[lead.end() :] if lead else ""
    return Asked(left if len(left.split()) >= FEWEST_WORDS else words, words)
