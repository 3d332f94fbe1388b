"""Does a verdict follow when the question's two parties are exchanged? Where not, who owes whom may be misread."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.models import Passage
from search.labels import FOUND, LABELS, NOT_VERIFIED
from search.models import Hit
from search.verification import parties_of, verify_pairs
from verifier.counterfactual import exchanged
from verifier.types import Pair

MARKED = frozenset({"supported", "party_swapped"})  # what a search checks of itself: who owes whom decides these two

_RELATED = frozenset(LABELS) - {"unrelated", "party_swapped", NOT_VERIFIED, FOUND}
_AWAY = (frozenset({"party_swapped"}), "The verdict should turn to “Other party”.")
# Verdict as given -> verdicts of the exchanged question that follow from it. "Other party" decides before all others.
EXPECTED: dict[str, tuple[frozenset[str], str]] = {
    "supported": _AWAY,
    "negated": _AWAY,
    "modality": _AWAY,
    "value": _AWAY,
    "qualified": _AWAY,
    "party_swapped": (_RELATED, "The verdict should no longer be “Other party”."),
}
MUTUAL = (_RELATED, "The clause binds each party, so the verdict should not turn to “Other party”.")


def mark_stability(query: str, passages: Sequence[Passage], hits: Sequence[Hit]) -> None:
    """Sets ``stable`` of hits not yet stored, each with its passage; None stays where there was nothing to check."""
    asked = {}
    for passage, hit in zip(passages, hits, strict=True):
        parties = parties_of(passage)
        swapped = exchanged(query, parties) if hit.label in MARKED else ""
        if swapped:
            asked[hit.rank] = Pair(swapped, hit.text, parties)
    verdicts = dict(zip(asked, verify_pairs(list(asked.values())), strict=True))
    for hit in hits:
        if verdict := verdicts.get(hit.rank):
            allowed, _ = MUTUAL if hit.roles.get("mutual") else EXPECTED[hit.label]
            hit.stable = verdict.label in allowed
