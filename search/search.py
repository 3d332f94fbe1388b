"""A question over the clauses that a user may see: encode, recall, verify every candidate, store the answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import prefetch_related_objects

from contracts.models import Contract
from search.beside import beside_near_misses
from search.candidates import Candidate, best_per_clause
from search.encode import encode_texts
from search.filters import Filters
from search.hits import answer_hits, verified_hit
from search.models import Search
from search.query import check_limit, check_tokens, read_query
from search.read_on import next_to_read, reach, read_first, says_more
from search.recall import Recall, RecalledPassage, load_ranked, load_recalled, recall_passages
from search.role_words import whatever_the_roles_are_called
from search.storing import store_answer
from search.verification import load_verifier, verify_passages
from verifier.types import Verdict


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
    candidates, further = _verify(query, recall.passages), recall.further
    while more := next_to_read(*_read(candidates), further, limit, waiting):
        further = tuple(ranked for ranked in further if ranked not in more)
        in_time = time.perf_counter() - started < settings.VERIFY_SECONDS
        candidates += _verify(query, load_ranked(more), in_time=in_time)
    recall = replace(recall, passages=tuple(candidate.recalled for candidate in candidates))
    if time.perf_counter() - started < settings.VERIFY_SECONDS:
        candidates += _read_beside(query, candidates)
    seconds["verify"] = round(time.perf_counter() - started, 4)
    return store_candidates(query, user, filters.stored(), recall, candidates, seconds, unasked=unasked)


def _verify(query: str, recalled: Sequence[RecalledPassage], *, in_time: bool = True) -> list[Candidate]:
    """Not in time: they stay without a verdict."""
    passages = [one.passage for one in recalled]
    verdicts: list[Verdict | None] = verify_passages(query, passages) if in_time else [None] * len(passages)
    return [Candidate(one, verdict) for one, verdict in zip(recalled, verdicts, strict=True)]


def _read(candidates: Sequence[Candidate]) -> tuple[list[int], list[Verdict | None]]:
    return [one.recalled.passage.pk for one in candidates], [one.verdict for one in candidates]


def _read_beside(query: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    return _verify(query, load_recalled([(pk, None) for pk in beside_near_misses(candidates)]))


def recall_question(
    query: str, user: User, filters: Filters, limit: int | None = None
) -> tuple[Recall, dict[str, float]]:
    """What is read first, what may be read further, and seconds of each step. Raises as ``search_clauses`` does."""
    check_limit(reach(limit)[1])
    load_verifier()  # before any work: without it there is no answer
    check_tokens(query)
    contracts = filters.narrow(Contract.objects.visible_to(user))
    clock = [time.perf_counter()]
    vector = whatever_the_roles_are_called(encode_texts([query])[0], query, contracts)
    clock.append(time.perf_counter())
    recall = recall_passages(vector, contracts, read_first(limit), query)
    clock.append(time.perf_counter())
    return recall, {"encode": round(clock[1] - clock[0], 4), "recall": round(clock[2] - clock[1], 4)}


def store_candidates(
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
    passages = [one.recalled.passage for one in best]
    prefetch_related_objects(passages, "obligations")
    found = [verified_hit(query, one.recalled.passage, one.verdict, one.recalled.similarity) for one in best]
    started = time.perf_counter()
    hits = answer_hits(query, passages, found)
    seconds["check"] = round(time.perf_counter() - started, 4)
    return store_answer(search, hits, on_record=opened is not None)
