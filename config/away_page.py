"""The page that says that the database is away. It asks the database nothing, not even who is there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

NOTHING_SWAPPED = {"HX-Reswap": "none"}  # what stands there stays; static/results.js says what happened


def database_away_page(request: HttpRequest) -> HttpResponse:
    asked_for_fragment = "HX-Request" in request.headers
    was_sent = request.method not in ("GET", "HEAD")
    again_url = "" if was_sent else request.get_full_path()
    # Without the request: context processors would look up the user.
    page = "" if asked_for_fragment else render_to_string("503.html", {"again_url": again_url})
    return HttpResponse(page, status=503, headers=NOTHING_SWAPPED if asked_for_fragment else None)
