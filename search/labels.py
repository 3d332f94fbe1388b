"""How each verdict is named, marked and grouped for a reader."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from django.db.models import Q

from verifier.types import Verdict

GroupKey = Literal["supported", "check_party", "flagged", "related", "not_verified", "found"]

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
OF_WHOM = Label("?", "Says it, check of whom", "check_party")
"""In the place of "Supported" where a notice of DOUBTS stands beside it."""
DOUBTS = ("unknown_party", "one_sided")
"""Notices that say that the clause need not bind whom the question asked of (search/notices.py)."""
SAYS_IT: tuple[GroupKey, ...] = ("supported", OF_WHOM.group)


def label_of(verdict: Verdict | None) -> str:
    return verdict.label if verdict else NOT_VERIFIED


def shown_label(label: str, notices: Collection[str]) -> Label:
    """How a hit is named, marked and grouped; ``notices``: the codes of those beside its verdict."""
    return OF_WHOM if label == "supported" and any(code in DOUBTS for code in notices) else LABELS[label]


def of_group(key: str) -> Q:
    """The stored hits of a group: what ``shown_label`` says, for a query."""
    doubted = Q()
    for code in DOUBTS:
        doubted |= Q(notices__contains=[{"code": code}])
    if key == OF_WHOM.group:
        return Q(label="supported") & doubted
    labels = Q(label__in=[label for label, shown in LABELS.items() if shown.group == key])
    return labels & ~doubted if key == "supported" else labels


@dataclass(frozen=True, slots=True)
class Group:
    key: GroupKey
    title: str
    note: str


GROUPS: tuple[Group, ...] = (
    Group("supported", "Supported", "These clauses say what you asked for."),
    Group(
        "check_party",
        "Check who is meant",
        "These clauses say it, but perhaps of others: whom you named is not known there, or only one party is bound.",
    ),
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
