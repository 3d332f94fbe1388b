"""Contracts over REST. What a user may not see answers exactly like what does not exist."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from contracts import examples
from contracts.changes import ChangedContractSerializer, change_contract
from contracts.contract_filters import PARAMETERS, ContractFilters, narrow_contracts
from contracts.contract_resource import core_of, etag_of_contract, lock_contract, shown, visible_contracts
from contracts.contract_serializers import ContractSerializer, ReceivedSerializer, UploadSerializer
from contracts.corrections import give_facts
from contracts.given_facts import OF_BODY, facts_in
from contracts.matter_serializers import MatterFilter
from contracts.models import LONGEST_IDENTIFIER, LONGEST_SOURCE, Contract, ExternalId, Matter
from contracts.queue import SENT
from contracts.receive import FileTooLarge, Received, check_size, receive_file, receive_version
from contracts.rest.conditional import ETAG, IF_MATCH, IF_NONE_MATCH, check_match
from contracts.rest.idempotency import IDEMPOTENCY_KEY, Made, answer_made, once
from contracts.rest.models import Scope
from contracts.rest.raw import FILE_NAME, RAW_BODY, RAW_PARSERS, file_name_of, raw_content
from contracts.rest.strict import CursorPages, StrictView
from contracts.text.corrections import FACTS
from contracts.trash import move_to_trash

MATTER_OF_BODY = OpenApiParameter(
    "matter", str, description="Name or id. Only where the body is the file; a form has its own field."
)
LOCATION = OpenApiParameter("Location", str, OpenApiParameter.HEADER, response=[200, 202], description="The contract.")
RECEIVED = {
    202: OpenApiResponse(ReceivedSerializer, "Received and queued to be read.", examples=[examples.RECEIVED]),
    200: OpenApiResponse(
        ReceivedSerializer, "The matter has these bytes already: that contract.", examples=[examples.DUPLICATE]
    ),
}


class ContractList(StrictView, generics.ListAPIView):
    queryset = Contract.objects.none()
    serializer_class = ContractSerializer
    pagination_class = CursorPages
    parser_classes = [MultiPartParser, *RAW_PARSERS]
    parameters = tuple(ContractFilters().fields)
    sent_parameters = ("matter", *FACTS)
    scopes = {"GET": Scope.READ, "POST": Scope.UPLOAD}

    def get_queryset(self) -> QuerySet[Contract]:
        return narrow_contracts(visible_contracts(self.request), self.request)

    @extend_schema(
        tags=["contracts"],
        operation_id="contracts_list",
        summary="Contracts, latest first",
        parameters=PARAMETERS,
        responses=OpenApiResponse(ContractSerializer(many=True), examples=[examples.CONTRACT]),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["contracts"],
        operation_id="contracts_create",
        summary="Send a file; it is read in the background",
        parameters=[IDEMPOTENCY_KEY, MATTER_OF_BODY, *OF_BODY, FILE_NAME, LOCATION, ETAG],
        request={"multipart/form-data": UploadSerializer} | RAW_BODY,
        responses=RECEIVED,
    )
    def post(self, request: Request) -> Response:
        return _receive(request, partial(receive_file, priority=SENT))


class ContractDetail(StrictView, generics.RetrieveAPIView):
    queryset = Contract.objects.none()
    serializer_class = ContractSerializer
    scopes = {"GET": Scope.READ, "PATCH": Scope.UPLOAD, "DELETE": Scope.DELETE}

    @extend_schema(
        tags=["contracts"],
        operation_id="contracts_retrieve",
        summary="One contract with its state",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={
            200: OpenApiResponse(ContractSerializer, examples=[examples.CONTRACT]),
            304: OpenApiResponse(description="It is still as you have it."),
        },
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        contract = self.get_object()
        return shown(request, contract)

    @extend_schema(
        tags=["contracts"],
        operation_id="contracts_change",
        summary="Say what a contract belongs to, what it is called, and its other facts",
        parameters=[IF_MATCH, ETAG],
        request=ChangedContractSerializer,
        responses={200: OpenApiResponse(ContractSerializer, examples=[examples.AMENDMENT])},
        examples=[examples.CHANGE],
    )
    def patch(self, request: Request, pk: int) -> Response:
        with transaction.atomic():
            visible = Contract.objects.visible_to(request.user).filter(pk=pk)
            # Before the contract, as families do it: in the other order two requests could wait for each other.
            Matter.objects.select_for_update(no_key=True).filter(pk__in=visible.values("matter")).first()
            contract = lock_contract(request, pk)
            asked = ChangedContractSerializer(data=request.data, partial=True, context={"contract": contract})
            asked.is_valid(raise_exception=True)
            change_contract(contract, asked.validated_data, cast(User, request.user))
            changed = visible_contracts(request).get(pk=pk)
            return Response(ContractSerializer(changed).data, headers=etag_of_contract(changed))

    @extend_schema(
        tags=["contracts"],
        operation_id="contracts_destroy",
        summary="Move a contract to the trash; stored answers keep what they quote of it",
        parameters=[IF_MATCH],
        responses={204: OpenApiResponse(description="Gone from every list and search. Sent again, it is restored.")},
    )
    def delete(self, request: Request, pk: int) -> Response:
        with transaction.atomic():
            move_to_trash(lock_contract(request, pk), request)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def get_queryset(self) -> QuerySet[Contract]:
        return visible_contracts(self.request)


SOURCE = OpenApiParameter("source", str, OpenApiParameter.PATH, description="Your name of the document system.")
EXTERNAL = OpenApiParameter("external_id", str, OpenApiParameter.PATH, description="What that system calls it.")


class ContractByExternalId(StrictView, generics.GenericAPIView):
    queryset = Contract.objects.none()
    serializer_class = ContractSerializer
    parser_classes = [MultiPartParser, *RAW_PARSERS]
    parameters = ("matter",)
    sent_parameters = ("matter", *FACTS)
    scopes = {"GET": Scope.READ, "PUT": Scope.UPLOAD}

    @extend_schema(
        tags=["contracts"],
        operation_id="contracts_by_external_id_retrieve",
        summary="The latest version of a document, by the name its own system gives it",
        parameters=[
            SOURCE,
            EXTERNAL,
            OpenApiParameter("matter", str, description="Name or id. Without it: the one sent last to any matter."),
            IF_NONE_MATCH,
            ETAG,
        ],
        responses={
            200: OpenApiResponse(ContractSerializer, examples=[examples.CONTRACT]),
            304: OpenApiResponse(description="It is still as you have it."),
        },
    )
    def get(self, request: Request, source: str, external_id: str) -> HttpResponseBase:
        filters = MatterFilter(data=request.query_params, context={"request": request})
        filters.is_valid(raise_exception=True)
        known = (
            ExternalId.objects.filter(source=source, identifier=external_id, **filters.validated_data)
            .filter(matter__in=Matter.objects.visible_to(request.user))
            .order_by("-received_at", "-pk")
            .first()
        )
        contract = generics.get_object_or_404(visible_contracts(request), pk=known.contract_id if known else None)
        return shown(request, contract)

    @extend_schema(
        tags=["contracts"],
        operation_id="contracts_by_external_id_update",
        summary="Send a document under its own system's name: new, a new version, or what is here already",
        parameters=[SOURCE, EXTERNAL, MATTER_OF_BODY, *OF_BODY, FILE_NAME, IF_MATCH, LOCATION, ETAG],
        request={"multipart/form-data": UploadSerializer} | RAW_BODY,
        responses=RECEIVED,
    )
    def put(self, request: Request, source: str, external_id: str) -> Response:
        for name, value, longest in (
            ("source", source, LONGEST_SOURCE),
            ("external_id", external_id, LONGEST_IDENTIFIER),
        ):
            if len(value) > longest or not value.isprintable():
                raise ValidationError({name: f"At most {longest} printable characters."})

        def receive(matter: Matter, file_name: str, content: bytes, user: Any) -> Received:
            with transaction.atomic():
                known = ExternalId.objects.filter(matter=matter, source=source, identifier=external_id)
                latest = known.select_for_update().first()  # until the new version is in its place
                shown = visible_contracts(request).filter(pk=latest.contract_id).first() if latest else None
                check_match(request, core_of(shown) if shown else None)
                return receive_version(matter, source, external_id, file_name, content, user, priority=SENT)

        return _receive(request, receive)


def _receive(request: Request, receive: Callable[[Matter, str, bytes, Any], Received]) -> Response:
    upload = UploadSerializer(data=_sent(request), context={"request": request})
    upload.is_valid(raise_exception=True)
    matter, file = upload.validated_data["matter"], upload.validated_data["file"]
    content, facts = _read(file), facts_in(upload.validated_data)

    def work() -> Made:
        with transaction.atomic():  # so that no worker reads it before its facts are known
            received = receive(matter, file.name, content, request.user)
            give_facts(received.contract, cast(User, request.user), facts, SENT)
        return Made(str(received.contract.pk), status.HTTP_200_OK if received.duplicate else status.HTTP_202_ACCEPTED)

    payload = [matter.pk, file.name, hashlib.sha256(content).hexdigest(), facts]
    made = once(request, payload, work) if request.method == "POST" else work()
    contract = generics.get_object_or_404(visible_contracts(request), pk=made.pk)
    contract.duplicate = made.status == status.HTTP_200_OK
    return answer_made(request, made, "api-contract", ReceivedSerializer(contract).data, etag_of_contract(contract))


def _sent(request: Request) -> Any:
    """The fields of a form; or else the body is the file, and the address names the matter."""
    content = raw_content(request)
    if content is not None:
        file = SimpleUploadedFile(file_name_of(request), content)
        return {**request.query_params.dict(), "file": file}
    if request.query_params:
        told = "With a form, say this in it and not in the address."
        raise ValidationError(dict.fromkeys(request.query_params, told))
    return request.data


def _read(file: UploadedFile) -> bytes:
    try:
        check_size(file.name or "The file", file.size or 0)
    except FileTooLarge as error:
        raise ValidationError({"file": str(error)}, code="too_large") from error
    return bytes(file.read())
