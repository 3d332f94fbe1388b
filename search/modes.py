"""The ways to search: which section of the answer comes first, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from search.labels import GROUPS, LABELS, GroupKey, of_group
from search.present import HitView

DEFAULT_MODE = "support"
WORDS_MODE = "words"


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: str
    note: str
    group: GroupKey
    labels: tuple[str, ...] = tuple(LABELS)  # of the group's hits, those that stand here
    by: tuple[str, ...] = ()  # labels whose summed probability orders the section; empty keeps the stored rank

    def holds(self, hit: HitView) -> bool:
        return hit.group == self.group and hit.label in self.labels

    @property
    def stored(self) -> Q:
        """What ``holds``, for a query."""
        return of_group(self.group) & Q(label__in=self.labels)


@dataclass(frozen=True, slots=True)
class Mode:
    name: str
    help: str
    sections: tuple[Section, ...]
    hideable: tuple[str, ...] = ()  # keys of the sections that the user's setting hides


CONTRARY = ("negated", "party_swapped")
_BY_GROUP = {group.key: Section(group.key, group.title, group.note, group.key) for group in GROUPS}

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
                "flagged",
                CONTRARY,
                CONTRARY,
            ),
            Section(
                "flagged",
                "Other near misses",
                "Same subject, different effect: only permitted, other value, or under an exception.",
                "flagged",
                tuple(label for label in LABELS if label not in CONTRARY),
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
