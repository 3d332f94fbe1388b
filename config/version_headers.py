"""What answers a program: the version of the API, of the application, and of the weights that give its verdicts."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from search.verification import load_card, load_verifier, verifier_is_loaded
from verifier.types import VerifierUnavailable

API_VERSION = "1"


def version_headers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.path.startswith("/api/"):
            response.headers["X-Api-Version"] = API_VERSION
            response.headers["X-App-Version"] = settings.APP_VERSION
            weights = _weights()
            if weights:
                response.headers["X-Verifier-Version"] = weights
        return response

    return middleware


def _weights() -> str:
    """The first digits of the sha256 that answers have: of the weights loaded, if any. "" where none can be read."""
    try:
        weights = load_verifier() if verifier_is_loaded() else load_card()
        return weights.sha256[:12]
    except VerifierUnavailable:
        return ""
