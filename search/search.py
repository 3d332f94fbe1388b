"""A question over the clauses that a user may see: encode, recall, verify every candidate, store the answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import prefetch_related_objects

from contracts.audit.record import record
from contracts.models import Clause, Contract
from search.beside import beside_near_misses
from search.candidates import Candidate, best_per_clause
from search.citation import cited_fields
from search.encode import count_tokens, encode_texts
from search.explain import explain_verdict
from search.filters import Filters
from search.models import Hit, Search
from search.notices import notices_on_verdict
from search.provisions import fold_items
from search.read_on import STEP, reach, says_more
from search.recall import Recall, load_recalled, recall_passages
from search.role_words import whatever_the_roles_are_called
from search.stability import mark_stability
from search.verification import load_verifier, parties_of, verify_passages

MAX_WORDS = 300
MAX_CHARACTERS = 4000
LONGEST_TYPED = 2000  # characters in the page's line: the question stands in the address, which servers cut at 8 kB
MAX_TOKENS = 128  # word pieces of a question that the verifier reads
SHORTER = "Ask for one rule at a time, in your own words."
TOO_LONG = "too_long"
MAX_LIMIT = 500  # passages, or clauses of a search for words; more would hold a page for too long


class QueryError(ValueError):
    """A question that cannot be searched. The message names what is wrong; ``remedy`` says what to do.

    ``code`` is for programs: "empty", "too_long", or "invalid".
    """

    def __init__(self, message: str, remedy: str, code: str = "invalid") -> None:
        super().__init__(f"{message} {remedy}")
        self.message = message
        self.remedy = remedy
        self.code = code


def search_clauses(
    query: str,
    user: User,
    filters: Filters | None = None,
    limit: int | None = None,
    *,
    waiting: int | None = None,
    unasked: bool = False,
) -> Search:
    """The stored answer; ``waiting``: as in ``read_on.reach``; ``unasked``: the worker wants it for the user.

    Raises QueryError, VerifierUnavailable or EncoderUnavailable; then nothing is stored.
    """
    query, filters = read_query(query), filters or Filters()
    recall, seconds = recall_question(query, user, filters, limit)
    started = time.perf_counter()
    least, most = reach(limit, waiting)
    passages = [recalled.passage for recalled in recall.passages[:most]]
    verdicts = verify_passages(query, passages[:least])
    while len(verdicts) < len(passages) and says_more(verdicts):
        verdicts += verify_passages(query, passages[len(verdicts) : len(verdicts) + STEP])
    recall = replace(recall, passages=recall.passages[: len(verdicts)])
    candidates = [Candidate(recalled, verdict) for recalled, verdict in zip(recall.passages, verdicts, strict=True)]
    if time.perf_counter() - started < settings.VERIFY_SECONDS:
        candidates += _read_beside(query, candidates)
    seconds["verify"] = round(time.perf_counter() - started, 4)
    return store_answer(query, user, filters.stored(), recall, candidates, seconds, unasked=unasked)


def _read_beside(query: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    beside = load_recalled([(pk, None) for pk in beside_near_misses(candidates)])
    verdicts = verify_passages(query, [recalled.passage for recalled in beside])
    return [Candidate(recalled, verdict) for recalled, verdict in zip(beside, verdicts, strict=True)]


def recall_question(
    query: str, user: User, filters: Filters, limit: int | None = None
) -> tuple[Recall, dict[str, float]]:
    """All that may be verified (``read_on.reach``), and seconds of each step. Raises as ``search_clauses`` does."""
    most = check_limit(reach(limit)[1])
    load_verifier()  # before any work: without it there is no answer
    check_tokens(query)
    contracts = filters.narrow(Contract.objects.visible_to(user))
    clock = [time.perf_counter()]
    vector = whatever_the_roles_are_called(encode_texts([query])[0], query, contracts)
    clock.append(time.perf_counter())
    recall = recall_passages(vector, contracts, most)
    clock.append(time.perf_counter())
    return recall, {"encode": round(clock[1] - clock[0], 4), "recall": round(clock[2] - clock[1], 4)}


def check_limit(limit: int) -> int:
    if not 1 <= limit <= MAX_LIMIT:
        raise QueryError(f"The limit is {limit}.", f"Ask for 1 to {MAX_LIMIT} passages.")
    return limit


def read_query(query: str) -> str:
    """White space collapsed; QueryError when there is nothing to ask, or too much."""
    query = " ".join(query.replace("\0", " ").split())
    if not query:
        raise QueryError("The question is empty.", "Type what the clause must say.", "empty")
    words = len(query.split())
    if words > MAX_WORDS:
        raise QueryError(f"The question has {words} words; at most {MAX_WORDS} are read.", SHORTER, TOO_LONG)
    if len(query) > MAX_CHARACTERS:
        message = f"The question has {len(query)} characters; at most {MAX_CHARACTERS} are read."
        raise QueryError(message, SHORTER, TOO_LONG)
    return query


def check_typed(typed: str) -> None:
    """A browser cuts off silently what is pasted beyond the line's length."""
    if len(typed) >= LONGEST_TYPED:
        message = f"The question is too long: it fills the {LONGEST_TYPED} characters of the line."
        raise QueryError(message, SHORTER, TOO_LONG)


def check_tokens(query: str) -> None:
    tokens = count_tokens(query)
    if tokens > MAX_TOKENS:
        raise QueryError(f"The question has {tokens} word pieces; at most {MAX_TOKENS} are read.", SHORTER, TOO_LONG)


def store_answer(
    query: str,
    user: User,
    filters: dict[str, Any],
    recall: Recall,
    candidates: list[Candidate],
    seconds: dict[str, float],
    *,
    unasked: bool = False,
    opened: UUID | None = None,
) -> Search:
    """``opened``: the search was recorded under this id when its candidates were shown, and keeps it."""
    verifier = load_verifier()
    read = [candidate.verdict for candidate in candidates[: len(recall.passages)]]
    search = Search(
        id=opened or uuid4(),
        user=user,
        query=query,
        filters=filters,
        eligible=recall.eligible,
        recalled=len(recall.passages),
        verified=sum(candidate.verdict is not None for candidate in candidates if not candidate.beside),
        beside=sum(candidate.verdict is not None for candidate in candidates if candidate.beside),
        more_likely=len(recall.passages) < recall.eligible and says_more(read),
        recall_path=recall.path,
        verifier_name=verifier.name,
        verifier_sha256=verifier.sha256,
        seconds=seconds,
        unasked=unasked,
    )
    best = best_per_clause(candidates)
    prefetch_related_objects([candidate.recalled.passage for candidate in best], "obligations")
    hits = [candidate_hit(search, rank, candidate) for rank, candidate in enumerate(best, start=1)]
    started = time.perf_counter()
    mark_stability(query, [candidate.recalled.passage for candidate in best], hits)
    fold_items([candidate.recalled.passage for candidate in best], hits)
    seconds["check"] = round(time.perf_counter() - started, 4)
    with transaction.atomic():
        search.save(force_insert=True)
        if opened is None:
            record(None if unasked else user, "searched", "search", search.pk)
        forget_deleted(hits)
        Hit.objects.bulk_create(hits)
    return search


def forget_deleted(hits: list[Hit]) -> None:
    """Verification takes seconds; a contract read again or deleted meanwhile must not lose the whole answer."""
    clauses = set(Clause.objects.filter(pk__in=[hit.clause_id for hit in hits]).values_list("pk", flat=True))
    contracts = set(Contract.objects.filter(pk__in=[hit.contract_id for hit in hits]).values_list("pk", flat=True))
    for hit in hits:
        if hit.clause_id not in clauses:
            hit.clause = None
        if hit.contract_id not in contracts:
            hit.contract = None


def candidate_hit(search: Search, rank: int, candidate: Candidate) -> Hit:
    passage, verdict = candidate.recalled.passage, candidate.verdict
    found = [obligation.span for obligation in passage.obligations.all()]
    parties = parties_of(passage)
    explanation = explain_verdict(search.query, passage.reading, parties, found, verdict, passage.left_out)
    notices = notices_on_verdict(search.query, passage.reading, parties, verdict) if verdict else ()
    return Hit(
        search=search,
        rank=rank,
        **cited_fields(passage),
        similarity=candidate.recalled.similarity,
        label=candidate.label,
        probabilities=verdict.probabilities if verdict else {},
        evidence=[asdict(evidence) for evidence in verdict.evidence] if verdict else [],
        roles=explanation.roles,
        reason=explanation.reason,
        notices=[asdict(notice) for notice in notices],
    )
