"""A misspelt parameter or field must not silently be ignored: unknown ones are refused by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError
from django.db.models import QuerySet
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.views import APIView

from contracts.ids import is_id


def refuse_unknown(given: Iterable[str], known: Iterable[str], kind: str) -> None:
    names = list(known)
    unknown = sorted(set(given) - set(names))
    if unknown:
        remedy = f"Known {kind}s: {', '.join(names)}." if names else f"No {kind} is known here."
        raise ValidationError(dict.fromkeys(unknown, f"Unknown {kind}. {remedy}"), code="unknown")


class LengthRequired(APIException):
    """Of a body whose length is not told nothing is read: it would pass for an empty one."""

    status_code = status.HTTP_411_LENGTH_REQUIRED
    default_code = "length_required"
    default_detail = (
        "Say how long the body is: send Content-Length, and no Transfer-Encoding. Most clients do so for a file or for "
        "bytes that they have in memory, but not for a stream or pipe."
    )


class StrictView(APIView):
    # Every resource says which parameters it reads, and which scope each of its methods needs. No docstring: the schema
    # would show it as the description of every operation.
    parameters: ClassVar[tuple[str, ...]] = ()  # of GET, besides those of its pages
    sent_parameters: ClassVar[tuple[str, ...]] = ()  # of the other methods
    scopes: ClassVar[Mapping[str, str | tuple[str, ...]]] = {"GET": "read"}  # of several any one

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if "HTTP_TRANSFER_ENCODING" in request.META:
            raise LengthRequired
        known = self.sent_parameters
        if request.method in ("GET", "HEAD"):
            known = self.parameters + (CursorPages.parameters if getattr(self, "pagination_class", None) else ())
        refuse_unknown(request.query_params, known, "parameter")
        if any("\0" in str(value) for value in kwargs.values()):
            raise NotFound  # the database cannot even be asked for it


class StrictSerializer(serializers.Serializer[Any]):
    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            refuse_unknown(data, self.fields, "field")
        return super().to_internal_value(data)


class CursorPages(CursorPagination):
    """Over an order that never changes, so that nothing is repeated or lost between pages."""

    parameters = ("cursor", "page_size")
    ordering: str | tuple[str, ...] = "-pk"
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100

    def paginate_queryset(self, queryset: QuerySet[Any], request: Request, view: Any = None) -> list[Any] | None:
        try:
            page: list[Any] | None = super().paginate_queryset(queryset, request, view)
        except (ValueError, DjangoValidationError, DataError) as error:
            raise NotFound(self.invalid_cursor_message) from error  # a cursor that was never given out
        return page

    def get_page_size(self, request: Request) -> int:
        written = request.query_params.get(self.page_size_query_param, str(self.page_size))
        if not (is_id(written) and 1 <= int(written) <= self.max_page_size):
            raise ValidationError({"page_size": f"Ask for 1 to {self.max_page_size}."})
        return int(written)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        parameters: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            if parameter["name"] == self.page_size_query_param:
                parameter["schema"] |= {"minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        return parameters
