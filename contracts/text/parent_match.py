"""Which of some agreements is the one that a document names as its own. Title, date and parties must all fit."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from contracts.text.calendar_day import read_date
from contracts.text.legal_forms import plain_name, without_suffix
from contracts.text.parent_agreements import title_words

# Words that say nothing of which agreement it is.
_ANY = frozenset(("agreement", "contract", "lease", "deed", "letter", "amended", "restated"))
_CHANGES = re.compile(r"\b(?:amendment|addendum|supplement|modification|waiver)\b", re.I)


@dataclass(frozen=True, slots=True)
class Candidate:
    pk: int
    title: str
    dates: Sequence[str]  # of the agreement, and from which it takes effect, as written
    parties: Sequence[str]


def best_parent(title: str, date: str, parties: Sequence[str], candidates: Iterable[Candidate]) -> int | None:
    """None where none fits, and where two fit alike: which one it is, is then for a person to say."""
    fitting = {one.pk: _points(title, one.title) for one in candidates if _fits(title, date, parties, one)}
    best = [pk for pk, points in fitting.items() if points == max(fitting.values())]
    return best[0] if len(best) == 1 else None


def _fits(title: str, date: str, parties: Sequence[str], candidate: Candidate) -> bool:
    if not _share_parties(parties, candidate.parties) or _CHANGES.search(candidate.title):
        return False
    if not date:
        return title_words(title) == title_words(candidate.title)
    days = {day for written in candidate.dates if (day := read_date(written))}
    return read_date(date) in days and _points(title, candidate.title) > 0


def _points(title: str, other: str) -> int:
    """2 for titles alike, 1 where one says no more than the other or than "Agreement"; 0 for those of two documents."""
    words, others = title_words(title), title_words(other)
    if words == others:
        return 2
    telling, others_telling = words - _ANY, others - _ANY
    return int(telling <= others or others_telling <= words)


def _share_parties(parties: Sequence[str], others: Sequence[str]) -> bool:
    """Two of them, or the only one that either names."""
    known, others_known = _cores(parties), _cores(others)
    return len(known & others_known) >= max(1, min(2, len(known), len(others_known)))


def _cores(names: Collection[str]) -> set[str]:
    return {plain_name(without_suffix(name)) for name in names}
