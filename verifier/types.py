"""The values that go into and come out of the verifier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

LABELS = ("unrelated", "party_swapped", "negated", "modality", "value", "qualified", "supported")
"""In the order that decides when two could apply: the first wins."""


class VerifierUnavailable(RuntimeError):
    """The model cannot be loaded; the message says what is missing and what to do."""


class PairError(ValueError):
    """A pair that cannot be read: its number in the list, and what to change."""

    def __init__(self, number: int, message: str) -> None:
        super().__init__(message)
        self.number = number


@dataclass(frozen=True, slots=True)
class Party:
    name: str
    term: str = ""
    aliases: tuple[str, ...] = ()
    known: bool = True  # False: only a role word of a clause, which the contract gives to nobody


@dataclass(frozen=True, slots=True)
class Pair:
    """A query against one clause (with its lead-in), read with the contract's parties in their order."""

    query: str
    clause: str
    parties: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of ``Pair.clause`` that decided, as character offsets, and how sure the marker is of them."""

    start: int
    end: int
    weight: float  # mean probability, 0 to 1, that these words decided


@dataclass(frozen=True, slots=True)
class Verdict:
    label: str
    probabilities: dict[str, float]  # one per label, sums to 1
    evidence: tuple[Evidence, ...]
    windows: int = 1  # in which a long clause was read; the one that says most to the query decided


@dataclass(frozen=True, slots=True)
class Share:
    """``right`` of ``shown`` verdicts were right: the share's 95 % interval is low to high."""

    at_least: float  # the probability from which these verdicts are taken
    shown: int
    right: int
    low: float
    high: float


class Stored(Protocol):
    """Where what was read of clauses is kept: codes, 160 bytes a word piece, each under a SHA-256."""

    def find(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """Of those keys that are there."""
        ...

    def keep(self, codes: Mapping[str, bytes], wanted_by: Mapping[str, int]) -> None:
        """``wanted_by``: the number of the first pair, or clause, that each key was read for."""
        ...
