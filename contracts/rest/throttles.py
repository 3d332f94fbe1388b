"""How often each scope may be used, by each token or signed-in user: settings.API_RATES.

Counted in the database, for all processes on all machines together, by one statement that cannot lose a count. What
is kept is not the requests but when all of the rate will be free again (the generic cell rate algorithm): each request
puts that off by its share, and one that would put it off by more than the whole period comes too early.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from contracts.rest.authentication import scope_of
from contracts.rest.idempotency import owner_of

if TYPE_CHECKING:  # it imports this module, as settings name it
    from rest_framework.views import APIView

# statement_timestamp(), as now() stands still within a transaction
TAKE = """
    INSERT INTO api_rate AS rate (key, free_at)
    VALUES (%(key)s, statement_timestamp() + make_interval(secs => %(share)s))
    ON CONFLICT (key) DO UPDATE
        SET free_at = greatest(rate.free_at, statement_timestamp()) + make_interval(secs => %(share)s)
        WHERE rate.free_at <= statement_timestamp() + make_interval(secs => %(ahead)s)
    RETURNING 1
"""
LEFT = "SELECT extract(epoch FROM free_at - statement_timestamp())::float FROM api_rate WHERE key = %(key)s"


class ScopeThrottle(SimpleRateThrottle):
    def __init__(self) -> None:
        pass  # the rate is known only with the request

    def allow_request(self, request: Request, view: APIView) -> bool:
        if not request.user.is_authenticated:
            return True
        scope = scope_of(request, view) or "account"
        requests, seconds = self.parse_rate(settings.API_RATES[scope])
        share = seconds / requests
        values = {"key": f"{scope}:{owner_of(request)}", "share": share, "ahead": seconds - share}
        with connection.cursor() as cursor:
            cursor.execute(TAKE, values)
            if cursor.fetchone():
                return True
            cursor.execute(LEFT, values)
            row = cursor.fetchone()
        self.seconds_left = max(row[0] - values["ahead"], 0.0) if row else 0.0
        return False

    def wait(self) -> float:
        """Until one more request is free; Retry-After is this, rounded up."""
        return self.seconds_left
