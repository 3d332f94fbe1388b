"""A statement against given clauses or texts, without recall: the same verifier, rule and reasons as in a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.audit.record import record
from contracts.models import Clause, Contract, Passage
from contracts.rest.models import Scope
from contracts.rest.strict import StrictSerializer, StrictView
from contracts.text.obligations import find_obligations
from contracts.text.types import ObligationSpan
from search import examples
from search.candidates import decides
from search.hits import verdict_fields
from search.labels import shown_label
from search.notices import notices_on_question
from search.problems import problems_at
from search.query import check_tokens, read_query
from search.question_serializers import IdList, check_visible
from search.reason_codes import ReasonCode
from search.recall import HEADING
from search.statements import party_spans
from search.verdict_serializers import NoticeSerializer, VerdictSerializer, VerifierSerializer
from search.verification import load_verifier, parties_of, verify_pairs
from verifier.types import Pair, Party, Verdict

MOST = 50  # clauses, and texts, of one request
LONGEST_TEXT = 20_000
NO_WORDS = "This clause has no words of its own to verify: it is a heading, or empty."


class NamedPartySerializer(StrictSerializer):
    name = serializers.CharField(max_length=300)
    term = serializers.CharField(max_length=120, allow_blank=True, default="", help_text="Its defined term: Supplier.")
    aliases = serializers.ListField(child=serializers.CharField(max_length=300), max_length=20, default=list)


class TextSerializer(StrictSerializer):
    text = serializers.CharField(max_length=LONGEST_TEXT, help_text="A clause, with its lead-in.")
    parties = NamedPartySerializer(many=True, default=list, max_length=50)


class StatementSerializer(StrictSerializer):
    query = serializers.CharField(help_text="What the clause must say, in plain words.")
    clauses = IdList(default=list, max_length=MOST, help_text="Ids of clauses.")
    texts = TextSerializer(many=True, default=list, max_length=MOST, help_text="Texts that are not stored here.")

    def validate_clauses(self, ids: list[int]) -> list[int]:
        visible = Contract.objects.visible_to(self.context["request"].user)
        check_visible(ids, Clause.objects.filter(contract__in=visible))
        return ids

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs["clauses"] and not attrs["texts"]:
            raise ValidationError({"clauses": "Name clauses, or give texts."}, code="required")
        return attrs


class VerdictOnSerializer(VerdictSerializer):
    clause_id = serializers.IntegerField(allow_null=True, help_text="Null for a text of the request.")


class VerdictsSerializer(serializers.Serializer[Any]):
    query = serializers.CharField()
    notices = NoticeSerializer(many=True, help_text="Of the query; those of a clause stand with its verdict.")
    verifier = VerifierSerializer()
    verdicts = VerdictOnSerializer(many=True, help_text="One for each clause, then for each text, in their order.")


@dataclass(frozen=True, slots=True)
class Part:
    pair: Pair
    passage: Passage | None = None  # None for a text of the request

    def find_obligations(self) -> Sequence[ObligationSpan]:
        if self.passage:
            return [obligation.span for obligation in self.passage.obligations.all()]
        return find_obligations(self.pair.clause, party_spans(self.pair.parties))


@dataclass(frozen=True, slots=True)
class Subject:
    """One clause or text: the parts that stand for it, of which the best decides."""

    clause_id: int | None
    parts: tuple[Part, ...]


class VerifyView(StrictView):
    scopes = {"POST": Scope.SEARCH}

    @extend_schema(
        tags=["search"],
        operation_id="verify",
        summary="Does each of these clauses or texts say this?",
        request=StatementSerializer,
        responses={200: OpenApiResponse(VerdictsSerializer, examples=[examples.VERDICTS])},
        examples=[examples.STATEMENT],
    )
    def post(self, request: Request) -> Response:
        return Response(verify_statement(request, request.data))


def verify_statement(request: Request, data: Any) -> dict[str, Any]:
    """The answer to ``data`` in the form of StatementSerializer. Raises ValidationError and ModelUnavailable."""
    asked = StatementSerializer(data=data, context={"request": request})
    asked.is_valid(raise_exception=True)
    with problems_at("query"):
        query = read_query(asked.validated_data["query"])
        check_tokens(query)
        subjects = [
            *_of_clauses(query, asked.validated_data["clauses"]),
            *(_of_text(query, text) for text in asked.validated_data["texts"]),
        ]
        verdicts = iter(verify_pairs([one.pair for subject in subjects for one in subject.parts]))
        verifier = load_verifier()
    record(request, "verified", "statement")
    identity = {"name": verifier.name, "sha256": verifier.sha256}
    shown = [_decide(one, [next(verdicts) for _ in one.parts]) | {"verifier": identity} for one in subjects]
    answer = {"query": query, "notices": notices_on_question(query), "verifier": identity, "verdicts": shown}
    return dict(VerdictsSerializer(answer).data)


def _of_clauses(query: str, ids: Sequence[int]) -> list[Subject]:
    passages = (
        Passage.objects.filter(clause__in=ids)
        .exclude(kind=HEADING)
        .select_related("contract")
        .defer("contract__text")
        .prefetch_related("contract__parties", "obligations")
    )
    parts: dict[int, list[Part]] = {pk: [] for pk in ids}
    for passage in passages:
        pair = Pair(query, passage.reading, parties_of(passage))
        parts[passage.clause_id].append(Part(pair, passage))
    return [Subject(pk, tuple(parts[pk])) for pk in ids]


def _of_text(query: str, text: dict[str, Any]) -> Subject:
    parties = tuple(Party(party["name"], party["term"], tuple(party["aliases"])) for party in text["parties"])
    return Subject(None, (Part(Pair(query, text["text"], parties)),))


def _decide(subject: Subject, verdicts: Sequence[Verdict | None]) -> dict[str, Any]:
    """The passage that speaks for its clause, chosen as a search chooses it."""
    if not subject.parts:
        without = {"reason": NO_WORDS, "reason_code": ReasonCode.NO_WORDS}
        return _shown(subject.clause_id, Part(Pair("", "")), None) | without
    read = zip(subject.parts, verdicts, strict=True)
    return _shown(subject.clause_id, *min(read, key=lambda one: decides(one[1])))


def _shown(clause_id: int | None, part: Part, verdict: Verdict | None) -> dict[str, Any]:
    pair = part.pair
    found = part.find_obligations() if verdict else ()
    left_out = part.passage.left_out if part.passage else []
    fields = verdict_fields(pair, found, verdict, left_out)
    label = shown_label(fields["label"], [notice["code"] for notice in fields["notices"]])
    return fields | {
        "clause_id": clause_id,
        "label_text": label.text,
        "group": label.group,
        "probability": verdict.probabilities[verdict.label] if verdict else None,
        "text": pair.clause,
        "left_out": left_out,
    }
