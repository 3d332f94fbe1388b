"""Who owes whom: the parts of a rule, written as one sentence."""

from __future__ import annotations

import re

from search.builder_words import (
    BARE_PREPOSITION,
    CONDITION,
    CONDITION_NOUNS,
    DONE_TO_PERSONS,
    FINITE,
    HOW,
    NO_OBJECT,
    VERBS,
    preposition_of,
    says_to_whom,
)

OTHER_PARTY = re.compile(r"…|\.{3,}")  # in the action: where the party it is owed to stands

# The word in the address, and how the sentence says it.
MODALS = {"must": "must", "must-not": "must not", "may": "may", "need-not": "need not"}

_DOUBLED = re.compile(r"(?:to|must|shall|will)\s+(?=\w)", re.I)  # "must pay" typed as the action


def build_sentence(who: str, must: str, what: str, whom: str, when: str) -> str:
    """ "Tenant", "must", "notify ... of damage", "Landlord" -> "Tenant must notify Landlord of damage".

    "" until there is an action.
    """
    who, whom, when = (" ".join(part.split()).strip(" .,") for part in (who, whom, when))
    what = " ".join(OTHER_PARTY.sub(" … ", what).split()).strip(" .,")
    what = _DOUBLED.sub("", what, count=1) if _DOUBLED.match(what) else what
    if not what.strip(" …"):
        return ""
    what = what[0].lower() + what[1:] if what[1:2].islower() else what
    condition = _condition(when, banned=must == "must-not")
    parts = (who or "Each party", MODALS.get(must, "must"), _with_other_party(what, whom), condition)
    return " ".join(" ".join(parts).split())


def names_everyone(sentence: str, whom: str) -> bool:
    """Whether the party that it is owed to stands in the sentence; an action may leave no place for it."""
    return whom.strip(" .,").casefold() in sentence.casefold()


def _condition(when: str, banned: bool) -> str:
    """What is typed with its own "if", "unless", "without", "within" stands; a noun gets what it is used with."""
    if not when or CONDITION.match(when):
        return when
    for usual, after_ban, nouns in CONDITION_NOUNS:
        if nouns.fullmatch(when) and not FINITE.search(when):
            return f"{after_ban if banned else usual} {when}"
    return f"if {when}"


def _with_other_party(what: str, whom: str) -> str:
    if "…" in what:
        return what.replace("…", whom)
    if not whom or re.search(rf"(?<!\w){re.escape(whom)}(?!\w)", what, re.I):
        return what
    if BARE_PREPOSITION.search(what):
        return f"{what} {whom}"  # "share data with"
    verbs = VERBS.match(what)
    end = verbs.end() if verbs else 0
    if verbs and DONE_TO_PERSONS.match(what, verbs.start("last")) and NO_OBJECT.match(what, end):
        return f"{verbs[0]} {whom}{what[end:]}"
    preposition = preposition_of(what[verbs.start("last") :] if verbs else what)
    if preposition is None:
        # A verb alone takes the party itself ("evict Tenant"); what is done to a thing is done for the party.
        preposition = "" if " " not in what else "for"
    if not preposition:
        return f"{what} {whom}"
    how = HOW.search(what, end)
    cut = how.start() if how else len(what)
    if says_to_whom(what[end:cut], preposition):
        return what
    return f"{what[:cut]} {preposition} {whom}{what[cut:]}"
