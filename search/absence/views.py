"""The page of verified absence: ask, watch the reading, see what was found or what comes nearest."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from contracts.audit.record import record
from contracts.models import Contract
from search import verification
from search.absence.check import (
    AT_ONCE,
    VerifierReplaced,
    cancel_absence_check,
    continue_absence_check,
    delete_absence_check,
    start_absence_check,
)
from search.absence.coverage import coverage_of, finding, not_covered
from search.absence.missed import missed_by
from search.absence.models import RUNNING
from search.absence.so_far import so_far
from search.answer_pages import on_pages
from search.asked import read_asked
from search.encode import EncoderUnavailable
from search.fragments import wants_fragment
from search.labels import NOT_VERIFIED, OF_WHOM
from search.models import AbsenceCheck, Hit, Review
from search.page_state import PageState
from search.query import QueryError
from search.result_page import lay_out_search
from search.scope_form import SHOW, ScopeForm, read_initial
from search.templatetags.cards import is_close_call
from verifier.types import VerifierUnavailable

RECENT = 10


class AbsenceForm(ScopeForm):
    q = forms.CharField(label="No clause says that", max_length=1000)


@require_http_methods(["GET", "POST"])
@login_required
def absence(request: HttpRequest) -> HttpResponse:
    shows = request.method == "GET" or SHOW in request.POST
    initial = read_initial(request.POST or request.GET)
    if request.method == "GET":
        initial["q"] = read_asked(initial.get("q", "")).statement
    form = AbsenceForm(request.user, None if shows else request.POST, initial if shows else None)
    recent = AbsenceCheck.objects.filter(user=request.user.pk, position=None)[:RECENT]
    context: dict[str, Any] = {"form": form, "recent": recent, "at_once": AT_ONCE}
    if shows:
        return render(request, "search/absence.html", context | {"shown": SHOW in request.POST})
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
    """One's own check; POST lets one go on that stopped, or could not read every passage.

    While it is read the page asks for its progress.
    """
    check = own_check(request, check_id)
    if request.method == "POST":
        try:
            continue_absence_check(check)
        except VerifierReplaced as error:
            messages.error(request, str(error))
        return redirect("absence-check", check.pk)
    polled = wants_fragment(request)
    running = check.state in RUNNING
    context: dict[str, Any] = {"check": check, "running": running, "read": check.passages_read, "polled": polled}
    if polled and running:
        return render(request, "search/_absence_progress.html", context)
    if check.answer:
        context |= _answer(request, check)
    elif context["read"]:
        context["so_far"] = so_far(check, cast(User, request.user))
    if polled:
        ended = render(request, "search/_absence.html", context)
        return reswap(retarget(ended, "#absence"), "outerHTML")
    visible = Contract.objects.visible_to(request.user).defer("text")
    context["scope"] = visible.filter(pk__in=check.contracts).order_by("title", "pk")
    return render(request, "search/absence_check.html", context)


def _answer(request: HttpRequest, check: AbsenceCheck) -> dict[str, Any]:
    user = cast(User, request.user)
    assert check.search is not None
    state = PageState(check.statement)
    page, pages = on_pages(lay_out_search(check.search, user, state, request.path), request.GET, request.path)
    coverage = coverage_of(check, user)
    return {
        "state": state,
        "page": page,
        "pages": pages,
        "coverage": coverage,
        "unread": page.view.recalled - page.view.verified,
        **_by_contract(check, user),
        "close_calls": sum(
            is_close_call(hit) for group in page.view.groups for hit in group.hits if group.key == "supported"
        ),
        "finding": finding(page.view.says_it, page.view.not_verified, coverage),
        "not_covered": not_covered(check.unread),
        "missed": missed_by({check.verifier_sha256}),
        "query": check.statement,
        "here": pages.here,
        "decisions": Review.Decision.choices,
    }


def _by_contract(check: AbsenceCheck, user: User) -> dict[str, list[Contract]]:
    """Contracts that were read: where no clause says it and none stayed unread, and where only doubtful ones do."""
    says: set[int] = set()
    doubtful: set[int] = set()
    # Also clauses that are closed to the user by now, so that their contract is not called silent.
    found = Hit.objects.filter(search=check.search_id, label__in=("supported", NOT_VERIFIED))
    for hit in found.only("contract", "label", "probabilities", "notices"):
        close = verification.is_close_call(hit.label, hit.probabilities.get(hit.label, 0.0))
        unsure = hit.label == "supported" and (close or hit.shown == OF_WHOM)
        (doubtful if unsure else says).add(hit.contract_id or 0)  # 0: deleted since
    read = Contract.objects.visible_to(user).filter(pk__in=check.parts.values("contract"))
    contracts = list(read.exclude(pk__in=says).defer("text").order_by("title", "pk"))
    return {
        "silent": [contract for contract in contracts if contract.pk not in doubtful],
        "doubtful": [contract for contract in contracts if contract.pk in doubtful],
    }


@require_POST
@login_required
def stop_check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    if cancel_absence_check(own_check(request, check_id)):
        record(request, "cancelled", "absence_check", check_id)
    return redirect("absence-check", check_id)


@require_POST
@login_required
def delete_check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    check = own_check(request, check_id)
    delete_absence_check(check, request)
    messages.success(request, f"The check of “{check}” is deleted.")
    return redirect("absence")


def own_check(request: HttpRequest, check_id: UUID) -> AbsenceCheck:
    checks = AbsenceCheck.objects.select_related("search", "search__user")
    return get_object_or_404(checks, pk=check_id, user=request.user.pk)
