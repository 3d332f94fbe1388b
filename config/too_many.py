"""The page in the place of a sign-in that comes too early after failed ones. (The API answers it by itself.)"""

from __future__ import annotations

import math
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from contracts.rest.sign_in import TooManyFailures


class TooManyFailuresPage:
    """Middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, TooManyFailures):
            return None
        context = {"minutes": math.ceil(exception.wait / 60), "again_url": request.get_full_path()}
        page = render(request, "429.html", context, status=429)
        page.headers["Retry-After"] = str(exception.wait)
        return page
