"""API errors as problem details (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from contracts.away import DATABASE_AWAY

PROBLEM_TYPE = "application/problem+json"
AGAIN_SECONDS = "5"


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """The handler that REST_FRAMEWORK names: any API exception becomes ``application/problem+json``."""
    if isinstance(error, DATABASE_AWAY):
        problem = describe(503, "database_away", "The database does not answer. Send it again in a while.")
        return Response(problem, 503, headers={"Retry-After": AGAIN_SECONDS}, content_type=PROBLEM_TYPE)
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        problem = describe(response.status_code, "invalid", "The request has errors; see errors.")
        problem["errors"] = list(_field_errors(response.data))
    else:
        detail = response.data.get("detail", "")
        code = error.default_code if isinstance(error, exceptions.APIException) else "not_found"
        problem = describe(response.status_code, getattr(detail, "code", code), str(detail))
    response.data = problem
    response.content_type = PROBLEM_TYPE
    return response


def describe(status: int, code: str, detail: str) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
    }


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Addresses that no view answers: below /api/ as a problem, elsewhere as a page."""
    if not request.path.startswith("/api/"):
        return defaults.page_not_found(request, exception)
    problem = describe(404, "not_found", "Nothing is here. GET /api/schema/ lists every address.")
    return JsonResponse(problem, status=404, content_type=PROBLEM_TYPE)


def server_error(request: HttpRequest) -> HttpResponse:
    if not request.path.startswith("/api/"):
        return defaults.server_error(request)
    problem = describe(500, "internal", "Something failed on our side. Send it again; if it stays, tell support when.")
    return JsonResponse(problem, status=500, content_type=PROBLEM_TYPE)


def _field_errors(detail: Any, pointer: str = "") -> Iterator[dict[str, str]]:
    if isinstance(detail, dict):
        for name, value in detail.items():
            # A whole object in the wrong form is its own pointer, not one of its fields.
            within = pointer if name == "non_field_errors" else f"{pointer}/{name}"
            yield from _field_errors(value, within)
    elif isinstance(detail, list):
        for value in detail:
            yield from _field_errors(value, pointer)
    else:
        yield {"pointer": pointer, "detail": str(detail), "code": getattr(detail, "code", "invalid")}
