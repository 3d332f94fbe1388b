"""Why a clause got its verdict, in one sentence that names the parties, and who is who in it.

The verdict is the verifier's alone. Here its words are only found again: where no statement can be named with
certainty, the sentence says what the label means and nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from contracts.models import Passage
from contracts.text.obligations import find_obligations
from contracts.text.types import ObligationSpan, PartySpan
from search.labels import NOT_VERIFIED
from search.verification import parties_of
from verifier.parties import mentioned, neutralise
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
    "supported": "Read with its definitions, the clause says what you asked for.",
    "party_swapped": "The clause binds, or favours, another party than you asked for.",
    "negated": "The clause has the opposite effect of what you asked for.",
    "modality": "The clause permits this, gives an option or promises efforts; you asked for a duty.",
    "value": "The clause has the same rule with another number, period or amount than you asked for.",
    "qualified": "The clause grants this only under a condition, cap or exception that you did not ask for.",
    "unrelated": "The clause shares the subject or its words, but does not settle the question.",
    NOT_VERIFIED: "The verifier could not read this clause in time, so nothing is said about it.",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    reason: str
    roles: dict[str, Any]  # bearer, counterparty, modality, parties, marks; as stored with the hit


def explain_verdict(query: str, passage: Passage, verdict: Verdict | None) -> Explanation:
    parties = parties_of(passage)
    shown = mentioned(query, parties, query=True) | mentioned(passage.reading, parties, query=False)
    roles: dict[str, Any] = {
        "parties": [_equation(party) for i, party in enumerate(parties) if i in shown or not shown]
    }
    if verdict is None or verdict.label not in NAMED:
        return Explanation(GENERIC[verdict.label if verdict else NOT_VERIFIED], roles)
    resolved = neutralise(query, parties, [party.term or party.name for party in parties], query=True).text
    spans = [PartySpan(p.name, p.term, p.aliases, 0, 0) for p in parties]
    found = [obligation.span for obligation in passage.obligations.all()]
    decisive = _decisive(found, resolved, verdict)
    if decisive is None:
        return Explanation(GENERIC[verdict.label], roles)
    roles |= {"bearer": decisive.bearer, "counterparty": decisive.counterparty, "modality": decisive.modality}
    roles["marks"] = _marks(decisive)
    statement = _statement(passage.reading, decisive)
    if not statement or (verdict.label == "party_swapped" and _same_roles(find_obligations(resolved, spans), decisive)):
        return Explanation(GENERIC[verdict.label], roles)
    return Explanation(NAMED[verdict.label].format(statement=statement, query=_short(resolved.rstrip(" .?;"))), roles)


def _equation(party: Party) -> str:
    return f"{party.term} = {party.name}" if party.term else party.name


def _decisive(obligations: Sequence[ObligationSpan], query: str, verdict: Verdict) -> ObligationSpan | None:
    """The statement that shares most words with the question, or most evidence; None when nothing points to one."""
    asked = _stems(query)

    def points(obligation: ObligationSpan) -> tuple[int, float]:
        start, end = obligation.start, obligation.action_end
        evidence = sum(e.weight for e in verdict.evidence if e.start < end and e.end > start)
        return len(asked & _stems(obligation.action)), evidence

    best = max(obligations, key=points, default=None)
    return best if best is not None and (len(obligations) == 1 or any(points(best))) else None


def _stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{4,}", text.lower())}


def _statement(reading: str, obligation: ObligationSpan) -> str:
    """ "Customer shall indemnify Supplier against ..."; "" when no party is named before the modal words."""
    subject, begins = obligation.bearer, obligation.bearer_start
    if obligation.passive:
        subject, begins = obligation.counterparty, obligation.counterparty_start
    if not subject or begins is None or begins > obligation.start:
        return ""
    modal = reading[obligation.start : obligation.end]
    return _short(" ".join(f"{subject} {modal} {obligation.action}".split()))


def _same_roles(asked: Sequence[ObligationSpan], found: ObligationSpan) -> bool:
    return any(one.bearer == found.bearer and one.counterparty == found.counterparty for one in asked)


def _short(text: str) -> str:
    words = text.split()
    return text if len(words) <= SHOWN_WORDS else " ".join(words[:SHOWN_WORDS]).rstrip(" ,;:") + " …"


def _marks(obligation: ObligationSpan) -> list[dict[str, Any]]:
    modal = {"start": obligation.start, "end": obligation.end, "mark": "modal"}
    if obligation.bearer_start is None:
        return [modal]
    return [{"start": obligation.bearer_start, "end": obligation.bearer_end, "mark": "bearer"}, modal]
