"""What a contract says, over REST: its clauses, its obligations and its amounts of money."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import generics

from contracts import examples
from contracts.amount_corrections import amount_corrections
from contracts.audit.record import record
from contracts.clause_serializers import (
    AmountSerializer,
    ClauseDetailSerializer,
    ClauseSerializer,
    ObligationSerializer,
)
from contracts.models import Amount, Clause, Contract, Obligation
from contracts.rest.strict import CursorPages, StrictView


class ByPosition(CursorPages):
    ordering = "position"


@extend_schema_view(
    get=extend_schema(
        tags=["contracts"],
        operation_id="contracts_clauses",
        summary="The clause tree in reading order",
        responses=OpenApiResponse(ClauseSerializer(many=True), examples=[examples.CLAUSE_OF_LIST]),
    )
)
class ClauseList(StrictView, generics.ListAPIView):
    queryset = Clause.objects.none()
    serializer_class = ClauseSerializer
    pagination_class = ByPosition

    def get_queryset(self) -> QuerySet[Clause]:
        self.contract = generics.get_object_or_404(Contract.objects.visible_to(self.request.user), pk=self.kwargs["pk"])
        record(self.request, "opened", "contract", self.contract.pk, self.contract.matter_id)
        return self.contract.clauses.all()

    def get_serializer_context(self) -> dict[str, Any]:
        contract = getattr(self, "contract", None)  # none while the schema is made
        return super().get_serializer_context() | {"text": contract.text if contract else ""}


@extend_schema_view(
    get=extend_schema(
        tags=["contracts"],
        operation_id="clauses_retrieve",
        summary="One clause, as it is written",
        responses=OpenApiResponse(ClauseDetailSerializer, examples=[examples.CLAUSE]),
    )
)
class ClauseDetail(StrictView, generics.RetrieveAPIView):
    queryset = Clause.objects.none()
    serializer_class = ClauseDetailSerializer

    def get_queryset(self) -> QuerySet[Clause]:
        visible = Contract.objects.visible_to(self.request.user)
        return Clause.objects.filter(contract__in=visible).select_related("contract__matter")

    def get_object(self) -> Clause:
        clause = super().get_object()
        record(self.request, "opened", "clause", clause.pk, clause.contract.matter_id)
        return clause


@extend_schema_view(
    get=extend_schema(
        tags=["contracts"],
        operation_id="contracts_obligations",
        summary="Who must, may, must not or need not do what, in reading order",
        responses=OpenApiResponse(ObligationSerializer(many=True), examples=[examples.OBLIGATION]),
    )
)
class ObligationList(StrictView, generics.ListAPIView):
    queryset = Obligation.objects.none()
    serializer_class = ObligationSerializer
    pagination_class = ByPosition

    def get_queryset(self) -> QuerySet[Obligation]:
        return _opened(self).obligations.select_related("clause", "passage", "bearer", "counterparty")


@extend_schema_view(
    get=extend_schema(
        tags=["contracts"],
        operation_id="contracts_amounts",
        summary="The amounts of money that it names, in reading order",
        responses=OpenApiResponse(AmountSerializer(many=True), examples=[examples.AMOUNT]),
    )
)
class AmountList(StrictView, generics.ListAPIView):
    queryset = Amount.objects.none()
    serializer_class = AmountSerializer
    pagination_class = ByPosition

    def get_queryset(self) -> QuerySet[Amount]:
        self.contract = _opened(self)
        return self.contract.amounts.select_related("clause")

    def get_serializer_context(self) -> dict[str, Any]:
        contract = getattr(self, "contract", None)  # none while the schema is made
        return super().get_serializer_context() | {"corrections": amount_corrections(contract) if contract else {}}


def _opened(view: generics.ListAPIView) -> Contract:
    visible = Contract.objects.visible_to(view.request.user).defer("text")
    contract = generics.get_object_or_404(visible, pk=view.kwargs["pk"])
    record(view.request, "opened", "contract", contract.pk, contract.matter_id)
    return contract
