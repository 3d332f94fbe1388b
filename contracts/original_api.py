"""The original file of a contract over REST."""

from __future__ import annotations

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from contracts.models import Contract
from contracts.original_file import original_file
from contracts.rest.file_renderers import file_renderer
from contracts.rest.strict import StrictView

BYTES = "application/octet-stream"


class ContractFile(StrictView):
    renderer_classes = [JSONRenderer, file_renderer("bytes", BYTES)]

    @extend_schema(
        tags=["contracts"],
        operation_id="contracts_file",
        summary="The file of a contract, byte for byte as it was sent",
        responses={(200, BYTES): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: int) -> FileResponse:
        contracts = Contract.objects.visible_to(request.user).select_related("file").defer("text", "original_text")
        return original_file(request, get_object_or_404(contracts, pk=pk))
