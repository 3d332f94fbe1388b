"""A contract as an answer leads into it: every hit of the question marked, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from contracts.marked_text import LIGHT, TextMark
from contracts.views import contract_context
from search.labels import OF_WHOM
from search.models import Hit, Search
from search.read_state import read_way_back
from search.way_back import back_to_answer


@require_GET
@login_required
def document(request: HttpRequest, search_id: UUID, contract_id: int) -> HttpResponse:
    search = get_object_or_404(Search, pk=search_id, user=cast(User, request.user))
    hits = list(search.visible_hits().filter(contract=contract_id).order_by("start", "rank"))
    marks = hit_marks(hits)
    state = read_way_back(search, request.GET)
    back = back_to_answer(search, state, contract_id)
    context = contract_context(request, contract_id, marks) | {
        "query": search.query,
        "back_url": back.url,
        "back_text": back.text,
        "search_id": search.pk,
        "steps": [mark for mark in marks if mark.key != LIGHT],
        "lost": sum(hit.clause_id is None for hit in hits),
    }
    return render(request, "contracts/page.html", context)


def hit_marks(hits: Sequence[Hit]) -> list[TextMark]:
    """In the order of the text. A hit whose contract was read anew since has lost its place and is left out."""
    marks = [_mark(hit) for hit in hits if hit.clause_id is not None]
    steps = [mark.clause_id for mark in marks if mark.key != LIGHT]
    neighbours = iter(zip([None, *steps], [*steps[1:], None], strict=False))
    return list(_joined(marks, neighbours))


def _joined(marks: Iterable[TextMark], neighbours: Iterable[tuple[int | None, int | None]]) -> Iterable[TextMark]:
    ahead = iter(neighbours)
    for mark in marks:
        if mark.key == LIGHT:
            yield mark
        else:
            previous, following = next(ahead)
            yield replace(mark, previous=previous, next=following)


def _mark(hit: Hit) -> TextMark:
    label = hit.shown
    key = LIGHT if label.group == "related" else OF_WHOM.group if label == OF_WHOM else hit.label
    return TextMark(hit.start, hit.end, cast(int, hit.clause_id), key, label.icon, label.text, hit.number)
