"""A stored answer as a file, over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from contracts.rest.file_renderers import file_renderer
from contracts.rest.models import Scope
from contracts.rest.strict import StrictView
from search.api import own_search
from search.export.obligations import obligations_file
from search.export.views import FORMATS, export_search

RENDERERS = [file_renderer(extension, media_type) for extension, (_, media_type) in FORMATS.items()]


class ExportParameters(serializers.Serializer[Any]):
    format = serializers.ChoiceField(choices=list(FORMATS))


FORMAT = OpenApiParameter("format", str, enum=list(FORMATS), required=True)
FILES = {(200, media_type): OpenApiTypes.BINARY for _, media_type in FORMATS.values()}


def format_of(request: Request) -> str:
    asked = ExportParameters(data=request.query_params)
    asked.is_valid(raise_exception=True)
    return str(asked.validated_data["format"])


class ExportView(StrictView):
    renderer_classes = [JSONRenderer, *RENDERERS]
    parameters = ("format",)
    scopes = {"GET": Scope.SEARCH}

    @extend_schema(
        tags=["search"],
        operation_id="searches_export",
        summary="One of your searches as a Word or Excel file, with scope, counts, citations and limits",
        parameters=[FORMAT],
        responses=FILES,
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        return export_search(request, own_search(request, pk), format_of(request))


class ObligationsExportView(StrictView):
    renderer_classes = [JSONRenderer, *RENDERERS]
    parameters = ("format",)

    @extend_schema(
        tags=["contracts"],
        operation_id="contracts_obligations_export",
        summary="Who must, may, must not or need not do what under a contract, as a Word or Excel file",
        parameters=[FORMAT],
        responses=FILES,
    )
    def get(self, request: Request, pk: int) -> HttpResponse:
        return obligations_file(request, pk, format_of(request))
