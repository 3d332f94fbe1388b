"""The page of what one asked: find it again, open the stored answer, ask it again, delete it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_GET, require_POST

from search.history.entries import asked_by, entries_of
from search.history.forgetting import forget_before, forget_search, lists_with

ENTRIES_A_PAGE = 25
SHOWN_QUESTION = 80  # characters, in a message
AGES = {"30": "older than 30 days", "365": "older than a year", "0": "all of them"}


@require_GET
@login_required
def history(request: HttpRequest) -> HttpResponse:
    """``words``: only questions that have them."""
    user = cast(User, request.user)
    words = request.GET.get("words", "").replace("\0", " ").strip()
    asked = asked_by(user)
    for word in words.split():
        asked = asked.filter(query__icontains=word)
    page = Paginator(asked, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "words": words,
        "page": page,
        "entries": entries_of(list(page), user),
        "ages": AGES.items(),
        "any": bool(page.paginator.count) or asked_by(user).exists(),
    }
    return render(request, "search/history/list.html", context)


@require_POST
@login_required
def delete_one(request: HttpRequest, search_id: UUID) -> HttpResponse:
    search = get_object_or_404(asked_by(cast(User, request.user)), pk=search_id)
    asked = Truncator(search.query).chars(SHOWN_QUESTION)
    if forget_search(request, search):
        messages.success(request, f"The answer to “{asked}” is deleted.")
    else:
        named = ", ".join(f"“{name}”" for name in lists_with(search))
        told = f"The answer to “{asked}” stays: clauses of it are in {named}. Take them out there first."
        messages.error(request, told)
    return redirect("history")


@require_POST
@login_required
def delete_older(request: HttpRequest) -> HttpResponse:
    age = request.POST.get("age", "")
    if age not in AGES:
        messages.error(request, "Nothing was deleted: choose how old the answers are to be.")
        return redirect("history")
    before = timezone.now() - timedelta(days=int(age))
    deleted, stay = forget_before(request, cast(User, request.user), before)
    told = f"{deleted} stored answer{' is' if deleted == 1 else 's are'} deleted."
    if stay:
        told += f" {stay} {'stays' if stay == 1 else 'stay'}: lists hold clauses of {'it' if stay == 1 else 'them'}."
    messages.success(request, told)
    return redirect("history")
