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
from contracts.text.types import ObligationSpan, PartySpan
from search.labels import NOT_VERIFIED
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


def explain_verdict(query: str, reading: str, parties: Sequence[Party], verdict: Verdict | None) -> Explanation:
    shown = mentioned(query, parties, query=True) | mentioned(reading, parties, query=False)
    roles: dict[str, Any] = {
        "parties": [_equation(party) for i, party in enumerate(parties) if i in shown or not shown]
    }
    if verdict is None or verdict.label not in NAMED:
        return Explanation(GENERIC[verdict.label if verdict else NOT_VERIFIED], roles)
    resolved = neutralise(query, parties, [party.term or party.name for party in parties], query=True).text
    spans = [PartySpan(p.name, p.term, p.aliases, 0, 0) for p in parties]
    decisive = _decisive(reading, find_obligations(reading, spans), resolved, verdict)
    if decisive is None:
        return Explanation(GENERIC[verdict.label], roles)
    roles |= {"bearer": decisive.bearer, "counterparty": decisive.counterparty, "modality": decisive.modality}
    roles["marks"] = _marks(reading, decisive, parties)
    statement = _statement(reading, decisive)
    if not statement or (verdict.label == "party_swapped" and _same_roles(find_obligations(resolved, spans), decisive)):
        return Explanation(GENERIC[verdict.label], roles)
    return Explanation(NAMED[verdict.label].format(statement=statement, query=_short(resolved.rstrip(" .?;"))), roles)


def _equation(party: Party) -> str:
    return f"{party.term} = {party.name}" if party.term else party.name


def _decisive(
    reading: str, obligations: Sequence[ObligationSpan], query: str, verdict: Verdict
) -> ObligationSpan | None:
    """The statement that shares most words with the question, or most evidence; None when nothing points to one."""
    asked = _stems(query)

    def points(obligation: ObligationSpan) -> tuple[int, float]:
        end = obligation.end + len(obligation.action)
        evidence = sum(e.weight for e in verdict.evidence if e.start < end and e.end > obligation.start)
        return len(asked & _stems(obligation.action)), evidence

    best = max(obligations, key=points, default=None)
    return best if best is not None and (len(obligations) == 1 or any(points(best))) else None


def _stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{4,}", text.lower())}


def _statement(reading: str, obligation: ObligationSpan) -> str:
    """ "Customer shall indemnify Supplier against ..."; "" when the words do not say who."""
    subject = obligation.counterparty if _is_passive(obligation) else obligation.bearer
    modal = reading[obligation.start : obligation.end]
    return _short(" ".join(f"{subject} {modal} {obligation.action}".split())) if subject else ""


def _is_passive(obligation: ObligationSpan) -> bool:
    """ "Customer shall be indemnified by Supplier": the bearer stands in the action, or is not named at all."""
    agent = not obligation.bearer or obligation.bearer.lower() in obligation.action.lower()
    return obligation.action.startswith("be ") and agent


def _same_roles(asked: Sequence[ObligationSpan], found: ObligationSpan) -> bool:
    return any(one.bearer == found.bearer and one.counterparty == found.counterparty for one in asked)


def _short(text: str) -> str:
    words = text.split()
    return text if len(words) <= SHOWN_WORDS else " ".join(words[:SHOWN_WORDS]).rstrip(" ,;:") + " …"


def _marks(reading: str, obligation: ObligationSpan, parties: Sequence[Party]) -> list[dict[str, Any]]:
    marks: list[dict[str, Any]] = [{"start": obligation.start, "end": obligation.end, "mark": "modal"}]
    bearer = _bearer_span(reading, obligation, parties)
    if bearer:
        marks.insert(0, {"start": bearer[0], "end": bearer[1], "mark": "bearer"})
    return marks


def _bearer_span(reading: str, obligation: ObligationSpan, parties: Sequence[Party]) -> tuple[int, int] | None:
    """The mention of the bearer nearest to the modal words: before them, or after in the passive."""
    forms = [obligation.bearer] + [
        form
        for party in parties
        if obligation.bearer in (party.term, party.name)
        for form in (party.name, party.term, *party.aliases)
    ]
    if obligation.bearer == "each party":
        forms += ["either party", "neither party", "both parties", "the parties"]
    pattern = "|".join(re.escape(form) for form in sorted(filter(None, forms), key=len, reverse=True))
    if not pattern:
        return None
    mentions = [match.span() for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", reading, re.IGNORECASE)]
    if _is_passive(obligation):
        return next((span for span in mentions if span[0] >= obligation.end), None)
    return next((span for span in reversed(mentions) if span[1] <= obligation.start), None)
