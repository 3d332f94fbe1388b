"""Who owes whom: the parts of a rule, written as one sentence."""

from __future__ import annotations

OTHER_PARTY = "…"  # in the action: where the party it is owed to stands

# The word in the address, and how the sentence says it.
MODALS = {"must": "must", "must-not": "must not", "may": "may", "need-not": "need not"}
CONDITION_WORDS = ("if", "unless", "when", "where", "except", "subject", "provided", "upon", "after", "before", "only")


def build_sentence(who: str, must: str, what: str, whom: str, when: str) -> str:
    """ "Supplier", "must", "indemnify … for IP claims", "Customer" -> "Supplier must indemnify Customer for IP claims".

    "" until there is an action.
    """
    who, what, whom, when = (" ".join(part.split()).strip(" .") for part in (who, what, whom, when))
    if not what:
        return ""
    action = _with_other_party(what, whom)
    condition = when if not when or when.lower().startswith(CONDITION_WORDS) else f"if {when}"
    parts = (who or "Each party", MODALS.get(must, "must"), action, condition)
    return " ".join(part for part in parts if part)


def _with_other_party(what: str, whom: str) -> str:
    if OTHER_PARTY in what:
        return " ".join(what.replace(OTHER_PARTY, f" {whom} ").split())
    if not whom:
        return what
    # One verb takes the party itself ("indemnify Customer"); after an object it is owed to the party.
    return f"{what} {whom}" if " " not in what else f"{what} to {whom}"
