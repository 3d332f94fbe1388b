"""ETag, If-Match and If-None-Match (RFC 9110): nobody writes over what somebody else changed meanwhile."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import parse_etags
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

ETAG = OpenApiParameter("ETag", str, OpenApiParameter.HEADER, response=[200, 201, 202, 304])
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="An ETag that you have: 304 while it is still true."
)
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="The ETag of what you have seen; 412 when it has changed."
)


class Changed(APIException):
    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "precondition_failed"
    default_detail = "It has changed since you read it. GET it again, look at it, and send the new ETag in If-Match."


class ConditionMissing(APIException):
    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "precondition_required"
    default_detail = "Send If-Match with the ETag of your last GET, so that no other change is lost."


def etag_of(shown: Any, core: Any = None) -> str:
    """Of what is shown, after that of its ``core``: what clients change, where other things change by themselves.

    If-None-Match asks for the whole, so that each change is seen; If-Match for the core alone.
    """
    return f'"{_digest(shown)}"' if core is None else f'"{_digest(core)}.{_digest(shown)}"'


def _digest(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, default=str, sort_keys=True).encode()).hexdigest()[:32]


def etag_header(shown: Any, core: Any = None) -> dict[str, str]:
    """As a GET has it, so that what was just made or changed can be changed again."""
    return {"ETag": etag_of(shown, core)}


def unless_known(request: Request, response: Response, core: Any = None) -> HttpResponseBase:
    """The answer of a GET with its ETag; 304 without a body when the client has it already."""
    etag = etag_of(response.data, core)
    response["ETag"], response["Cache-Control"] = etag, "private, no-cache"
    return get_conditional_response(request, etag=etag, response=response) or response


def check_match(request: Request, core: Any, *, required: bool = False) -> None:
    """Before a change of what has this core, or is shown as this where it has none; None when it does not exist yet.

    Raises Changed, and ConditionMissing where a condition is ``required``.
    """
    wanted = request.headers.get("If-Match")
    if wanted is None:
        if required:
            raise ConditionMissing
        return
    tags = parse_etags(wanted)
    # A server or proxy that compresses answers makes their ETags weak; ours tell of the content, however it is packed.
    cores = {tag.removeprefix("W/").strip('"').partition(".")[0] for tag in tags}
    if core is None or (tags != ["*"] and _digest(core) not in cores):
        raise Changed
