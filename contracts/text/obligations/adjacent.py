"""The bearer by the words just before the modal: certain where only adverbs stand between, else a fallback."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contracts.text.obligations.mentions import EACH_PARTY, Mention, Names
from contracts.text.obligations.modals import INVERTED, OWN, Modal

_LIGHT = (
    r"(?:also|hereby|each|both|further|itself|jointly|severally|and|or|\w+ly"
    r"|in\s+turn|thereafter|then|in\s+such\s+case)"
)
_NEXT_TO = re.compile(rf"(?:\s+{_LIGHT})*\s+$", re.I)
# What else may stand between the bearer and the modal words.
_BETWEEN = re.compile(
    r"\s*(?:,[^;:]{1,240}?,|\([^)]*\)|\s+(?:and|or)\s+(?:its|their|his|her|any\s+of\s+its)\s+[\w\s,]{1,80}?"
    rf"|\s+(?:{_LIGHT}|at\s+its\s+(?:own\s+)?\w+|in\s+its\s+\w+(?:\s+\w+)?))*[\s,]*$",
    re.I,
)
# A party after these words is not the subject of the modal that follows.
OBLIQUE = re.compile(
    r"\b(?:by|to|of|from|for|with|against|between|under|on|upon|in|at|than|behalf|through|via|towards?|concerning|regarding|"
    r"including|or\s+to|without|as|is|are|be|being|becomes?)\s+(?:(?:the|such|any|either|each)\s+)?$",
    re.I,
)
_POSSESSIVE = re.compile(r"['’]s?\s")
_AND = re.compile(r"\s*,?\s*(?:and|or|nor|&)\s*")
_JOINED = re.compile(r"(?:^|[,;:]|\b(?:and|or|but|nor)\b)\s*(?:,?\s*(?:also|then|further|if\s+[^,]*,))?\s*$", re.I)
_GOES_ON = re.compile(r"\b(?:and|or|but|nor)(?:\s+(?:also|then|further|\w+ly))?\s+$", re.I)
PRONOUN = re.compile(r"\b(?:it|(?P<several>they)|he|she)\s*(?:also|each|both|\w+ly|hereby)?\s*$", re.I)
# Those who act for a party: what they must do is its duty.
_STAFF = re.compile(
    r"['’]s?\s+(?:own\s+)?(?:personnel|employees|staff|technicians|engineers|(?:project\s+|delivery\s+)?team|"
    r"project\s+(?:lead|manager))\s+$",
    re.I,
)


def next_to(reading: str, modal: Modal, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions that together govern the modal beyond doubt; none where the sentence must be parsed."""
    if modal.bearer_follows or INVERTED.search(reading, 0, modal.start):
        after = next((one for one in mentions if 0 <= one.start - modal.end <= 2), None)
        owner = after and _POSSESSIVE.match(reading, after.end) and not OWN.match(reading, after.end)
        return (after,) if after and not owner else ()
    before = [mention for mention in mentions if mention.end <= modal.start]
    if not before or not _NEXT_TO.fullmatch(reading, before[-1].end, modal.start):
        return ()
    group = _joined_with(reading, before)
    if OBLIQUE.search(reading, 0, group[0].start):
        return ()
    return group


def loosely(reading: str, modal: Modal, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """As ``next_to``, with an aside between; used where the parse names no subject."""
    before = [mention for mention in mentions if mention.end <= modal.start]
    for count in range(len(before), 0, -1):
        mention = before[count - 1]
        if _POSSESSIVE.match(reading, mention.end) or OBLIQUE.search(reading, 0, mention.start):
            continue
        if _BETWEEN.fullmatch(reading, mention.end, modal.start):
            return _joined_with(reading, before[:count])
    return ()


def by_staff(reading: str, modal: Modal, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Whose people the words just before the modal are: "the Supplier's personnel shall"."""
    before = [mention for mention in mentions if mention.end <= modal.start]
    plain = before and not OBLIQUE.search(reading, 0, before[-1].start)
    return (before[-1],) if plain and _STAFF.fullmatch(reading, before[-1].end, modal.start) else ()


def joins(reading: str, modal: Modal) -> bool:
    """The modal goes on with the subject of the one before: "..., and shall"."""
    return _JOINED.search(reading, 0, modal.start) is not None


def goes_on(reading: str, modal: Modal) -> bool:
    """As ``joins``, beyond doubt: nothing that could be a subject stands between "and" and the modal."""
    return _GOES_ON.search(reading, 0, modal.start) is not None


def label(who: Sequence[str], names: Names) -> str:
    """One label for those who are bound together. "The Supplier and the Customer shall" binds each party."""
    distinct = list(dict.fromkeys(who))
    if len(distinct) < 2:
        return distinct[0] if distinct else ""
    if (len(names.terms) > 1 and set(distinct) >= set(names.terms)) or EACH_PARTY in distinct:
        return EACH_PARTY
    return " and ".join(filter(None, distinct))


def _joined_with(reading: str, before: Sequence[Mention]) -> tuple[Mention, ...]:
    group = [before[-1]]
    for mention in reversed(before[:-1]):
        if not _AND.fullmatch(reading, mention.end, group[0].start):
            break
        group.insert(0, mention)
    return tuple(group)
