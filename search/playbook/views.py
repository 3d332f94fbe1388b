"""The pages of playbooks: write one, hold it against contracts, watch the reading, open what was found."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from contracts.audit.record import record
from contracts.models import Contract
from search.absence.check import VerifierReplaced
from search.absence.coverage import not_covered
from search.absence.so_far import shown_hits
from search.encode import EncoderUnavailable
from search.export.playbook import playbook_check_file
from search.fragments import wants_fragment
from search.models import Playbook, PlaybookCheck, Review
from search.page_state import PageState
from search.playbook.cells import STANDINGS, grid_of
from search.playbook.check import (
    cancel_playbook_check,
    continue_playbook_check,
    delete_playbook_check,
    progress_of,
    start_playbook_check,
)
from search.playbook.files import read_playbook, write_csv, write_json
from search.playbook.forms import NewPlaybookForm, position_forms, positions_in
from search.playbook.positions import new_playbook, save_playbook
from search.query import QueryError
from search.result_page import lay_out_search
from search.scope_form import SHOW, ScopeForm, read_initial
from verifier.types import VerifierUnavailable

RECENT = 10
FILES = {"csv": (write_csv, "text/csv; charset=utf-8"), "json": (write_json, "application/json")}


@require_http_methods(["GET", "POST"])
@login_required
def playbooks(request: HttpRequest) -> HttpResponse:
    """All of one's own; POST makes one, empty or from a file."""
    user = cast(User, request.user)
    posted = request.method == "POST"
    form = NewPlaybookForm(request.POST, request.FILES) if posted else NewPlaybookForm()
    context: dict[str, Any] = {
        "form": form,
        "playbooks": user.playbooks.annotate(position_count=Count("positions")),
        "checks": PlaybookCheck.objects.filter(user=user)[:RECENT],
        "source": urlencode({"those_of": source}) if (source := request.GET.get("those_of", "")) else "",
    }
    if not posted:
        return render(request, "search/playbook/list.html", context)
    if not form.is_valid():
        return render(request, "search/playbook/list.html", context, status=422)
    try:
        made = _from_form(user, form)
    except QueryError as error:
        return render(request, "search/playbook/list.html", context | {"problem": error}, status=422)
    return redirect("playbook", made.pk)


def _from_form(user: User, form: NewPlaybookForm) -> Playbook:
    file, name = form.cleaned_data["file"], form.cleaned_data["name"]
    if file is None:
        return new_playbook(user, name, [])
    file_name = file.name or "unnamed"
    own_name, positions = read_playbook(file_name, file.read())
    return new_playbook(user, name or own_name or file_name.rpartition(".")[0], positions)


@require_http_methods(["GET", "POST"])
@login_required
def playbook(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_playbook(request, pk)
    posted = request.method == "POST"
    lines = position_forms(found, request.POST if posted else None)
    if posted and lines.is_valid():
        found.name = request.POST.get("name", "")
        try:
            save_playbook(found, positions_in(lines))
        except QueryError as error:
            return _edit(request, found, lines, problem=error, status=422)
        messages.success(request, "Saved. Checks that were made before keep the statements they were made with.")
        return redirect("playbook", pk)
    return _edit(request, found, lines, status=422 if posted else 200)


def _edit(request: HttpRequest, found: Playbook, lines: Any, status: int = 200, **context: Any) -> HttpResponse:
    context = {
        "scope_form": ScopeForm(request.user, None, read_initial(request.GET)),
        "checks": PlaybookCheck.objects.filter(user=request.user.pk, playbook=found)[:RECENT],
        **context,
        "playbook": found,
        "lines": lines,
    }
    return render(request, "search/playbook/edit.html", context, status=status)


@require_POST
@login_required
def delete_playbook(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_playbook(request, pk)
    found.delete()
    messages.success(request, f"“{found}” is deleted. What was checked with it stays.")
    return redirect("playbooks")


@require_GET
@login_required
def playbook_file(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    found = own_playbook(request, pk)
    write, content_type = FILES[extension]
    return HttpResponse(
        write(found),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="playbook-{found.pk}.{extension}"'},
    )


@require_POST
@login_required
def start_check(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_playbook(request, pk)
    lines = position_forms(found)
    if SHOW in request.POST:
        shown = ScopeForm(request.user, None, read_initial(request.POST))
        return _edit(request, found, lines, scope_form=shown, shown=True)
    form = ScopeForm(request.user, request.POST)
    if not form.is_valid():
        return _edit(request, found, lines, scope_form=form, status=422)
    try:
        check = start_playbook_check(found, cast(User, request.user), form.filters())
    except QueryError as error:
        return _edit(request, found, lines, scope_form=form, problem=error, status=422)
    except (VerifierUnavailable, EncoderUnavailable) as error:
        return _edit(request, found, lines, scope_form=form, unavailable=error, status=503)
    return redirect("playbook-check", check.pk)


@require_http_methods(["GET", "POST"])
@login_required
def playbook_check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    """One's own check; POST lets one go on that stopped, or could not read every passage."""
    check = own_check(request, check_id)
    if request.method == "POST":
        try:
            continue_playbook_check(check)
        except VerifierReplaced as error:
            messages.error(request, str(error))
        return redirect("playbook-check", check.pk)
    progress = progress_of(check)
    polled = wants_fragment(request)
    # While it is read the page asks for its progress; the grid comes along when a position more is read, or at the end.
    news = not progress.running or request.GET.get("read") != str(progress.positions_read)
    context: dict[str, Any] = {"check": check, "progress": progress, "polled": polled, "news": news}
    if news or not polled:
        first = check.positions.select_related("reading").first()
        context |= {
            "grid": grid_of(check, cast(User, request.user)),
            "not_covered": not_covered(first.reading.unread if first else 0),
            "standings": [standing for key, standing in STANDINGS.items() if key != "reading"],
        }
    if not polled:
        return render(request, "search/playbook/check.html", context)
    if progress.running:
        return render(request, "search/playbook/_numbers.html", context)
    ended = render(request, "search/playbook/_progress.html", context)
    return reswap(retarget(ended, "#playbook-progress"), "outerHTML")


@require_POST
@login_required
def stop_check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    if cancel_playbook_check(own_check(request, check_id)):
        record(request, "cancelled", "playbook_check", check_id)
    return redirect("playbook-check", check_id)


@require_POST
@login_required
def delete_check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    check = own_check(request, check_id)
    delete_playbook_check(check, request)
    messages.success(request, f"The check with “{check}” is deleted.")
    return redirect("playbooks")


@require_GET
@login_required
def playbook_cell(request: HttpRequest, check_id: UUID, place: int, contract_id: int) -> HttpResponse:
    """The clauses that a cell rests on."""
    user = cast(User, request.user)
    check = own_check(request, check_id)
    position = get_object_or_404(check.positions.select_related("reading__search"), place=place)
    visible = Contract.objects.visible_to(user).filter(pk__in=position.reading.contracts)
    contract = get_object_or_404(visible.defer("text"), pk=contract_id)
    [row] = grid_of(check, user, contract.pk).rows
    [cell] = [cell for cell in row.cells if cell.place == place]
    part = position.reading.parts.filter(contract=contract).first()
    search = position.reading.answer
    context: dict[str, Any] = {
        "check": check,
        "position": position,
        "contract": contract,
        "cell": cell,
        "part": part,
        "unread": part.passages - part.verified if part and search else 0,
        "query": position.reading.statement,
        "here": request.path,
        "decisions": Review.Decision.choices,
        "row": row,
    }
    if search:
        state = PageState(search.query)
        context["state"] = state
        context["page"] = lay_out_search(search, user, state, request.path, contract=contract.pk)
    elif part:
        context["hits"] = shown_hits(position.reading.statement, part.kept)
    return render(request, "search/playbook/cell.html", context)


@require_GET
@login_required
def export_check(request: HttpRequest, check_id: UUID, extension: str) -> HttpResponse:
    return playbook_check_file(request, own_check(request, check_id), extension)


def own_playbook(request: HttpRequest, pk: int) -> Playbook:
    return get_object_or_404(Playbook, pk=pk, user=request.user.pk)


def own_check(request: HttpRequest, check_id: UUID) -> PlaybookCheck:
    return get_object_or_404(PlaybookCheck, pk=check_id, user=request.user.pk)
