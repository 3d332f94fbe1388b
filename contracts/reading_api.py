"""The reading of one contract over REST: cancel it, or have a failed one tried again."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contracts import examples
from contracts.cancel import cancel_reading, retry_reading
from contracts.contract_resource import etag_of_contract, visible_contracts
from contracts.contract_serializers import ContractSerializer
from contracts.rest.conditional import ETAG
from contracts.rest.models import Scope
from contracts.rest.strict import StrictView
from contracts.rest.too_late import NothingStopped, TooLate


class ReadingCancel(StrictView):
    scopes = {"POST": Scope.UPLOAD}

    @extend_schema(
        tags=["contracts"],
        operation_id="contracts_cancel",
        summary="Cancel the reading of a file that waits or is being read; an earlier reading stays",
        parameters=[ETAG],
        request=None,
        responses={200: OpenApiResponse(ContractSerializer, "Cancelled.", [examples.CANCELLED])},
    )
    def post(self, request: Request, pk: int) -> Response:
        if not cancel_reading(get_object_or_404(visible_contracts(request), pk=pk), request):
            raise TooLate
        return _answer(request, pk)


class ReadingRetry(StrictView):
    scopes = {"POST": Scope.UPLOAD}

    @extend_schema(
        tags=["contracts"],
        operation_id="contracts_retry",
        summary="Have a file that failed, or was cancelled, read again",
        parameters=[ETAG],
        request=None,
        responses={200: OpenApiResponse(ContractSerializer, "Queued to be read.", [examples.QUEUED])},
    )
    def post(self, request: Request, pk: int) -> Response:
        if not retry_reading(get_object_or_404(visible_contracts(request), pk=pk), request):
            raise NothingStopped
        return _answer(request, pk)


def _answer(request: Request, pk: Any) -> Response:
    contract = get_object_or_404(visible_contracts(request), pk=pk)
    return Response(ContractSerializer(contract).data, headers=etag_of_contract(contract))
