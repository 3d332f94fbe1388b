"""How each verdict is named, marked and grouped for a reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from verifier.types import Verdict

GroupKey = Literal["supported", "flagged", "related", "not_verified", "found"]

NOT_VERIFIED = "not_verified"
"""A state of the system, never a verdict: the verifier had no time, or failed, on this passage."""
FOUND = "found"
"""No verdict either: the words stand here, and what they say was not asked."""


@dataclass(frozen=True, slots=True)
class Label:
    icon: str
    text: str
    group: GroupKey


LABELS: dict[str, Label] = {
    "supported": Label("✓", "Supported", "supported"),
    "party_swapped": Label("⇄", "Other party", "flagged"),
    "negated": Label("⊘", "Negated", "flagged"),
    "modality": Label("◇", "Permitted, not required", "flagged"),
    "value": Label("#", "Different value", "flagged"),
    "qualified": Label("§", "Exception or condition", "flagged"),
    "unrelated": Label("≈", "Related only", "related"),
    NOT_VERIFIED: Label("…", "Not verified", "not_verified"),
    FOUND: Label("¶", "Plain word hit", "found"),
}


def label_of(verdict: Verdict | None) -> str:
    return verdict.label if verdict else NOT_VERIFIED


@dataclass(frozen=True, slots=True)
class Group:
    key: GroupKey
    title: str
    note: str


GROUPS: tuple[Group, ...] = (
    Group("supported", "Supported", "These clauses say what you asked for."),
    Group(
        "flagged",
        "Near misses and contradictions",
        "Same subject, different effect: other party, negated, only permitted, other value, or under an exception.",
    ),
    Group("related", "Related only", "These clauses share the subject or its words, but do not settle the question."),
    Group(
        "not_verified",
        "Not verified",
        "The verifier could not read these in time. Read them yourself, or search again.",
    ),
    Group("found", "Plain word hits", "These clauses have your words. What they say was not verified."),
)
GROUP_ORDER: dict[str, int] = {group.key: order for order, group in enumerate(GROUPS)}
