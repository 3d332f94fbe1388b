"""How often each scope may be used, by each token or signed-in user: settings.API_RATES."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from contracts.rest.authentication import scope_of
from contracts.rest.idempotency import owner_of

if TYPE_CHECKING:  # it imports this module, as settings name it
    from rest_framework.views import APIView


class ScopeThrottle(SimpleRateThrottle):
    def __init__(self) -> None:
        pass  # the rate is known only with the request

    def allow_request(self, request: Request, view: APIView) -> bool:
        self.scope = scope_of(request, view) or "account"
        self.rate = settings.API_RATES[self.scope]
        self.num_requests, self.duration = self.parse_rate(self.rate)
        return bool(super().allow_request(request, view))

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        if not request.user.is_authenticated:
            return None
        return f"rate:{self.scope}:{owner_of(request)}"
