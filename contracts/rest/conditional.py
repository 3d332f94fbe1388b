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

ETAG = OpenApiParameter("ETag", str, OpenApiParameter.HEADER, response=[200, 304])
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


def etag_of(data: Any) -> str:
    written = json.dumps(data, default=str, sort_keys=True)
    return f'"{hashlib.sha256(written.encode()).hexdigest()[:32]}"'


def unless_known(request: Request, response: Response) -> HttpResponseBase:
    """The answer of a GET with its ETag; 304 without a body when the client has it already."""
    etag = etag_of(response.data)
    response["ETag"], response["Cache-Control"] = etag, "private, no-cache"
    return get_conditional_response(request, etag=etag, response=response) or response


def check_match(request: Request, data: Any, *, required: bool = False) -> None:
    """Before a change of what would be shown as ``data``; None when it does not exist yet."""
    wanted = request.headers.get("If-Match")
    if wanted is None:
        if required:
            raise ConditionMissing
        return
    tags = parse_etags(wanted)
    if data is None or (tags != ["*"] and etag_of(data) not in tags):
        raise Changed
