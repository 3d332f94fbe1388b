"""How often each scope may be used, by each token or signed-in user: settings.API_RATES."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from contracts.rest.authentication import scope_of
from contracts.rest.idempotency import owner_of
from contracts.rest.rates import Allowance

if TYPE_CHECKING:  # it imports this module, as settings name it
    from rest_framework.views import APIView


class ScopeThrottle(BaseThrottle):
    seconds_left: float | None = None

    def allow_request(self, request: Request, view: APIView) -> bool:
        if not request.user.is_authenticated:
            return True
        scope = scope_of(request, view) or "account"
        self.seconds_left = Allowance.written(settings.API_RATES[scope]).take(f"{scope}:{owner_of(request)}")
        return self.seconds_left is None

    def wait(self) -> float | None:
        """Until one more request is free; Retry-After is this, rounded up."""
        return self.seconds_left
