"""Who owes whom: the parts of a rule, written as one sentence."""

from __future__ import annotations

import re

OTHER_PARTY = re.compile(r"…|\.{3,}")  # in the action: where the party it is owed to stands

# The word in the address, and how the sentence says it.
MODALS = {"must": "must", "must-not": "must not", "may": "may", "need-not": "need not"}
CONDITION_WORDS = ("if", "unless", "when", "where", "except", "subject", "provided", "upon", "after", "before", "only")

_DONE_TO_PERSONS = (
    "indemnify|notify|inform|tell|warn|advise|consult|remind|pay|repay|reimburse|refund|compensate|reward|defend|protect"
    "|release|discharge|supply|serve|support|assist|help|train|instruct|credit|invoice|charge|bill|sue|join"
)
_VERB = rf"(?:hold\s+harmless|provide(?!\s+for\b)|{_DONE_TO_PERSONS})"
_VERBS = re.compile(rf"{_VERB}(?:(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+){_VERB})*(?=\s|,|$)", re.I)
# After the verb these begin what is not its object, so the person comes before them: "notify Customer of changes".
_NO_OBJECT = re.compile(
    r"\s*(?:$|,|(?:for|of|from|against|about|in|on|at|by|with|within|without|under|to|before|after|upon|during|until|if"
    r"|unless|when|where|not|once|per|as|each|every|\w+ly)\b)",
    re.I,
)


def build_sentence(who: str, must: str, what: str, whom: str, when: str) -> str:
    """ "Tenant", "must", "notify ... of damage", "Landlord" -> "Tenant must notify Landlord of damage".

    "" until there is an action.
    """
    who, whom, when = (" ".join(part.split()).strip(" .") for part in (who, whom, when))
    what = OTHER_PARTY.sub(" … ", what).strip(" .")
    if not what.strip(" …"):
        return ""
    condition = when if not when or when.lower().startswith(CONDITION_WORDS) else f"if {when}"
    parts = (who or "Each party", MODALS.get(must, "must"), _with_other_party(what, whom), condition)
    return " ".join(" ".join(parts).split())


def _with_other_party(what: str, whom: str) -> str:
    if "…" in what:
        return what.replace("…", whom)
    if not whom:
        return what
    verbs = _VERBS.match(what)
    if verbs and _NO_OBJECT.match(what, verbs.end()):
        return f"{verbs[0]} {whom}{what[verbs.end() :]}"
    # One verb takes the party itself ("sue Customer"); after an object it is owed to the party.
    return f"{what} {whom}" if " " not in what else f"{what} to {whom}"
