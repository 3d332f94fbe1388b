"""Why a clause got its verdict, in one sentence that names the parties, and who is who in it.

The verdict is the verifier's alone. Here its words are only found again: where no statement can be named with
certainty, the sentence says what the label means and nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from contracts.text.obligations import find_obligations
from contracts.text.quotation import quoted
from contracts.text.types import ObligationSpan
from search.labels import NOT_VERIFIED
from search.reason_codes import CODES, UNSHOWN, ReasonCode
from search.statements import (
    NEGATION,
    Statement,
    asked_statement,
    decisive_statement,
    mark_limits,
    mark_statement,
    name_parties,
    party_spans,
)
from verifier.parties import mentioned
from verifier.types import Party, Verdict

SHOWN_WORDS = 16

NAMED = {
    "supported": "Here {statement}.",
    "party_swapped": "Here {statement}; you asked for “{query}”.",
    "negated": "Here {statement}: the opposite of “{query}”.",
    "modality": "Here {statement}: not the duty you asked for.",
    "value": "Here {statement}: another number, period or amount than you asked for.",
    "qualified": "Here {statement}: only under a condition, cap or exception that you did not ask for.",
}
GENERIC = {
    "supported": "The verifier reads the clause as saying this; who is bound could not be shown in its words.",
    "party_swapped": "The clause binds, or favours, another party than you asked for.",
    "negated": "The clause has the opposite effect of what you asked for.",
    "modality": "The clause permits this, gives an option or promises efforts; you asked for a duty.",
    "value": "The clause has the same rule with another number, period or amount than you asked for.",
    "qualified": "The clause grants this only under a condition, cap or exception that you did not ask for.",
    "unrelated": "The clause shares the subject or its words, but does not settle the question.",
    NOT_VERIFIED: "The verifier could not read this clause, or not in time, so nothing is said about it.",
}

# What is asked, and what is found, where the one speaks against the other.
CONTRARY = {("permission", "prohibition"), ("entitlement", "prohibition"), ("obligation", "no_obligation")}
DENIED = frozenset({"prohibition", "no_obligation"})
DOUBTED = " Check by hand: these words speak against the verdict."


@dataclass(frozen=True, slots=True)
class Explanation:
    reason: str
    code: ReasonCode
    roles: dict[str, Any]  # bearer, counterparty, modality, parties, marks; as stored with the hit


def explain_verdict(
    query: str,
    reading: str,
    parties: Sequence[Party],
    found: Sequence[ObligationSpan],
    verdict: Verdict | None,
    left_out: Sequence[int] | None = (),
) -> Explanation:
    """``found`` are the statements in ``reading``; ``left_out``: where words of the contract are left out of it."""
    shown = mentioned(query, parties, query=True) | mentioned(reading, parties, query=False)
    roles: dict[str, Any] = {
        "parties": [_equation(party) for i, party in enumerate(parties) if i in shown or not shown]
    }
    if verdict is None or verdict.label not in NAMED:
        return _unnamed(verdict.label if verdict else NOT_VERIFIED, roles)
    resolved = name_parties(query, parties, query=True)
    decisive = decisive_statement(found, resolved, verdict)
    marks = list(mark_limits(reading))
    roles["marks"] = _stored(marks)
    if decisive is None:
        return _unnamed(verdict.label, roles)
    roles |= {
        "bearer": decisive.bearer,
        "counterparty": decisive.counterparty,
        "modality": decisive.modality,
        "mutual": decisive.mutual,
    }
    roles["marks"] = _stored([*mark_statement(reading, decisive), *marks])
    statement = _statement(reading, decisive, left_out)
    asked = find_obligations(resolved, party_spans(parties))
    if not statement or (verdict.label == "party_swapped" and _same_roles(asked, decisive)):
        return _unnamed(verdict.label, roles)
    reason, code = NAMED[verdict.label].format(statement=statement, query=_short(resolved.rstrip(" .?;"))), None
    if verdict.label == "supported" and any((one.modality, decisive.modality) in CONTRARY for one in asked):
        reason, code = reason + DOUBTED, ReasonCode.WORDS_AGAINST
    elif verdict.label == "party_swapped" and _exchanged(asked_statement(query, parties), decisive):
        code = ReasonCode.PARTIES_EXCHANGED
    return Explanation(reason.replace("….", "…"), code or CODES[verdict.label], roles)


def _unnamed(label: str, roles: dict[str, Any]) -> Explanation:
    """Where no statement can be named."""
    return Explanation(GENERIC[label], UNSHOWN.get(label, CODES[label]), roles)


def _exchanged(asked: Statement | None, found: ObligationSpan) -> bool:
    """Each of the two stands where the other was asked for; else a third party, or who is favoured, is another."""
    if asked is None or not (asked.bearer and asked.counterparty):
        return False
    return (asked.bearer, asked.counterparty) == (found.counterparty, found.bearer)


def _stored(marks: Sequence[tuple[int, int, str]]) -> list[dict[str, Any]]:
    return [{"start": start, "end": end, "mark": mark} for start, end, mark in marks]


def _equation(party: Party) -> str:
    return f"{party.term} = {party.name}" if party.term else party.name


_NOBODY = re.compile(r"(?:neither|no)\b.*", re.I | re.S)


def _statement(reading: str, obligation: ObligationSpan, left_out: Sequence[int] | None = ()) -> str:
    """ "Customer shall indemnify Supplier against ..."; "" when nobody who is bound can be named."""
    subject, begins = obligation.bearer, obligation.bearer_start
    if obligation.passive:
        subject, begins = obligation.counterparty, obligation.counterparty_start
    if not subject or begins is None or begins > obligation.start:
        return _said_of(reading, obligation, left_out)
    if not obligation.passive and (none := _NOBODY.match(reading[begins : obligation.bearer_end])):
        subject = none[0].lower()  # it denies for all: "each party shall" would say the opposite
    modal = reading[obligation.start : obligation.end]
    action = quoted(reading, left_out, obligation.action_start, obligation.action_end)
    return _short(" ".join(f"{subject} {modal} {action}".split()))


def _said_of(reading: str, obligation: ObligationSpan, left_out: Sequence[int] | None) -> str:
    """Where no party is the subject: "this is said of Distributor: “shall be paid by the Distributor”"."""
    if not obligation.bearer:
        return ""
    said = quoted(reading, left_out, _denied_from(reading, obligation), obligation.action_end)
    said = _short(" ".join(said.split()))
    if obligation.bearer_start is None:
        return f"{obligation.bearer} is meant, without being named: “{said}”"
    return f"this is said of {obligation.bearer}: “{said}”"


_IN_NO = re.compile(r"\b(?:in|under|at)\s+$", re.I)


def _denied_from(reading: str, obligation: ObligationSpan) -> int:
    """Where its words begin, with what denies them: “Neither this Agreement nor any right may be assigned by”."""
    if obligation.modality not in DENIED or NEGATION.search(reading, obligation.start, obligation.end):
        return obligation.start
    sentence = max(reading.rfind(stop, 0, obligation.start) for stop in (". ", "; ")) + 1
    before = list(NEGATION.finditer(reading, sentence, obligation.start))
    if before and before[-1][0].lower() == "nor":
        before = [one for one in before if one[0].lower() == "neither"][-1:] or before
    if not before:
        return obligation.start
    opening = _IN_NO.search(reading, sentence, before[-1].start())
    return opening.start() if opening else before[-1].start()


def _same_roles(asked: Sequence[ObligationSpan], found: ObligationSpan) -> bool:
    return any(one.bearer == found.bearer and one.counterparty == found.counterparty for one in asked)


def _short(text: str) -> str:
    words = text.split()
    return text if len(words) <= SHOWN_WORDS else " ".join(words[:SHOWN_WORDS]).rstrip(" ,;:") + " …"
