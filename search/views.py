"""The lawyer's search page. One view answers with the page, or with the fragment when htmx asks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from contracts.models import Contract, Party
from search.answer_pages import PAGE, on_pages
from search.asked import SUGGESTED, Asked, asks_who, read_asked
from search.builder import MODALS, build_sentence, names_everyone
from search.encode import EncoderUnavailable
from search.facets import chips, read_scope, scope_facets
from search.fragments import wants_fragment
from search.history.entries import latest_questions
from search.models import OpenSearch, Review, SavedSearch, Search
from search.modes import DEFAULT_MODE, MODES, WORDS_MODE
from search.page_state import ALL_VERSIONS, NOT, Choice, PageState
from search.query import LONGEST_TYPED, QueryError, check_typed, read_query
from search.read_state import read_state, read_stored_state
from search.readings import record_reading
from search.recall_path import RecallPath
from search.result_page import lay_out_search
from search.reuse import find_answer
from search.samples import example_queries
from search.scope_form import scope_address
from search.search import search_clauses
from search.streaming.layout import lay_out_open
from search.streaming.open import go_on, open_search, open_words
from search.verification import verifier_is_loaded
from search.way_back import CLAUSE, to_check
from search.words.search import makes_statement, search_words
from verifier.types import VerifierUnavailable

BUILT = ("who", "must", "what", "whom", "when")
SEARCH_BUILT = "search"  # the button that Enter presses
RECENT = 5
WHOLE = "whole"  # in the address: the answer at once, however long it takes
OPENING = "verifying"  # the id of what asks, in _opening.html
TYPED = ("heading", "not-heading", "from", "until", "ends-from", "ends-until")


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return to_login(request)
    try:
        state = read_state(request.GET)
    except QueryError as error:
        # Nothing is searched with a filter that was not understood.
        state = PageState(request.GET.get("q", "").strip())
        return answer(request, state, {"problem": error}, status=422)
    if not state.query:
        begin = {"examples": example_queries(request.user), "recent": latest_questions(request.user, RECENT)}
        return answer(request, state, begin)
    state, asked = as_statement(state, request.user)
    try:
        check_typed(request.GET.get("q", ""))
        if wants_fragment(request):
            return stream(request, state, asked)
        if opens_before_answer(request, state):
            return answer(request, state, {"asked_at": request.get_full_path(), "asked": asked})
        found = find(state, request.user, again="again" in request.GET)
    except QueryError as error:
        return answer(request, state, {"problem": error, "examples": example_queries(request.user)}, status=422)
    except (VerifierUnavailable, EncoderUnavailable) as error:
        return answer(request, state, {"unavailable": error}, status=503)
    if "again" in request.GET:
        return redirect(state.url())
    response = answer(request, state, {"page": lay_out_search(found, request.user, state, ""), "asked": asked})
    response.headers["HX-Push-Url"] = state.url()  # without the empty fields of the form
    return response


def find(state: PageState, user: User, *, again: bool) -> Search:
    """The answer to the page's question. A way to search that finds in its own way branches here, by ``state.mode``."""
    words = state.mode == WORDS_MODE
    stored = None if again else find_answer(state.query, user, state.filters, state.limit, words=words)
    return stored or (search_words if words else search_clauses)(state.query, user, state.filters, state.limit)


def opens_before_answer(request: HttpRequest, state: PageState) -> bool:
    """Whether the page comes first and then asks for what is not answered yet, instead of being blank until it is.

    Only for browsers: what reads the page by program gets the answer with it. Raises as ``find`` does.
    """
    if WHOLE in request.GET or "text/html" not in request.headers.get("Accept", ""):
        return False
    read_query(state.query)
    words = state.mode == WORDS_MODE
    if words and not makes_statement(state.query):
        return False
    if "again" in request.GET or not verifier_is_loaded():
        return True
    return find_answer(state.query, cast(User, request.user), state.filters, state.limit, words=words) is None


def as_statement(state: PageState, user: User) -> tuple[PageState, Asked]:
    """Words are searched as they are written; of anything else, what clauses can say."""
    if state.mode == WORDS_MODE:
        return state, Asked(state.query, state.query)
    asked = read_asked(state.query, usual_roles(user) if asks_who(state.query) else ())
    return replace(state, query=asked.statement), asked


def stream(request: HttpRequest, state: PageState, asked: Asked) -> HttpResponse:
    """What is recalled, at once; the verdicts follow. Raises as ``find`` does."""
    user = cast(User, request.user)
    words = state.mode == WORDS_MODE
    again = "again" in request.GET
    stored = None if again else find_answer(state.query, user, state.filters, state.limit, words=words)
    if stored is None and (not words or makes_statement(state.query)):
        opened = (open_words if words else open_search)(state.query, user, state.filters, state.limit)
        shown: dict[str, Any] = {"opened": lay_out_open(opened, state, user)}
    else:
        found = stored or find(state, user, again=again)
        shown = {"page": lay_out_search(found, user, state, "")}
    response = answer(request, state, shown | {"asked": asked})
    # What a page asks for as it is opened is no step of its own on the way back.
    opening = request.headers.get("HX-Trigger") == OPENING
    # Until it is read anew, to load the page again must not lead to the answer that was there before.
    address = _with_again(state) if again and "opened" in shown else state.url()
    response.headers["HX-Replace-Url" if opening else "HX-Push-Url"] = address
    return response


@require_GET
@login_required
def verifying(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """The next verdicts of a search that is open; with the last of them, its answer. As a page of its own: the answer,
    however long it takes."""
    user = cast(User, request.user)
    try:
        state = read_state(request.GET)
        found = go_on(search_id, user)
        while isinstance(found, OpenSearch) and not wants_fragment(request):
            found = go_on(search_id, user)
        found = found or find(state, user, again=False)
    except QueryError as error:
        response = answer(request, PageState(), {"problem": error}, status=422)
    except (VerifierUnavailable, EncoderUnavailable) as error:
        response = answer(request, state, {"unavailable": error}, status=503)
    else:
        if isinstance(found, OpenSearch):
            return render(
                request, "search/_verifying.html", {"opened": lay_out_open(found, state, user), "state": state}
            )
        if not wants_fragment(request):
            return redirect(state.url())
        response = answer(request, state, {"page": lay_out_search(found, user, state, "")})
        response.headers["HX-Replace-Url"] = state.url()  # it may have asked to search again
    return reswap(retarget(response, "#results"), "innerHTML")


@require_GET
@login_required
def stored_search(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """The way back from a contract: the answer as it was given, without verifying again."""
    user = cast(User, request.user)
    found = get_object_or_404(Search, pk=search_id, user=user)
    asked = request.GET.copy()
    for name in (PAGE, CLAUSE):
        asked.pop(name, None)
    try:
        state = read_stored_state(found, asked)
    except QueryError as error:
        return answer(request, PageState(found.query), {"problem": error}, status=422)
    context: dict[str, Any] = {"stored": found}
    if found.recall_path == RecallPath.EVERY:
        # Its scope may be thousands of contracts. It narrows nothing of what is stored, nor the next question.
        state = replace(state, choices=state.facets)
        whole = lay_out_search(found, user, state, request.path)
        page, pages = on_pages(whole, request.GET, request.path, state.kept_fields())
        context |= {"page": page, "pages": pages, "here": pages.here, "check": to_check(found)}
    else:
        context["page"] = lay_out_search(found, user, state, request.path)
    response = answer(request, state, context)
    response.headers["HX-Push-Url"] = state.url(request.path)
    return response


@require_GET
@login_required
def build(request: HttpRequest) -> HttpResponse:
    """Who owes whom, written as one line that can still be changed; searched only where that is asked for."""
    parts = {name: request.GET.get(name, "") for name in BUILT}
    sentence = build_sentence(**parts)
    unnamed = parts["whom"] if sentence and not names_everyone(sentence, parts["whom"]) else ""
    if wants_fragment(request):
        if not sentence:
            return HttpResponse(status=204)  # until there is one, what was typed stays
        line = {"query": sentence, "longest": LONGEST_TYPED, "unnamed": unnamed}
        return render(request, "search/_built.html", line)
    page = request.GET.copy()
    for name in (*BUILT, SEARCH_BUILT):
        page.pop(name, None)
    try:
        state = replace(read_state(page), query=sentence or page.get("q", "").strip())
    except QueryError as error:
        return answer(request, PageState(sentence), {"problem": error, "built": request.GET}, status=422)
    if sentence and SEARCH_BUILT in request.GET:
        # A sentence is no query for words.
        return redirect(replace(state, mode=DEFAULT_MODE if state.mode == WORDS_MODE else state.mode).url())
    return answer(request, state, {"built": request.GET, "unnamed": unnamed, "examples": ()})


def answer(request: HttpRequest, state: PageState, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """``context`` holds what there is of: page (the results), stored, problem, unavailable, examples, built, and
    asked_at (the address of a question whose answer the opened page asks for)."""
    user = cast(User, request.user)
    visible = Contract.objects.visible_to(user)
    read = visible.read()
    path = request.path if "stored" in context else ""
    of_check = bool(path) and context["stored"].recall_path == RecallPath.EVERY
    scope = read_scope(user, state)
    if "page" in context:
        record_reading(request, "search", context["page"].view.id)
    context = {
        "query": state.query,
        "longest": LONGEST_TYPED,
        "state": state,
        "modes": MODES,
        "modals": MODALS,
        "chips": chips(state, scope, path),
        "scope": scope,
        "scope_facets": () if of_check else scope_facets(scope, state),
        "contract_count": state.filters.narrow(read).count(),
        "visible_count": read.count(),
        "unread_count": visible.filter(read_at=None).count(),
        "here": state.url(path),
        "hideable": MODES[state.mode].hideable,
        "sorts": state.sorts(path),
        "show_flagged_url": state.flagged_toggled().url(path),
        # A stored answer is shown whole again; without its scope it would be another question.
        "clear_all_url": state.whole().url(path) if path else state.cleared().url(),
        "clearable": len(state.facets if path else state.choices),
        "clear_scope_url": state.cleared().url(),
        "all_versions_url": state.toggled(Choice("versions", ALL_VERSIONS)).url(),
        "again_url": _with_again(state),
        "absence_address": scope_address(state),
        "typed": {name.replace("-", "_"): state.typed(name.removeprefix(NOT), excluded=NOT in name) for name in TYPED},
        "roles": roles_of(user),
        "decisions": Review.Decision.choices,
        "mail_choices": SavedSearch.Alerts.choices if settings.ALERTS_BY_MAIL and user.email else (),
        **context,
    }
    template = "search/_results.html" if wants_fragment(request) else "search/page.html"
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _with_again(state: PageState) -> str:
    return f"{state.url()}&again=1"


def roles_of(user: User) -> list[str]:
    """What parties are called in the contracts the user may see."""
    parties = Party.objects.filter(contract__in=Contract.objects.visible_to(user)).exclude(term="")
    return list(parties.order_by("term").values_list("term", flat=True).distinct()[:200])


def usual_roles(user: User) -> list[str]:
    """What most parties are called in the contracts the user may see."""
    parties = Party.objects.filter(contract__in=Contract.objects.visible_to(user)).exclude(term="")
    return list(parties.values_list("term", flat=True).annotate(n=Count("pk")).order_by("-n", "term")[:SUGGESTED])


def to_login(request: HttpRequest) -> HttpResponse:
    login = redirect_to_login(request.get_full_path())
    # A plain redirect would put the login page into the results.
    return HttpResponseClientRedirect(login.url) if wants_fragment(request) else login
