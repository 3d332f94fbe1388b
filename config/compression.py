"""Pages and their style sheet travel compressed. What is compressed already, and the API, is left as it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

COMPRESSED = ("text/html", "text/css", "text/javascript", "image/svg+xml")


class PageCompression(GZipMiddleware):
    """A page that repeats the question beside confidential words would tell of them by its length (BREACH).

    Django hides the length behind up to 100 random bytes, and masks its token anew in each page.
    """

    def process_request(self, request: HttpRequest) -> None:
        """What was compressed bears a weak tag, which WhiteNoise would not know again: browsers kept nothing."""
        tag = request.META.get("HTTP_IF_NONE_MATCH", "")
        if tag.startswith("W/"):
            request.META["HTTP_IF_NONE_MATCH"] = tag.removeprefix("W/")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.method == "HEAD" or not response.headers.get("Content-Type", "").startswith(COMPRESSED):
            return response
        return super().process_response(request, response)
