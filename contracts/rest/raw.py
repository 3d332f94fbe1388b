"""A file as the whole body of a request, its name in a header: what most document systems send most easily."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.utils.http import parse_header_parameters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from contracts.receive import FileTooLarge, check_size
from contracts.rest.strict import LengthRequired

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = (
    "application/octet-stream",
    "application/pdf",
    WORD,
    "application/rtf",
    "text/html",
    "text/plain",
    "text/rtf",
    "message/rfc822",
    "application/vnd.ms-outlook",
)
FILE_NAME = OpenApiParameter(
    "Content-Disposition",
    str,
    OpenApiParameter.HEADER,
    description="With a file as the body, its name as RFC 6266 has it: attachment; filename=nda.pdf.",
)
RAW_BODY: dict[str, Any] = dict.fromkeys(TYPES, OpenApiTypes.BINARY)  # for extend_schema(request=...)


@dataclass(frozen=True, slots=True)
class RawFile:
    content: bytes


class RawParser(BaseParser):
    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: dict[str, Any] | None = None
    ) -> RawFile:
        content = stream.read(settings.MAX_FILE_BYTES + 1)  # one more tells that there is more
        try:
            check_size("The file", len(content))
        except FileTooLarge as error:
            raise ValidationError({"file": str(error)}, code="too_large") from error
        return RawFile(content)


RAW_PARSERS: list[type[BaseParser]] = [type("RawParser", (RawParser,), {"media_type": name}) for name in TYPES]


def raw_content(request: Request) -> bytes | None:
    """None when the body is of another kind, such as a form. Raises LengthRequired."""
    if not request.META.get("CONTENT_LENGTH"):
        raise LengthRequired
    if isinstance(request.data, RawFile):
        return request.data.content
    declared = (request.content_type or "").partition(";")[0].strip().lower()
    return b"" if declared in TYPES else None  # an empty body is not given to any parser


def file_name_of(request: Request) -> str:
    try:
        _, parameters = parse_header_parameters(request.headers.get("Content-Disposition", ""))
    except (ValueError, LookupError):  # too long, or in an encoding that nobody knows
        parameters = {}
    name = parameters.get("filename", "").replace("\\", "/").rpartition("/")[2].strip()
    if not name:
        raise ValidationError(
            {"Content-Disposition": 'Name the file in this header: attachment; filename="nda.pdf".'}, code="required"
        )
    return name
