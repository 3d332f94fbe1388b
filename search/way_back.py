"""From a clause back to where its answer is read: of a check its own page, which says what was covered."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from search.models import AbsenceCheck, Search
from search.page_state import PageState
from search.recall_path import RecallPath

CLAUSE = "clause"  # in the address of an answer on several pages: the rank of the clause that the page is to show


@dataclass(frozen=True, slots=True)
class Way:
    url: str
    text: str


def to_check(search: Search) -> Way | None:
    """None where the answer is of no check, or of one that was deleted."""
    check = _check_of(search)
    if check is None:
        return None
    if position := getattr(check, "position", None):
        return Way(reverse("playbook-check", args=[position.check_of_id]), "playbook check")
    return Way(reverse("absence-check", args=[check.pk]), "absence check")


def back_to_answer(search: Search, state: PageState, contract: int | None, rank: int | None = None) -> Way:
    """To the check itself, unless its answer was opened by itself and narrowed; ``rank``: to this clause of it."""
    place = f"#clause-{rank}" if rank else ""
    found = [(CLAUSE, str(rank))] if rank and search.recall_path == RecallPath.EVERY else []
    check = None if state.kept else _check_of(search)
    if check is None or check.state != AbsenceCheck.State.DONE:  # its page shows the answer when it is done
        return Way(
            _address("search-result", [search.pk], [*state.kept_fields(), *found]) + place, "Back to the results"
        )
    position = getattr(check, "position", None)
    if position and contract:
        cell = reverse("playbook-cell", args=[position.check_of_id, position.place, contract])
        return Way(cell + place, "Back to the cell")
    if position:
        return Way(reverse("playbook-check", args=[position.check_of_id]), "Back to the check")
    return Way(_address("absence-check", [check.pk], found) + place, "Back to the check")


def _check_of(search: Search) -> AbsenceCheck | None:
    if search.recall_path != RecallPath.EVERY:
        return None
    return AbsenceCheck.objects.filter(search=search).select_related("position").first()


def _address(name: str, arguments: list[object], fields: list[tuple[str, str]]) -> str:
    return reverse(name, args=arguments) + (f"?{urlencode(fields)}" if fields else "")
