"""Why a clause got its verdict: what was asked beside what was found, and whether the verdict follows the parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from contracts.text.obligations import find_obligations
from contracts.text.quotation import quoted
from contracts.text.types import ObligationSpan
from search.facets import DUTIES
from search.hit_statements import statements_of
from search.labels import FOUND, NOT_VERIFIED
from search.models import Hit, Search
from search.recall_path import RecallPath
from search.stability import EXPECTED, MUTUAL
from search.statements import (
    Statement,
    asked_statement,
    decisive_statement,
    name_parties,
    party_spans,
    statement_of,
    stems,
)
from search.verification import contract_parties, load_verifier, track_record, verify_pairs
from search.verified_pairs import as_verdict
from search.words.describe import statement_in
from search.words.parse import parse_words
from verifier.counterfactual import exchanged
from verifier.types import Pair, Party, Share, Verdict

NOT_SAID = "not said"
REPLACED = "The verifier was replaced since this answer. Search again to have the clause read by the one in use."


@dataclass(frozen=True, slots=True)
class Row:
    name: str  # "Bearer"
    asked: str
    found: str
    same: str  # "same", "differs", or "" where there is nothing to compare


@dataclass(frozen=True, slots=True)
class SwapCheck:
    """The question with its two parties exchanged, verified against the same clause."""

    query: str
    label: str  # verdict of the exchanged question
    probability: float
    stable: bool
    expected: str  # what the verdict should have done, in words


@dataclass(frozen=True, slots=True)
class Why:
    rows: tuple[Row, ...]
    found_statement: bool  # False: the clause's words do not say who does what in a form that could be read
    evidence: tuple[str, ...]
    swap: SwapCheck | None
    doubt: str  # where the words found again speak against the verdict; "" where they do not
    record: Share | None  # of held-out verdicts about as sure as this
    no_swap: str  # why there is no swap check; "" when there is one


def explain_hit(hit: Hit) -> Why:
    """Reads the exchanged question with the verifier. Raises VerifierUnavailable."""
    assert hit.contract is not None  # hits to open have theirs
    parties = contract_parties(hit.contract)
    query = verified_query(hit.search)
    verdict = as_verdict({"label": hit.label, "probabilities": hit.probabilities, "evidence": hit.evidence})
    found = found_statement(query, hit.text, parties, verdict, _obligations(hit, parties), hit.left_out)
    read_by = hit.search.verifier_sha256  # "" where words were found and nothing was verified
    replaced = bool(read_by) and read_by != load_verifier().sha256
    mutual = found is not None and found.mutual
    swap, no_swap = (None, REPLACED) if replaced else check_swap(query, hit, parties, mutual=mutual)
    asked = asked_statement(query, parties)
    return Why(
        rows=compare_statements(asked, found),
        found_statement=found is not None,
        evidence=tuple(quoted(hit.text, hit.left_out, span.start, span.end) for span in verdict.evidence),
        swap=swap,
        doubt=_doubt(hit.label, asked, found),
        record=None if replaced or hit.label not in hit.probabilities else track_record(hit.probabilities[hit.label]),
        no_swap=no_swap,
    )


def verified_query(search: Search) -> str:
    """What the clauses were read against: the question, or the statement that its words make; "" if they make none."""
    if search.recall_path == RecallPath.WORDS:
        return statement_in(parse_words(search.query)) or ""
    return search.query


def _doubt(label: str, asked: Statement | None, found: Statement | None) -> str:
    if asked is None or found is None or label not in ("supported", "party_swapped"):
        return ""
    same = _same("Bearer", asked.bearer, found.bearer)
    if label == "supported" and same == "differs":
        return f"The verdict is “Supported”, but the words put it on {found.bearer}, and you asked for {asked.bearer}."
    if label == "party_swapped" and same == "same" and asked.counterparty == found.counterparty:
        return f"The verdict is “Other party”, but the words put it on {found.bearer}, as you asked."
    return ""


def _obligations(hit: Hit, parties: Sequence[Party]) -> Sequence[ObligationSpan]:
    kept = statements_of(hit)
    return find_obligations(hit.text, party_spans(parties)) if kept is None else kept


def found_statement(
    query: str,
    reading: str,
    parties: Sequence[Party],
    verdict: Verdict,
    obligations: Sequence[ObligationSpan],
    left_out: Sequence[int] | None = (),
) -> Statement | None:
    decisive = decisive_statement(obligations, name_parties(query, parties, query=True), verdict)
    if decisive is None:
        return None
    action = quoted(reading, left_out, decisive.action_start, decisive.action_end)
    return statement_of(reading, replace(decisive, action=action))


def compare_statements(asked: Statement | None, found: Statement | None) -> tuple[Row, ...]:
    rows = (
        ("Bearer", _bearer(asked), _bearer(found)),
        ("Duty", _duty(asked), _duty(found)),
        ("Action", asked.action if asked else "", found.action if found else ""),
        ("Counterparty", asked.counterparty if asked else "", found.counterparty if found else ""),
        ("Condition", _joined(asked.conditions if asked else ()), _joined(found.conditions if found else ())),
        ("Value", _joined(asked.values if asked else ()), _joined(found.values if found else ())),
    )
    return tuple(Row(name, a or NOT_SAID, b or NOT_SAID, _same(name, a, b)) for name, a, b in rows)


def _bearer(statement: Statement | None) -> str:
    return statement.bearer if statement else ""


def _duty(statement: Statement | None) -> str:
    return DUTIES[statement.modality].lower() if statement else ""


def _joined(found: Sequence[str]) -> str:
    return "; ".join(found)


def _same(name: str, asked: str, found: str) -> str:
    if not asked or not found:
        # A condition that only the clause has is a difference; a bearer that could not be read is not.
        return "differs" if found and name == "Condition" else ""
    if name == "Action":
        return "shares words" if stems(asked) & stems(found) else "other words"
    if name == "Bearer" and "each party" in (asked.lower(), found.lower()):
        return "same" if asked.lower() == found.lower() else "includes"
    return "same" if " ".join(asked.lower().split()) == " ".join(found.lower().split()) else "differs"


def check_swap(query: str, hit: Hit, parties: Sequence[Party], *, mutual: bool) -> tuple[SwapCheck | None, str]:
    """The check, or why there is none."""
    if hit.label not in EXPECTED:
        if hit.label in (FOUND, NOT_VERIFIED):
            return None, "There is no verdict to check."
        return None, "This verdict says nothing about who owes whom, so exchanging the parties tests nothing."
    swapped = exchanged(query, parties)
    if not swapped:
        return None, "The question does not name exactly two parties of this contract, so they cannot be exchanged."
    [verdict] = verify_pairs([Pair(swapped, hit.text, tuple(parties))])
    if verdict is None:
        return None, "The verifier could not read the exchanged question in time. Open this again to retry."
    allowed, expected = MUTUAL if mutual else EXPECTED[hit.label]
    return (
        SwapCheck(swapped, verdict.label, verdict.probabilities[verdict.label], verdict.label in allowed, expected),
        "",
    )
