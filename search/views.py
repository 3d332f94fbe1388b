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
from search.asked import SUGGESTED, Asked, asks_who, read_asked
from search.builder import MODALS, build_sentence
from search.encode import EncoderUnavailable
from search.facets import chips, read_scope, scope_facets
from search.history.entries import latest_questions
from search.models import OpenSearch, Review, SavedSearch, Search
from search.modes import MODES, WORDS_MODE
from search.page_state import ALL_VERSIONS, NOT, Choice, PageState, read_state, read_stored_state
from search.readings import record_reading
from search.result_page import lay_out_search
from search.reuse import find_answer
from search.samples import example_queries
from search.scope_form import scope_address
from search.search import LONGEST_TYPED, QueryError, check_typed, search_clauses
from search.streaming.layout import lay_out_open
from search.streaming.open import go_on, open_search, open_words
from search.words.search import makes_statement, search_words
from verifier.types import VerifierUnavailable

BUILT = ("who", "must", "what", "whom", "when")
RECENT = 5
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
        if wants_fragment(request) and "again" not in request.GET:
            return stream(request, state, asked)
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
    stored = find_answer(state.query, user, state.filters, state.limit, words=words)
    if stored is None and (not words or makes_statement(state.query)):
        opened = (open_words if words else open_search)(state.query, user, state.filters, state.limit)
        response = answer(request, state, {"opened": lay_out_open(opened, state, user), "asked": asked})
    else:
        found = stored or find(state, user, again=False)
        response = answer(request, state, {"page": lay_out_search(found, user, state, ""), "asked": asked})
    response.headers["HX-Push-Url"] = state.url()
    return response


@require_GET
@login_required
def verifying(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """The next verdicts of a search that is open; with the last of them, its answer."""
    user = cast(User, request.user)
    try:
        state = read_state(request.GET)
        found = go_on(search_id, user) or find(state, user, again=False)
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
    return reswap(retarget(response, "#results"), "innerHTML")


@require_GET
@login_required
def stored_search(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """The way back from a contract: the answer as it was given, without verifying again."""
    user = cast(User, request.user)
    found = get_object_or_404(Search, pk=search_id, user=user)
    try:
        state = read_stored_state(found, request.GET)
    except QueryError as error:
        return answer(request, PageState(found.query), {"problem": error}, status=422)
    response = answer(request, state, {"page": lay_out_search(found, user, state, request.path), "stored": found})
    response.headers["HX-Push-Url"] = state.url(request.path)
    return response


@require_GET
@login_required
def build(request: HttpRequest) -> HttpResponse:
    """Who owes whom, written as one line that can still be changed; nothing is searched yet."""
    sentence = build_sentence(**{name: request.GET.get(name, "") for name in BUILT})
    if wants_fragment(request):
        if not sentence:
            return HttpResponse(status=204)  # until there is one, what was typed stays
        return render(request, "search/_question.html", {"query": sentence, "longest": LONGEST_TYPED})
    page = request.GET.copy()
    for name in BUILT:
        page.pop(name, None)
    try:
        state = read_state(page)
    except QueryError as error:
        return answer(request, PageState(sentence), {"problem": error, "built": request.GET}, status=422)
    return answer(request, replace(state, query=sentence or state.query), {"built": request.GET, "examples": ()})


def answer(request: HttpRequest, state: PageState, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """``context`` holds what there is of: page (the results), stored, problem, unavailable, examples, built."""
    user = cast(User, request.user)
    scope = read_scope(user, state)
    visible = Contract.objects.visible_to(user)
    read = visible.read()
    path = request.path if "stored" in context else ""
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
        "scope_facets": scope_facets(scope, state),
        "contract_count": state.filters.narrow(read).count(),
        "visible_count": read.count(),
        "unread_count": visible.filter(read_at=None).count(),
        "here": state.url(path),
        "hideable": MODES[state.mode].hideable,
        "sorts": state.sorts(path),
        "show_flagged_url": state.flagged_toggled().url(path),
        "clear_all_url": state.cleared().url(),
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


def wants_fragment(request: HttpRequest) -> bool:
    # On "back" htmx asks with the same header, and needs the whole page.
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def to_login(request: HttpRequest) -> HttpResponse:
    login = redirect_to_login(request.get_full_path())
    # A plain redirect would put the login page into the results.
    return HttpResponseClientRedirect(login.url) if wants_fragment(request) else login
