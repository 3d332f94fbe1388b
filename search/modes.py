"""The ways to search: which section of the answer comes first, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass

from search.labels import GROUPS, LABELS

DEFAULT_MODE = "support"
WORDS_MODE = "words"


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: str
    note: str
    labels: tuple[str, ...]
    by: tuple[str, ...] = ()  # labels whose summed probability orders the section; empty keeps the stored rank


@dataclass(frozen=True, slots=True)
class Mode:
    name: str
    help: str
    sections: tuple[Section, ...]
    hideable: tuple[str, ...] = ()  # keys of the sections that the user's setting hides


CONTRARY = ("negated", "party_swapped")
_BY_GROUP = {
    group.key: Section(
        group.key,
        group.title,
        group.note,
        tuple(label for label, described in LABELS.items() if described.group == group.key),
    )
    for group in GROUPS
}

_VERIFIED = tuple(section for key, section in _BY_GROUP.items() if key != "found")

MODES: dict[str, Mode] = {
    "support": Mode("Find support", "Clauses that say it come first.", _VERIFIED, ("flagged",)),
    "opposite": Mode(
        "Find the opposite",
        "Clauses that deny it, or bind the other party, come first.",
        (
            Section(
                "contrary",
                "The opposite, or the other party",
                "These clauses deny what you asked for, or put it on the other side.",
                CONTRARY,
                CONTRARY,
            ),
            Section(
                "flagged",
                "Other near misses",
                "Same subject, different effect: only permitted, other value, or under an exception.",
                tuple(label for label in _BY_GROUP["flagged"].labels if label not in CONTRARY),
            ),
            *(section for section in _VERIFIED if section.key != "flagged"),
        ),
    ),
    WORDS_MODE: Mode(
        "Words",
        "Clauses that have these words, as they are written; verified when the words state who must do what.",
        (_BY_GROUP["found"], *_VERIFIED),
        ("flagged",),
    ),
}
