"""Liveness and readiness, for load balancers.

Anybody may ask, so the answers name no host, user or path: the log does.
"""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from contracts.worker_signs import worker_missing
from search.verification import verifier_identity
from verifier.types import VerifierUnavailable

DATABASE = "The database does not answer; the log says why."
VERIFIER = "The verifier's weights cannot be read; the log says why."
logger = logging.getLogger(__name__)


def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """503 with the reason until the database answers and the verifier's weights can be read.

    A missing worker is said and is no 503: pages and searches do not need one.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        missing = worker_missing()
        identity = verifier_identity()
    except (DatabaseError, VerifierUnavailable) as error:
        logger.warning("Not ready: %s", error)
        reason = DATABASE if isinstance(error, DatabaseError) else VERIFIER
        return JsonResponse({"status": "not ready", "reason": reason}, status=503)
    return JsonResponse({"status": "ready", "verifier": identity, "worker": missing or "running"})
