"""The pages of lists: put selected clauses in one, open it, order it, note, take it along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contracts.amendments import Amended
from contracts.ids import is_id, read_ids
from search.amended_hits import amended, amendments_on
from search.export.lists import list_file
from search.lists.listing import move, name_list, new_list, note_on, put_in, visible_clauses
from search.models import ClauseList, ListedClause, Review, Search
from search.present import HitView, present_hit
from search.query import QueryError
from search.readings import record_reading
from search.reviewing import decisions_of


@dataclass(frozen=True, slots=True)
class Entry:
    clause: ListedClause
    hit: HitView
    review: Review | None  # what the user decided on it, for the question that found it
    amended: tuple[Amended, ...]


@require_POST
@login_required
def collect(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """The selected hits of an answer go into a list, chosen or new."""
    user = cast(User, request.user)
    search = get_object_or_404(Search, pk=search_id, user=user)
    ranks = read_ids(request.POST.getlist("hit"))
    hits = list(search.visible_hits().filter(rank__in=ranks))
    chosen, name = request.POST.get("list", ""), request.POST.get("name", "").strip()
    try:
        if not hits:
            raise QueryError("No clause is selected.", "Tick the clauses first, then press “Put in the list”.")
        if not is_id(chosen) and not name:
            raise QueryError("No list is chosen.", "Choose one, or name a new one.")
        one = new_list(user, name) if name else get_object_or_404(ClauseList, pk=chosen, user=user)
    except QueryError as error:
        return render(request, "search/lists/refused.html", {"problem": error, "search": search}, status=422)
    added = put_in(one, hits, request.POST.get("note", ""))
    there = len(hits) - added
    already = f" {there} {'was' if there == 1 else 'were'} there already." if there else ""
    messages.success(request, f"{added} clause{'' if added == 1 else 's'} put in “{one}”.{already}")
    return redirect("list", one.pk)


@require_http_methods(["GET", "POST"])
@login_required
def lists(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    context = {"lists": user.clause_lists.annotate(count=Count("clauses"))}
    if request.method == "GET":
        return render(request, "search/lists/all.html", context)
    try:
        made = new_list(user, request.POST.get("name", ""))
    except QueryError as error:
        return render(request, "search/lists/all.html", context | {"problem": error}, status=422)
    return redirect("list", made.pk)


@require_GET
@login_required
def clause_list(request: HttpRequest, pk: int) -> HttpResponse:
    one = own_list(request, pk)
    record_reading(request, "list", one.pk)
    return render(
        request, "search/lists/page.html", {"list": one, "entries": entries_of(one, cast(User, request.user))}
    )


def entries_of(one: ClauseList, user: User) -> list[Entry]:
    clauses = list(visible_clauses(one, user))
    reviews = decisions_of(user, [clause.hit for clause in clauses])
    amendments = amendments_on((clause.hit for clause in clauses), user)
    entries = []
    for clause in clauses:
        hit = present_hit(clause.hit)
        entries.append(Entry(clause, hit, reviews.get(clause.hit_id), amended(hit, amendments)))
    return entries


@require_POST
@login_required
def rename_list(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        name_list(own_list(request, pk), request.POST.get("name", ""))
    except QueryError as error:
        messages.error(request, str(error))
    return redirect("list", pk)


@require_POST
@login_required
def delete_list(request: HttpRequest, pk: int) -> HttpResponse:
    one = own_list(request, pk)
    one.delete()
    messages.success(request, f"“{one}” is deleted; its clauses stay in their contracts.")
    return redirect("lists")


@require_POST
@login_required
def change_entry(request: HttpRequest, pk: int, clause_id: int) -> HttpResponse:
    """One of: up, down, remove, note."""
    user = cast(User, request.user)
    clause = get_object_or_404(visible_clauses(own_list(request, pk), user), pk=clause_id)
    action = request.POST.get("action", "")
    if action == "up":
        move(clause, user, "up")
    elif action == "down":
        move(clause, user, "down")
    elif action == "remove":
        clause.delete()
        messages.success(request, "The clause is taken out of the list.")
    elif action == "note":
        note_on(clause, request.POST.get("note", ""))
    else:
        return HttpResponse(f"“{action}” is no action. Choose up, down, remove or note.", status=422)
    return redirect(f"{reverse('list', args=[pk])}#entry-{clause_id}")


@require_GET
@login_required
def export_list(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    return list_file(request, own_list(request, pk), extension)


def own_list(request: HttpRequest, pk: int) -> ClauseList:
    return get_object_or_404(ClauseList, pk=pk, user=request.user.pk)
