"""The words that the builder's sentence turns on: to whom an action is done, and how a condition begins."""

from __future__ import annotations

import re
from functools import partial

_WORDS = partial(re.compile, flags=re.I)


_ADVERB = r"(?!(?:comp|supp|app|rep|re|ear|fami)ly\b|monopoly\b|assembly\b)\w+ly"


def _any(words: str) -> str:
    return "|".join(word.replace("_", r"\s+") for word in words.split())


# The party is their object: "notify Customer of damage".
_PERSONS = """
    hold_harmless indemnify notify inform tell ask warn advise consult remind pay repay reimburse refund compensate
    reward defend protect release discharge supply serve support assist help train instruct credit invoice charge bill
    sue join
"""
DONE_TO_PERSONS = _WORDS(rf"(?:{_any(_PERSONS)}|provide(?!\s+for\b))\b")

# What follows the object and comes before the party: by the verb, and the object where it matters. The first that fits;
# what no row has is done for the party.
_AFTER_OBJECT = tuple(
    (preposition, _WORDS(rf"(?:{_any(verbs)})\b" + (rf".*\b(?:{objects})\b" if objects else "")))
    for preposition, verbs, objects in (
        ("to", "make give provide submit offer render", "available|payments?|notices?|reports?|offers?"),
        ("to", "be have accept exclude limit", r"liab\w+|responsib\w+|accountable|answerable"),
        ("towards", "perform fulfil fulfill meet discharge observe", "obligations?|duties|duty|covenants?"),
        ("towards", "act behave comply", ""),
        (
            "with",
            "enter_into conclude execute sign make terminate cancel rescind renew extend amend negotiate",
            "(?:agreement|contract|lease|licen[cs]e|engagement|sublease|deed|order)s?",
        ),
        ("with", "share compete cooperate co-operate collaborate deal deposit communicate interfere contract", ""),
        (
            "against",
            "claim enforce assert bring commence waive set_off exercise",
            "rights?|claims?|proceedings|actions?|suits?|remed(?:y|ies)|amounts?|sums?",
        ),
        ("against", "set_off claim proceed", ""),
        ("on", "impose rely depend", ""),
        (
            "of",
            "enter inspect audit examine access visit review copy use occupy solicit hire employ infringe modify "
            "reverse-engineer reverse_engineer decompile reproduce register challenge contest damage disparage poach "
            "vacate verify monitor",
            "",
        ),
        (
            "from",
            "buy purchase order obtain acquire receive accept borrow collect recover source request withhold demand "
            "take_delivery withdraw conceal require seek",
            "",
        ),
        (
            "to",
            "pay repay deliver give grant supply sell resell assign transfer license licence sublicense disclose "
            "report return send ship lease let sublet furnish submit offer convey issue allocate refund remit warrant "
            "represent account respond owe lend show present surrender hand render yield contribute credit transmit "
            "certify distribute confirm explain guarantee charge bill invoice dedicate novate cede pledge announce "
            "apply propose recommend serve release consent object extend advance",
            "",
        ),
        ("to", r"provide(?!\s+for\b)", ""),
    )
)

# After the verb these begin what is not its object, so the person comes before them: "notify Customer of changes".
NO_OBJECT = _WORDS(
    r"\s*(?:$|,|(?:for|of|from|against|about|in|on|at|by|with|within|without|under|to|before|after|upon|during|until|if"
    r"|unless|when|where|not|once|per|as|each|every|\w+ly)\b)"
)
# After the object these begin how and when, so the person comes before them: "deliver goods to Buyer within 5 days".
HOW = _WORDS(
    r"(?:(?<=liable)|(?<=responsible)|(?<=accountable))\s+(?=for\b)"
    r"|\s+(?=(?:that|within|before|after|upon|until|unless|if|when|once|while|during|without|by|promptly|immediately"
    r"|monthly|annually|quarterly|weekly|daily|in\s+(?:accordance|advance|writing|full|cash|time)|free\s+of"
    r"|(?:no|not)\s+later|at\s+(?:least|its|their|the\s+latest)|on\s+(?:or|request|demand|time|the\s+first)"
    r"|every|each|per|subject)\b)"
)

# Verbs at the beginning of an action, joined: of "manufacture and deliver the goods" the last one says to whom.
_VERB = rf"(?:{DONE_TO_PERSONS.pattern}|\w+)"
VERBS = _WORDS(
    rf"(?:(?:not|also|{_ADVERB}|(?:agree|undertake|fail|refuse|continue|be\s+\w+)\s+to)\s+)*"
    rf"(?:{_VERB}(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+))*(?P<last>{_VERB})(?=\s|,|$)"
)

# An action that ends so waits for the party: "share data with".
BARE_PREPOSITION = _WORDS(r"\b(?:to|with|from|for|of|against|on|by|towards?|at|under|upon|into|behalf\s+of)$")
_SOMEBODY = r"(?:the|a|an|any|all|each|every|its|their|third|other|such|(?-i:[A-Z])\w+)\b"

# Typed so, a condition stands as it is.
_BEGINS = """
    if unless when whenever where wherever while whilst except excluding subject_to provided providing upon on only
    without with within until till as at by in for during following from once so save other otherwise despite
    notwithstanding regardless irrespective insofar even not_later no_later not_more no_more before after against under
    pursuant prior_to immediately promptly every each per but solely assuming because since due_to outside throughout
    over between up_to to_the via through having being whether always
"""
CONDITION = _WORDS(
    rf"(?:{_any(_BEGINS)}|{_ADVERB})\b|\d+\s+(?:\w+\s+)?(?:day|week|month|year|hour)s?\s+(?:after|before|from|of)\b"
)
FINITE = _WORDS(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|fails?|gives?|agrees?|consents\s+to|occurs?|ends?|makes?|takes?"
    r"|pays?|shall|will|may|must|can)\b"
)
_OF = r"(?:\s+(?:of|by|from|to|for|in|under|between|at)\b.*)?"
# What is typed without one: with what it goes, with what after a ban ("must not assign without consent"), its nouns.
CONDITION_NOUNS = tuple(
    (usual, after_ban, _WORDS(rf"(?:[\w'’().-]+\s+){{0,7}}?(?:{_any(nouns)}){_OF}"))
    for usual, after_ban, nouns in (
        ("with", "without", "consent approval permission authorisation authorization agreement"),
        ("on", "without", "notice request demand"),
        ("on", "on", "1st 2nd 3rd [0-9]+th day date"),
        ("in", "in", "event case"),
        (
            "in case of",
            "in case of",
            "breach default insolvency bankruptcy termination expiry expiration delay death force_majeure emergency "
            "change_of_control negligence misconduct fraud non-payment liquidation damage loss",
        ),
    )
)


def preposition_of(action: str) -> str | None:
    """With what the party follows the object of the action, which begins with its verb; None where no table says."""
    return next((preposition for preposition, verbs in _AFTER_OBJECT if verbs.match(action)), None)


def says_to_whom(action: str, preposition: str) -> bool:
    """ "sell the goods to any third party" """
    return re.search(rf"\s{preposition}\s+{_SOMEBODY}", action, re.I) is not None
