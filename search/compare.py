"""Two wordings side by side: which words changed, and whether the meaning did, and for whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from contracts.text.obligations import find_obligations
from search.explain import explain_verdict
from search.labels import LABELS, NOT_VERIFIED
from search.notices import Notice, notices_on_verdict
from search.statements import name_parties, party_spans
from search.verification import sure_support, verify_pairs
from verifier.roles import same_role
from verifier.types import Pair, Party

Change = Literal["same", "deleted", "added"]
TOKEN = re.compile(r"\w+(?:['’]\w+)?\s*|[^\w\s]\s*")


@dataclass(frozen=True, slots=True)
class Wording:
    name: str  # a citation, or "Your wording"
    text: str
    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class DiffSegment:
    text: str
    change: Change


@dataclass(frozen=True, slots=True)
class Direction:
    """Whether ``by`` says what ``of`` says."""

    of: str
    by: str
    icon: str
    label: str
    label_text: str
    probability: float | None
    reason: str
    bearer: str
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    words: tuple[DiffSegment, ...]
    same_words: bool
    directions: tuple[Direction, Direction]
    meaning: str  # one sentence
    doubt: str  # where the words found again speak against the verdicts; "" where they do not
    concerns: tuple[str, ...]  # the parties for whom it changes, as far as the words name them


def compare_wordings(first: Wording, second: Wording) -> Comparison:
    """Both directions are read by the verifier. Raises VerifierUnavailable."""
    there, back = _read(first, second), _read(second, first)
    words = tuple(diff_words(first.text, second.text))
    changed = [one for one in (there, back) if one.label not in ("supported", NOT_VERIFIED)]
    concerns = dict.fromkeys(one.bearer for one in (*changed, *((there, back) if changed else ())) if one.bearer)
    return Comparison(
        words=words,
        same_words=all(segment.change == "same" for segment in words),
        directions=(there, back),
        meaning=_meaning(there.label, back.label),
        doubt=_doubt(there, back, same_parties=first.parties == second.parties),
        concerns=tuple(concerns),
    )


def diff_words(first: str, second: str) -> Iterator[DiffSegment]:
    """Without the added segments it is ``first``, without the deleted ones ``second``; white space follows its word."""
    before, after = TOKEN.findall(first), TOKEN.findall(second)
    # White space is no difference, and autojunk would take "the" of a long clause for noise.
    words = [[token.strip() for token in tokens] for tokens in (before, after)]
    matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            yield DiffSegment("".join(after[j1:j2]), "same")
            continue
        if i2 > i1:
            yield DiffSegment("".join(before[i1:i2]), "deleted")
        if j2 > j1:
            yield DiffSegment("".join(after[j1:j2]), "added")


def _read(asked: Wording, against: Wording) -> Direction:
    # Each contract has its own names for the parties; their terms are what the two have in common.
    query = name_parties(asked.text, asked.parties, query=False)
    [verdict] = verify_pairs([Pair(query, against.text, against.parties)])
    found = find_obligations(against.text, party_spans(against.parties))
    explanation = explain_verdict(query, against.text, against.parties, found, verdict)
    label = verdict.label if verdict else NOT_VERIFIED
    return Direction(
        of=asked.name,
        by=against.name,
        icon=LABELS[label].icon,
        label=label,
        label_text=LABELS[label].text,
        probability=verdict.probabilities[label] if verdict else None,
        reason=explanation.reason,
        bearer=explanation.roles.get("bearer", ""),
        notices=notices_on_verdict(query, against.text, against.parties, verdict) if verdict else (),
    )


def _doubt(there: Direction, back: Direction, *, same_parties: bool) -> str:
    """A lawyer must not be told that nothing changed while the duty stands on another party."""
    if there.label != "supported" or back.label != "supported":
        return ""
    if there.bearer and back.bearer:
        # What one contract calls its Provider may be the Supplier of another; in one contract they are two.
        of_one_side = not same_parties and same_role(there.bearer.casefold(), back.bearer.casefold())
        if there.bearer != back.bearer and not of_one_side:
            return f"But the words put the duty on {back.bearer} in the first and on {there.bearer} in the second."
    sure = sure_support()
    if sure and min(there.probability or 0.0, back.probability or 0.0) < sure.at_least:
        return "But one of the two verdicts is a close call, which is often wrong."
    return ""


def _meaning(there: str, back: str) -> str:
    if NOT_VERIFIED in (there, back):
        return "At least one direction could not be read (the wording is too long, or time ran out); compare the words."
    if there == back == "supported":
        return "No change of meaning found in who must do what: each says what the other says."
    if there == "supported":
        return "The second says all that the first says; the first does not say all that the second says."
    if back == "supported":
        return "The first says all that the second says; the second does not say all that the first says."
    if there == back == "unrelated":
        return "They settle different questions."
    return "The meaning changes in both directions."
