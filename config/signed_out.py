"""Who was signed out meanwhile signs in and comes back to the page that they were on, whatever part of it asked."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from search.fragments import wants_fragment

NOTHING_DONE = "You were signed out meanwhile, so what you pressed last was not done. Sign in, then press it again."


def signed_out(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware; stands after MessageMiddleware. Acts on the redirects that ``login_required`` answers with."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        login = resolve_url(settings.LOGIN_URL)
        asks_to_sign_in = response.headers.get("Location", "").startswith(f"{login}?{REDIRECT_FIELD_NAME}=")
        if response.status_code != 302 or not asks_to_sign_in:
            return response
        was_sent = request.method not in ("GET", "HEAD")
        fragment = wants_fragment(request)
        if not (was_sent or fragment):
            return response  # a page: its own address is the way back
        if was_sent:
            messages.warning(request, NOTHING_DONE)
        page = _own_page(request, request.headers.get("HX-Current-URL" if fragment else "Referer", ""))
        address = f"{login}?{urlencode({REDIRECT_FIELD_NAME: page}, safe='/')}" if page else login
        # htmx would follow a plain redirect and put the sign-in page into a card.
        return HttpResponseClientRedirect(address) if fragment else HttpResponseRedirect(address)

    return middleware


def _own_page(request: HttpRequest, address: str) -> str:
    """Path and query of a page of this site; "" for any other."""
    if not url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return ""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
