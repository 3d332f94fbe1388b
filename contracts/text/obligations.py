"""Deontic statements: who must, may, must not or need not do what, for whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.text.roles import ROLE_CLASSES, role_of
from contracts.text.types import Modality, ObligationSpan, PartySpan

_AUX = r"(?:shall|will|must|may|can|does|do)"
_ADVERB = (
    r"(?:,[^,.;:]{1,60},\s*|\s+(?:\w+ly|also|at\s+all\s+times|at\s+any\s+time|in\s+turn|each|hereby|thereafter)\b)*\s*"
)
_BE = rf"(?:is|are|be|{_AUX}{_ADVERB}\s*be)"

# Read in this order at each place: the longer wording first, so that "shall not be required to" is no prohibition.
MODALS: tuple[tuple[Modality, str], ...] = (
    (
        "no_obligation",
        rf"(?:{_AUX}{_ADVERB}\s*not\s+be|{_AUX}\s+in\s+no\s+event\s+be|is\s+not|are\s+not|neither\s+is)\s+(?:\w+ly\s+)?"
        r"(?:obliged|obligated|required|liable|responsible|bound|under\s+(?:any|an)\s+(?:obligation|duty))(?:\s+(?:to|for))?\b"
        rf"|(?:has|have|{_AUX}\s+have|is\s+under|are\s+under|{_AUX}\s+be\s+under)\s+no\s+(?:further\s+)?"
        r"(?:obligation|duty|liability|responsibility)(?:\s+(?:whatsoever\s+)?(?:to|for))?\b"
        rf"|{_AUX}\s+not\s+have\s+(?:any|an)\s+(?:obligation|duty|liability|responsibility)(?:\s+(?:to|for))?\b"
        r"|need\s+not\b",
    ),
    (
        "prohibition",
        rf"(?:shall|will|must|may){_ADVERB}\s*(?:not|never)\b(?:\s+be\s+(?:entitled|permitted|allowed|authori[sz]ed)\s+to\b)?"
        r"|cannot\b|can\s+not\b"
        r"|(?:shall|will|may)\s+(?:in\s+no\s+event|under\s+no\s+circumstances|at\s+no\s+time|refrain\s+from)\b"
        r"|(?:agrees?|undertakes?|covenants?)\s+(?:\w+ly\s+)?(?:not\s+to|to\s+refrain\s+from|that\s+it\s+(?:shall|will)\s+not)\b"
        r"|(?:is|are)\s+not\s+(?:entitled|permitted|allowed|authori[sz]ed)\s+to\b|(?:is|are)\s+prohibited\s+from\b"
        rf"|(?:has|have|{_AUX}\s+have)\s+no\s+(?:right|authority|power)(?:\s+to)?\b",
    ),
    (
        "permission",
        rf"(?:{_BE})\s+(?:\w+ly\s+)?(?:entitled|permitted|allowed|authori[sz]ed|free)(?:\s+to)?\b"
        rf"|(?:has|have|{_AUX}\s+have|reserves?|{_AUX}\s+retain|retains?)\s+(?:the|a|an)\s+"
        r"(?:(?:sole|exclusive|absolute|unilateral|non-exclusive|further|same|immediate)\s+(?:and\s+\w+\s+)?)?(?:right|option|discretion)(?:\s+(?:to|of))?\b"
        rf"|may\b(?!\s+(?:have|be\s+(?:amended\s+from|in\s+effect)))",
    ),
    (
        "obligation",
        rf"(?:{_BE})\s+(?:\w+ly\s+)?(?:obliged|obligated|required|responsible|liable|bound)(?:\s+(?:to|for))?\b"
        rf"|(?:has|have|{_AUX}\s+have)\s+(?:the|a|an)\s+(?:obligation|duty|responsibility)\s+to\b"
        r"|(?:agrees?|undertakes?|covenants?|commits?|promises?)\s+(?:to\b|that\s+it\s+(?:shall|will)\b)"
        r"|(?:shall|must|will)\b",
    ),
)  # fmt: skip
_MODAL = re.compile("|".join(f"(?P<{modality}>{pattern})" for modality, pattern in MODALS), re.I)

_EACH = (
    r"(?:(?:each|either|both|neither|no|any)(?:\s+(?:of\s+)?(?:the\s+)?)?\s+(?:other\s+)?part(?:y|ies)(?:\s+hereto)?|the\s+parties(?:\s+hereto)?"
    r"|each\s+of\s+the\s+parties|parties)"
)
_RELATIONAL = (
    r"(?:the\s+|a\s+|such\s+)?(?P<relational>(?:[A-Z][a-z]+(?:ing|ed)|Non-[A-Z][a-z]+|Receiving|Disclosing)\s+Party)"
)
_ACTION_END = re.compile(r"[.;](?=\s|$)|$")
_PASSIVE = re.compile(
    r"\s*(?:be|been)\s+(?:\w+ly\s+)?(?!bound|entitled|deemed|interested|located|valid|limited|subject|effective)"
    r"(?:\w+(?:ed|en)|paid|made|held|kept|given|sent|borne|done|sold|brought|sought|put|set|met|built|found|read)\b",
    re.I,
)
# What may stand between the bearer and the modal words.
_BETWEEN = re.compile(
    r"\s*(?:,[^;:]{1,240}?,|\([^)]*\)|\s+(?:and|or)\s+(?:its|their|his|her|any\s+of\s+its)\s+[\w\s,]{1,80}?"
    r"|\s+(?:also|hereby|each|both|further|itself|jointly|severally|and|or|\w+ly|at\s+its\s+(?:own\s+)?\w+|in\s+its\s+\w+(?:\s+\w+)?|"
    r"in\s+turn|thereafter|then|in\s+such\s+case))*[\s,]*$",
    re.I,
)
# A party after these words is not the subject of the modal that follows.
_OBLIQUE = re.compile(
    r"\b(?:by|to|of|from|for|with|against|between|under|on|upon|in|at|than|behalf|through|via|towards?|concerning|regarding|"
    r"including|or\s+to|without)\s+(?:(?:the|such|any|either|each)\s+)?$",
    re.I,
)
_PRONOUN = re.compile(r"\b(?:it|they|he|she)\s*(?:also|each|both|\w+ly|hereby)?\s*$", re.I)
_JOINED = re.compile(r"(?:^|[,;:]|\b(?:and|or|but|nor)\b)\s*(?:,?\s*(?:also|then|further|if\s+[^,]*,))?\s*$", re.I)
_INVERTED = re.compile(r"\b(?:in\s+no\s+event|under\s+no\s+circumstances|at\s+no\s+time|nor)\s*$", re.I)
_NEITHER = re.compile(
    r"\b(?:(?:neither|no)\s+(?:of\s+the\s+)?part(?:y|ies)(?:\s+hereto)?|neither\s+[^.;:]{3,80}?\s+nor\s+[^.;:]{3,60}?)\s*$",
    re.I,
)
_LIABLE = re.compile(r"[^.;]{0,60}?\bbe\s+(?:liable|responsible|obliged|obligated|required)\b", re.I)
_EACH_OTHER = re.compile(r"\b(?:the|each)\s+other(?:\s+part(?:y|ies))?\b|\bone\s+another\b", re.I)


@dataclass(frozen=True, slots=True)
class _Mention:
    who: str  # the label used for bearer and counterparty
    start: int
    end: int


def find_obligations(reading: str, parties: Sequence[PartySpan]) -> tuple[ObligationSpan, ...]:
    """The statements of one passage in order; ``reading`` is the passage with its lead-in."""
    mentions = _mentions(reading, parties)
    modals = _modals(reading)
    found: list[ObligationSpan] = []
    previous = ""
    for position, modal in enumerate(modals):
        subject = _subject(reading, modal, mentions, previous)
        stop = _action_end(reading, modal, modals[position + 1 :])
        statement = _statement(reading, modal, stop, _modality(reading, modal), subject, mentions)
        found.append(statement)
        previous = subject if subject else previous if _joins(reading, modal) else ""
    return tuple(found)


def _modals(reading: str) -> list[re.Match[str]]:
    """Modal words; in "in no event shall the Supplier be liable" the second ones belong to the first."""
    kept: list[re.Match[str]] = []
    for modal in _MODAL.finditer(reading):
        inverted = kept and _INVERTED.search(reading, 0, kept[-1].start())
        if not (inverted and modal.start() - kept[-1].end() < 60 and modal.group().lower().startswith("be ")):
            kept.append(modal)
    return kept


def _modality(reading: str, modal: re.Match[str]) -> Modality:
    modality = next(kind for kind, _ in MODALS if modal[kind])
    negative = _INVERTED.search(reading, 0, modal.start()) or _NEITHER.search(reading, 0, modal.start())
    if not negative or modality in ("no_obligation", "prohibition"):
        return modality
    return "no_obligation" if _LIABLE.match(reading, modal.start()) else "prohibition"


def _mentions(reading: str, parties: Sequence[PartySpan]) -> list[_Mention]:
    """Every place where a party is named, by term, name, alias or by a role word that only one party plays."""
    names = {
        word: party.term or party.name for party in parties for word in (*party.aliases, party.name, party.term) if word
    }
    players: dict[str, set[str]] = {}
    for party in parties:
        players.setdefault(role_of(party.term), set()).add(party.term)
    for role, words in ROLE_CLASSES.items():
        playing = players.get(role, set())
        for word in words:
            title = word.title()
            names.setdefault(title, next(iter(playing)) if len(playing) == 1 else title)
    found = [_Mention(label, *match.span()) for word, label in names.items() for match in _word(word).finditer(reading)]
    found += [_Mention("each party", *match.span()) for match in re.finditer(rf"\b{_EACH}\b", reading, re.I)]
    found += [_Mention(match["relational"], *match.span()) for match in re.finditer(_RELATIONAL, reading)]
    return _longest(found)


def _word(word: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:[Tt]he\s+|THE\s+)?{re.escape(word)}(?:s|\(s\))?(?![\w-])|(?<!\w){re.escape(word.upper())}(?!\w)"
    )


def _longest(mentions: list[_Mention]) -> list[_Mention]:
    kept: list[_Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _subject(reading: str, modal: re.Match[str], mentions: list[_Mention], previous: str) -> str:
    """The party that governs the modal, or "" when another noun does."""
    before = [mention for mention in mentions if mention.end <= modal.start()]
    if _INVERTED.search(reading, 0, modal.start()):
        after = next((mention for mention in mentions if 0 <= mention.start - modal.end() <= 2), None)
        return after.who if after else ""
    for mention in reversed(before):
        if re.match(r"['’]s?\s", reading[mention.end : mention.end + 3]) or _OBLIQUE.search(reading, 0, mention.start):
            continue
        if _BETWEEN.match(reading, mention.end, modal.start()):
            return _joint(reading, mention, before)
    if previous and (_joins(reading, modal) or _PRONOUN.search(reading, 0, modal.start())):
        return previous
    if _PRONOUN.search(reading, 0, modal.start()) and len({mention.who for mention in before}) == 1:
        return before[0].who
    return ""


def _joint(reading: str, mention: _Mention, before: list[_Mention]) -> str:
    """ "The Supplier and the Customer shall" binds both."""
    other = next(
        (
            one
            for one in before
            if one.who != mention.who and re.fullmatch(r"\s*,?\s*(?:and|or|nor|&)\s*", reading[one.end : mention.start])
        ),
        None,
    )
    return "each party" if other else mention.who


def _joins(reading: str, modal: re.Match[str]) -> bool:
    return _JOINED.search(reading, 0, modal.start()) is not None


def _action_end(reading: str, modal: re.Match[str], following: list[re.Match[str]]) -> int:
    end = _ACTION_END.search(reading, modal.end())
    stop = end.start() if end else len(reading)
    for later in following:
        joint = re.search(r"(?:,?\s*\b(?:and|but|or)\b|[,;])[^,;]*$", reading[modal.end() : later.start()])
        if joint and later.start() < stop:
            return modal.end() + joint.start()
    return stop


def _statement(
    reading: str, modal: re.Match[str], stop: int, modality: Modality, subject: str, mentions: list[_Mention]
) -> ObligationSpan:
    bearer, counterparty = subject, ""
    inside = [mention for mention in mentions if modal.end() <= mention.start < stop]
    if modality in ("obligation", "prohibition") and _PASSIVE.match(reading, modal.end()):
        agent = next((mention for mention in inside if re.search(r"\bby\s+$", reading[: mention.start])), None)
        bearer, counterparty = (agent.who if agent else ""), subject
    if not counterparty:
        counterparty = next((mention.who for mention in inside if mention.who not in (bearer, "each party")), "")
    mutual = bearer == "each party"
    if mutual and _EACH_OTHER.search(reading, modal.end(), stop):
        counterparty = "each party"
    action = reading[modal.end() : stop].strip(" ,:")
    return ObligationSpan(bearer, counterparty, modality, action, modal.start(), modal.end(), mutual)
