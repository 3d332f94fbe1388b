"""How many of the clauses that do say it the verifier misses, as measured on held-out contracts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from search.verification import load_card
from verifier.types import VerifierUnavailable

NOT_MEASURED = "How many clauses that do say it this verifier misses was not measured."
REPLACED = "How many clauses that do say it are missed is not at hand: the verifier that read this was replaced since."
AWAY = "How many clauses that do say it are missed cannot be told while the verifier's files cannot be read."


@dataclass(frozen=True, slots=True)
class Measure:
    """The share's 95 % interval is low to high."""

    clauses: int  # held-out ones that say it
    missed: int  # of those, not called supported
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.missed / self.clauses

    def in_words(self) -> str:
        share, low, high = (f"{100 * part:.0f} %" for part in (self.share, self.low, self.high))
        return (
            f"Measured on {self.clauses} pairs of a statement and a clause that does say it, of held-out contracts: "
            f"the verifier did not call {self.missed} of them supported, so it missed {share} (95 % interval {low} to "
            f"{high}). A clause that it missed may stand among the near misses."
        )


@dataclass(frozen=True, slots=True)
class Missed:
    said: str  # in a sentence or two; where there is no measure, why
    measure: Measure | None = None

    def __str__(self) -> str:
        return self.said


def missed_by(verifiers: Collection[str]) -> Missed:
    """``verifiers``: sha256 of the weights that read."""
    try:
        card = load_card()
        replaced = {*verifiers} != {card.sha256}
    except VerifierUnavailable:
        return Missed(AWAY)
    if replaced:
        return Missed(REPLACED)
    kept = card.supported_kept
    if kept is None or not kept.shown:
        return Missed(NOT_MEASURED)
    measure = Measure(kept.shown, kept.shown - kept.right, round(1 - kept.high, 3), round(1 - kept.low, 3))
    return Missed(measure.in_words(), measure)
