"""API errors as problem details (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """The handler that REST_FRAMEWORK names: any API exception becomes ``application/problem+json``."""
    response = exception_handler(error, context)
    if response is None:
        return None
    detail = response.data
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(response.status_code).phrase,
        "status": response.status_code,
    }
    if isinstance(error, exceptions.ValidationError):
        problem["detail"] = "The request has errors; see errors."
        problem["errors"] = list(_field_errors(detail))
    else:
        problem["detail"] = str(detail.get("detail", "")) if isinstance(detail, dict) else str(detail)
    response.data = problem
    response.content_type = "application/problem+json"
    return response


def _field_errors(detail: Any, pointer: str = "") -> Any:
    if isinstance(detail, dict):
        for name, value in detail.items():
            yield from _field_errors(value, f"{pointer}/{name}")
    elif isinstance(detail, list):
        for value in detail:
            yield from _field_errors(value, pointer)
    else:
        yield {"pointer": pointer, "detail": str(detail), "code": getattr(detail, "code", "invalid")}
