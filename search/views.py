"""The lawyer's search page. One view answers with the page, or with the fragment when htmx asks."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRedirect

from contracts.models import Contract
from search.encode import EncoderUnavailable
from search.models import Search
from search.present import SearchView, present_search
from search.search import QueryError, search_clauses
from search.words.search import search_words
from verifier.types import VerifierUnavailable

EXAMPLES_SHOWN = 8


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return to_login(request)
    query = request.GET.get("q", "").strip()
    mode = request.GET.get("mode", "")
    asked = {"query": query, "mode": mode}
    if not query:
        return answer(request, {"mode": mode, "examples": example_queries()})
    try:
        found = search_words(query, request.user) if mode == "words" else search_clauses(query, request.user)
    except QueryError as error:
        return answer(request, asked | {"problem": error, "examples": example_queries()}, status=422)
    except (VerifierUnavailable, EncoderUnavailable) as error:
        return answer(request, asked | {"unavailable": error}, status=503)
    return answer(request, shown(request, present_search(found)))


@require_GET
@login_required
def stored_search(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """The way back from a contract: the answer as it was given, without verifying again."""
    found = get_object_or_404(Search, pk=search_id, user=request.user)
    return answer(request, shown(request, present_search(found)))


def shown(request: HttpRequest, view: SearchView) -> dict[str, Any]:
    visible = Contract.objects.visible_to(request.user)
    return {
        "query": view.query,
        "mode": "words" if view.recall_path == "words" else "",
        "view": view,
        "contracts": visible.defer("text").in_bulk([hit.contract_id for group in view.groups for hit in group.hits]),
        "contract_count": visible.filter(state=Contract.State.READY).count(),
    }


def answer(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    template = "search/_results.html" if wants_fragment(request) else "search/page.html"
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def wants_fragment(request: HttpRequest) -> bool:
    # On "back" htmx asks with the same header, and needs the whole page.
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def to_login(request: HttpRequest) -> HttpResponse:
    login = redirect_to_login(request.get_full_path())
    # A plain redirect would put the login page into the results.
    return HttpResponseClientRedirect(login.url) if wants_fragment(request) else login


@lru_cache(maxsize=1)
def example_queries() -> tuple[str, ...]:
    """Some of the demo questions, each wording once; none where the demo files are not installed."""
    path = settings.BASE_DIR / "fixtures" / "demo_questions.json"
    if not path.exists():
        return ()
    queries = dict.fromkeys(question["query"] for question in json.loads(path.read_text("utf-8")))
    return tuple(queries)[:EXAMPLES_SHOWN]
