"""Whether a request wants a part of a page, which a script of it will put in its place."""

from __future__ import annotations

from django.http import HttpRequest


def wants_fragment(request: HttpRequest) -> bool:
    # On "back" htmx asks with the same header, and needs the whole page.
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
