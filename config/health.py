"""Liveness and readiness, for load balancers."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from search.verification import verifier_identity
from verifier.types import VerifierUnavailable


def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """503 with the reason until the database answers and the verifier's weights can be read."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        identity = verifier_identity()
    except (DatabaseError, VerifierUnavailable) as error:
        return JsonResponse({"status": "not ready", "reason": str(error)}, status=503)
    return JsonResponse({"status": "ready", "verifier": identity})
