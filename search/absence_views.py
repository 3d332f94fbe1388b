"""The page of verified absence: ask, watch the reading, see what was found or what comes nearest."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from contracts.models import Contract
from search.absence import AT_ONCE, continue_absence_check, start_absence_check
from search.asked import read_asked
from search.encode import EncoderUnavailable
from search.models import AbsenceCheck, Review
from search.page_state import PageState
from search.result_page import lay_out_search
from search.scope_form import ScopeForm
from search.search import QueryError
from verifier.types import VerifierUnavailable

RECENT = 10


class AbsenceForm(ScopeForm):
    q = forms.CharField(label="No clause says that", max_length=1000)


@require_http_methods(["GET", "POST"])
@login_required
def absence(request: HttpRequest) -> HttpResponse:
    form = AbsenceForm(request.user, request.POST or None)
    recent = AbsenceCheck.objects.filter(user=request.user.pk, position=None)[:RECENT]
    context: dict[str, Any] = {"form": form, "recent": recent, "at_once": AT_ONCE}
    if request.method == "GET":
        return render(request, "search/absence.html", context)
    if not form.is_valid():
        return render(request, "search/absence.html", context, status=422)
    try:
        check = start_absence_check(read_asked(form.cleaned_data["q"]).statement, request.user, form.filters())  # type: ignore[arg-type]
    except QueryError as error:
        return render(request, "search/absence.html", context | {"problem": error}, status=422)
    except (VerifierUnavailable, EncoderUnavailable) as error:
        return render(request, "search/absence.html", context | {"unavailable": error}, status=503)
    return redirect("absence-check", check.pk)


@require_http_methods(["GET", "POST"])
@login_required
def absence_check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    """One's own check; POST lets one that stopped go on."""
    check = get_object_or_404(AbsenceCheck.objects.select_related("search"), pk=check_id, user=request.user)
    if request.method == "POST":
        continue_absence_check(check)
        return redirect("absence-check", check.pk)
    visible = Contract.objects.visible_to(request.user).defer("text")
    context: dict[str, Any] = {
        "check": check,
        "running": check.state in (AbsenceCheck.State.WAITING, AbsenceCheck.State.READING),
        "read": check.passages_read,
        "scope": visible.filter(pk__in=check.contracts).order_by("title", "pk"),
        "contract_count": len(check.contracts),
        "query": check.statement,
        "here": request.path,
        "decisions": Review.Decision.choices,
    }
    if check.search:
        state = PageState(check.statement)
        context["state"] = state
        context["page"] = lay_out_search(check.search, cast(User, request.user), state, request.path)
    # While it is read the page asks for its progress again.
    template = "search/_absence.html" if "HX-Request" in request.headers else "search/absence_check.html"
    return render(request, template, context)
