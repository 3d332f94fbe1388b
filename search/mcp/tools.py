"""What an agent may do: the same questions as over REST, with the same checks, for the user behind its token."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from rest_framework.request import Request

from contracts.audit.record import record
from contracts.clause_serializers import ClauseDetailSerializer
from contracts.models import Clause, Contract
from contracts.rest.models import ApiToken, Scope
from search.amended_hits import amendments_on
from search.answer_serializers import SearchSerializer, count_groups
from search.api import ask, hits_of, own_search
from search.question_serializers import QuestionSerializer
from search.verdict_serializers import HitSerializer
from search.verify_api import verify_statement

SHOWN_HITS = 20
OF_HIT = (
    "rank",
    "label",
    "label_text",
    "group",
    "probability",
    "reason",
    "reason_code",
    "notices",
    "citation",
    "text",
    "left_out",
    "quote",
    "part",
    "clause_id",
    "contract_id",
    "amended",
)


class Refused(ValueError):
    """The message says why, and what to do."""


def search(request: Request, asked: dict[str, Any]) -> dict[str, Any]:
    question = QuestionSerializer(data=asked, context={"request": request})
    question.is_valid(raise_exception=True)
    found = own_search(request, ask(request, question.validated_data).pk)
    user = cast(User, request.user)
    hits = hits_of(found, question.validated_data)[:SHOWN_HITS]
    shown = HitSerializer(hits, many=True, context={"amendments": amendments_on(hits, user)}).data
    return {
        "search": SearchSerializer(found, context={"counts": count_groups([found], user)}).data,
        "hits": [{name: hit[name] for name in OF_HIT} for hit in shown],
    }


def verify(request: Request, asked: dict[str, Any]) -> dict[str, Any]:
    return verify_statement(request, asked)


def clause(request: Request, clause_id: int) -> dict[str, Any]:
    """Raises Refused, alike for what is not there and what is walled off."""
    if isinstance(request.auth, ApiToken) and Scope.READ not in request.auth.scopes:
        raise Refused(f"This token lacks the scope “{Scope.READ.value}”. Make one that has it.")
    visible = Contract.objects.visible_to(request.user)
    found = Clause.objects.filter(contract__in=visible, pk=clause_id).select_related("contract__matter").first()
    if found is None:
        raise Refused("There is no clause of this id, or it is not yours to see.")
    record(request, "opened", "clause", found.pk, found.contract.matter_id)
    return dict(ClauseDetailSerializer(found).data)
