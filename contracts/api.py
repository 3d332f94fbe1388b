"""Contracts over REST. What a user may not see answers exactly like what does not exist."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.models import Clause, Contract, Matter, Obligation
from contracts.receive import FileTooLarge, check_size, receive_file
from contracts.serializers import (
    ClauseSerializer,
    ContractFilters,
    ContractSerializer,
    MatterSerializer,
    ObligationSerializer,
    ReceivedSerializer,
    UploadSerializer,
)

NOT_FOUND = OpenApiResponse(description="No such contract, or it is not yours to see.")


class OldestLast(CursorPagination):
    ordering = "-pk"
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100


class ByPosition(OldestLast):
    ordering = "position"


class ByName(OldestLast):
    ordering = "name"


class StrictListView(generics.ListAPIView):
    """A misspelt parameter must not silently return everything: unknown ones are refused by name."""

    filters: tuple[str, ...] = ()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        known = {*self.filters, "cursor", "page_size"}
        unknown = [name for name in request.query_params if name not in known]
        if unknown:
            allowed = ", ".join(sorted(known))
            raise ValidationError(dict.fromkeys(unknown, f"Unknown parameter. This list knows {allowed}."))
        return super().list(request, *args, **kwargs)


@extend_schema(tags=["contracts"], summary="The matters whose contracts you may see")
class MatterList(StrictListView):
    serializer_class = MatterSerializer
    pagination_class = ByName

    def get_queryset(self) -> QuerySet[Matter]:
        return Matter.objects.visible_to(self.request.user)


@extend_schema(tags=["contracts"])
class ContractList(StrictListView):
    queryset = Contract.objects.none()  # tells the schema the model
    serializer_class = ContractSerializer
    pagination_class = OldestLast
    parser_classes = [MultiPartParser]
    filters = ("matter", "state")

    def get_queryset(self) -> QuerySet[Contract]:
        filters = ContractFilters(data=self.request.query_params, context={"request": self.request})
        filters.is_valid(raise_exception=True)
        return _visible_contracts(self.request).filter(**filters.validated_data)

    @extend_schema(
        summary="Contracts, latest first",
        parameters=[
            OpenApiParameter("matter", str, description="Name or id of a matter."),
            OpenApiParameter("state", str, enum=Contract.State.values),
        ],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        summary="Send a file; it is read in the background",
        request={"multipart/form-data": UploadSerializer},
        responses={
            202: OpenApiResponse(ReceivedSerializer, description="Received; see Location for its state."),
            200: OpenApiResponse(ReceivedSerializer, description="The matter has this file already: that contract."),
        },
    )
    def post(self, request: Request) -> Response:
        upload = UploadSerializer(data=request.data, context={"request": request})
        upload.is_valid(raise_exception=True)
        file = upload.validated_data["file"]
        try:
            check_size(file.name, file.size)
            received = receive_file(upload.validated_data["matter"], file.name, file.read(), request.user)
        except FileTooLarge as error:
            raise ValidationError({"file": str(error)}, code="too_large") from error
        contract = generics.get_object_or_404(_visible_contracts(request), pk=received.contract.pk)
        contract.duplicate = received.duplicate
        return Response(
            ReceivedSerializer(contract).data,
            status=status.HTTP_200_OK if received.duplicate else status.HTTP_202_ACCEPTED,
            headers={"Location": reverse("api-contract", args=[contract.pk])},
        )


@extend_schema(
    tags=["contracts"], summary="One contract with its state", responses={200: ContractSerializer, 404: NOT_FOUND}
)
class ContractDetail(generics.RetrieveAPIView):
    queryset = Contract.objects.none()
    serializer_class = ContractSerializer

    def get_queryset(self) -> QuerySet[Contract]:
        return _visible_contracts(self.request)


@extend_schema(
    tags=["contracts"], summary="The clause tree in reading order", responses={200: ClauseSerializer, 404: NOT_FOUND}
)
class ClauseList(StrictListView):
    queryset = Clause.objects.none()
    serializer_class = ClauseSerializer
    pagination_class = ByPosition

    def get_queryset(self) -> QuerySet[Clause]:
        self.contract = generics.get_object_or_404(Contract.objects.visible_to(self.request.user), pk=self.kwargs["pk"])
        return self.contract.clauses.all()

    def get_serializer_context(self) -> dict[str, Any]:
        return super().get_serializer_context() | {"text": self.contract.text}


@extend_schema(
    tags=["contracts"],
    summary="Who must, may, must not or need not do what, in reading order",
    responses={200: ObligationSerializer, 404: NOT_FOUND},
)
class ObligationList(StrictListView):
    queryset = Obligation.objects.none()
    serializer_class = ObligationSerializer
    pagination_class = ByPosition

    def get_queryset(self) -> QuerySet[Obligation]:
        visible = Contract.objects.visible_to(self.request.user).defer("text")
        contract = generics.get_object_or_404(visible, pk=self.kwargs["pk"])
        return contract.obligations.select_related("clause", "passage", "bearer", "counterparty")


def _visible_contracts(request: Request) -> QuerySet[Contract]:
    return (
        Contract.objects.visible_to(request.user)
        .select_related("matter")
        .prefetch_related("parties")
        .annotate(passage_count=Count("passages"))
        .defer("text")
    )
