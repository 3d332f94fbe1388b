"""What a lawyer does with one clause of a stored answer: ask why, look around it, decide, disagree."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from contracts.audit.record import record
from search.labels import LABELS
from search.models import Hit, Review, Search
from search.open_hits import hits_to_open
from search.present import present_hit
from search.read_state import read_way_back
from search.readings import record_reading
from search.reviewing import LONGEST_NOTE, decide, decisions_on, disagree, verdicts_of
from search.surroundings import surroundings_of
from search.way_back import back_to_answer
from search.why import explain_hit
from verifier.types import VerifierUnavailable


@require_GET
@login_required
def why(request: HttpRequest, search_id: UUID, rank: int) -> HttpResponse:
    hit = own_hit(request, search_id, rank)
    record_reading(request, "search", search_id)
    context = {
        "hit": present_hit(hit),
        "search": hit.search,
        "labels": verdicts_of(hit),
        "review": decisions_on(cast(User, request.user), hit.search.query, [hit]).get(rank),
        "decisions": Review.Decision.choices,
        **ways_of(request, hit),
        "in_place": "HX-Request" in request.headers,
    }
    try:
        context["why"] = explain_hit(hit)
    except VerifierUnavailable as error:
        context["unavailable"] = error
    template = "search/_why.html" if context["in_place"] else "search/why.html"
    return render(request, template, context, status=503 if "unavailable" in context else 200)


@require_GET
@login_required
def preview(request: HttpRequest, search_id: UUID, rank: int) -> HttpResponse:
    """The clauses around a hit, beside it in the answer or as a page of its own."""
    hit = own_hit(request, search_id, rank)
    record_reading(request, "search", search_id)
    around = surroundings_of(hit)
    if around:
        record(request, "opened", "clause", hit.clause_id, hit.matter_id)
    context = {
        "hit": present_hit(hit),
        "search": hit.search,
        "contract": hit.contract,
        "around": around,
        **ways_of(request, hit),
        "in_place": "HX-Request" in request.headers,
    }
    return render(request, "search/_preview.html" if context["in_place"] else "search/preview.html", context)


@require_POST
@login_required
def decide_hit(request: HttpRequest, search_id: UUID, rank: int) -> HttpResponse:
    hit = own_hit(request, search_id, rank)
    decision = request.POST.get("decision", "")
    if decision and decision not in Review.Decision.values:
        return HttpResponse(f"“{decision}” is no decision. Choose: {', '.join(Review.Decision.values)}.", status=422)
    user = cast(User, request.user)
    note = request.POST.get("note")
    decide(user, hit, decision, None if note is None else note.strip()[:LONGEST_NOTE])
    back = back_to(request, hit)
    if "HX-Request" not in request.headers:
        return redirect(f"{back}#clause-{rank}")
    review = decisions_on(user, hit.search.query, [hit]).get(rank)
    context = {"view": hit.search, "rank": rank, "review": review, "here": back, "decisions": Review.Decision.choices}
    return render(request, "search/_decision.html", context)


@require_POST
@login_required
def disagree_hit(request: HttpRequest, search_id: UUID, rank: int) -> HttpResponse:
    hit = own_hit(request, search_id, rank)
    should_be = request.POST.get("should_be", "")
    if should_be not in verdicts_of(hit):
        messages.error(request, "Nothing was kept: choose what the verdict should have been.")
    else:
        disagree(cast(User, request.user), hit, should_be, request.POST.get("reason", "").strip()[:LONGEST_NOTE])
        messages.success(request, f"Kept: it should be “{LABELS[should_be].text}”. The verdict itself stays as it was.")
    return redirect(reverse("hit-why", args=[search_id, rank]) + read_way_back(hit.search, request.GET).kept)


def ways_of(request: HttpRequest, hit: Hit) -> dict[str, Any]:
    """How the answer was shown where the clause was opened, and the way back there."""
    state = read_way_back(hit.search, request.GET)
    return {"state": state, "back": back_to_answer(hit.search, state, hit.contract_id, hit.rank)}


def own_hit(request: HttpRequest, search_id: UUID, rank: int) -> Hit:
    """Another user's search, and a clause walled off or deleted since, answer 404 like what does not exist."""
    search = get_object_or_404(Search, pk=search_id, user=cast(User, request.user))
    return get_object_or_404(hits_to_open(search).select_related("search"), rank=rank)


def back_to(request: HttpRequest, hit: Hit) -> str:
    """Where the decision was made, if that is a page of this site."""
    address = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return address
    return reverse("search-result", args=[hit.search_id])
