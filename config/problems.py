"""API errors as problem details (RFC 9457), and the pages in their place elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views import defaults
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from config.away_page import database_away_page
from config.request_ids import current_id
from contracts.away import DATABASE_AWAY
from contracts.storage import storable

PROBLEM_TYPE = "application/problem+json"
# "no-store" also spares security_headers the question who is there, which the database would have to answer.
WHILE_AWAY = {"Retry-After": "5", "Cache-Control": "no-store"}


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """The handler that REST_FRAMEWORK names: any API exception becomes ``application/problem+json``."""
    if isinstance(error, DATABASE_AWAY):
        return Response(_away_problem(), 503, headers=WHILE_AWAY, content_type=PROBLEM_TYPE)
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        problem = describe(response.status_code, "invalid", "The request has errors; see errors.")
        problem["errors"] = list(_field_errors(response.data))
    else:
        detail = response.data.get("detail", "")
        code = error.default_code if isinstance(error, exceptions.APIException) else "not_found"
        told = _remedy(error, str(detail), context)
        problem = describe(response.status_code, getattr(detail, "code", code), told)
    response.data = problem
    response.content_type = PROBLEM_TYPE
    return response


def _remedy(error: Exception, detail: str, context: dict[str, Any]) -> str:
    """What the framework says of an error, with what to do; our own errors say so themselves."""
    if isinstance(error, Http404):
        return "Nothing of this id is here, or it is not yours to see. Lists, such as GET /api/v1/contracts, give ids."
    if isinstance(error, exceptions.NotAuthenticated):
        return f"{detail} Send Authorization: Bearer prv_..., with a token made by POST /api/v1/tokens."
    if isinstance(error, exceptions.MethodNotAllowed):
        return f"{detail} Allowed here: {', '.join(context['view'].allowed_methods)}."
    if isinstance(error, exceptions.UnsupportedMediaType):
        known = ", ".join(parser.media_type for parser in context["view"].parser_classes)
        return f"{detail} Send one of these as Content-Type: {known}."
    if isinstance(error, exceptions.NotAcceptable):
        return f"{detail} Answers are JSON: send Accept: application/json, or none."
    return detail


def describe(status: int, code: str, detail: str) -> dict[str, Any]:
    return {
        "type": f"urn:proviso:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": storable(detail),  # it may repeat what was sent; half a surrogate pair can be sent but not answered
        "instance": f"urn:proviso:request:{current_id()}",
    }


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Addresses that no view answers: below /api/ as a problem, elsewhere as a page."""
    if not request.path.startswith("/api/"):
        return defaults.page_not_found(request, exception)
    problem = describe(404, "not_found", "Nothing is here. GET /api/schema/ lists every address.")
    return JsonResponse(problem, status=404, content_type=PROBLEM_TYPE)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django calls it for what no view could read, such as a form of too many fields or files."""
    fields, files = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, settings.DATA_UPLOAD_MAX_NUMBER_FILES
    told, most = "The request cannot be read.", dict[str, int]()
    if isinstance(exception, TooManyFieldsSent):
        told, most = f"More than {fields} fields were sent.", {"most_fields": fields}
    elif isinstance(exception, TooManyFilesSent):
        told = f"More than {files} files were sent. Send one a request, or announce them with POST /api/v1/ingests."
        most = {"most_files": files}
    if request.path.startswith("/api/"):
        return JsonResponse(describe(400, "invalid", told), status=400, content_type=PROBLEM_TYPE)
    return render(request, "400.html", most, status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls it while it handles the error."""
    if isinstance(sys.exc_info()[1], DATABASE_AWAY):
        return _database_away(request)
    if not request.path.startswith("/api/"):
        return defaults.server_error(request)
    problem = describe(
        500,
        "internal",
        "Something failed on our side. Send it again; if it stays, give support the instance of this problem.",
    )
    return JsonResponse(problem, status=500, content_type=PROBLEM_TYPE)


def _database_away(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):  # lost before or after the view, where no handler of the API stands
        response: HttpResponse = JsonResponse(_away_problem(), status=503, content_type=PROBLEM_TYPE)
    else:
        response = database_away_page(request)
    for name, value in WHILE_AWAY.items():
        response.headers[name] = value
    return response


def _away_problem() -> dict[str, Any]:
    return describe(503, "database_away", "The database does not answer. Send it again in a while.")


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
        shown = {"pointer": storable(pointer), "detail": storable(str(detail))}
        yield shown | {"code": getattr(detail, "code", "invalid")}
