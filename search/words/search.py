"""Words mode: the clauses that have the words, verified when these make a statement, plain hits when they do not."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from contracts.audit.record import record
from contracts.models import Contract, Passage
from search.citation import cited_fields
from search.filters import Filters
from search.hits import decides, shown_order, verified_hit
from search.labels import FOUND
from search.models import Hit, Search
from search.search import MAX_LIMIT, QueryError, check_limit, forget_deleted, read_query
from search.verification import load_verifier, verify_passages
from search.words.candidates import find_roots
from search.words.describe import describe, statement_of
from search.words.find import MAX_NOMINATED, FoundClause, TooManyClauses, find_clauses
from search.words.parse import parse_words
from search.words.tokens import WordsError

RECALL_PATH = "words"
SHOWN_PASSAGES = 4  # of one clause; more would hide the other clauses


def search_words(
    query: str, user: User, filters: Filters | None = None, limit: int | None = None, *, unasked: bool = False
) -> Search:
    """The stored answer; ``limit`` clauses of it; ``unasked``: the worker wants it for the user.

    Raises QueryError and, for a statement, VerifierUnavailable.
    """
    query = read_query(query)
    limit = check_limit(MAX_LIMIT if limit is None else limit)
    filters = filters or Filters()
    try:
        node = parse_words(query)
    except WordsError as error:
        raise QueryError(error.message, error.remedy) from error
    statement = statement_of(node)
    if statement:
        load_verifier()  # before any work: without it there is no verified answer
    roots = find_roots(node)
    contracts = filters.narrow(Contract.objects.visible_to(user))
    started = time.perf_counter()
    try:
        found = find_clauses(node, roots, contracts)
    except TooManyClauses as error:
        raise QueryError(
            f"These words stand in more than {MAX_NOMINATED:,} clauses, too many to look through.",
            "Add a rarer word with AND, or search fewer contracts.",
        ) from error
    search = Search(
        user=user,
        query=query,
        understood=describe(node, roots),
        filters=filters.stored(),
        eligible=Passage.objects.filter(contract__in=contracts.order_by()).count(),
        recalled=len(found),
        verified=0,
        recall_path=RECALL_PATH,
        seconds={"find": round(time.perf_counter() - started, 4)},
    )
    passages = _load(found[:limit])
    if statement:
        hits = _verified_hits(search, statement, found[:limit], passages)
    else:
        hits = [_plain_hit(search, rank, clause, passages) for rank, clause in zip(count(1), found[:limit])]
    with transaction.atomic():
        search.save(force_insert=True)
        record(None if unasked else user, "searched", "search", search.pk)
        forget_deleted(hits)
        Hit.objects.bulk_create(hits)
    return search


def _load(found: Sequence[FoundClause]) -> dict[int, Passage]:
    return (
        Passage.objects.select_related("clause", "contract")
        .defer("contract__text")
        .prefetch_related("contract__parties", "obligations")
        .in_bulk([passage.id for clause in found for passage in clause.passages])
    )


def _plain_hit(search: Search, rank: int, clause: FoundClause, passages: Mapping[int, Passage]) -> Hit:
    shown = clause.passages[:SHOWN_PASSAGES]
    text, words = "", []
    for before, found in zip((None, *shown), shown, strict=False):
        if before:
            adjacent = passages[found.id].position == passages[before.id].position + 1
            text += " " if adjacent else " … "
        words += [(len(text) + start, len(text) + end) for start, end in found.words]
        text += passages[found.id].reading
    if len(shown) < len(clause.passages):
        text += " …"
    first, last = passages[shown[0].id], passages[shown[-1].id]
    fields = cited_fields(first) | {"text": text, "end": last.end, "roles": {"marks": _marks(words)}}
    return Hit(search=search, rank=rank, label=FOUND, **fields)


def _marks(words: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    return [{"start": start, "end": end, "mark": "found"} for start, end in words]


def _verified_hits(
    search: Search, statement: str, found: Sequence[FoundClause], passages: Mapping[int, Passage]
) -> list[Hit]:
    """Every passage with the words is read; the one that decides speaks for its clause."""
    started = time.perf_counter()
    order = [passage.id for clause in found for passage in clause.passages]
    verdicts = dict(zip(order, verify_passages(statement, [passages[pk] for pk in order]), strict=True))
    decisive = [min(clause.passages, key=lambda one: decides(verdicts[one.id])) for clause in found]
    decisive.sort(key=lambda one: shown_order(verdicts[one.id]))  # equals stay in reading order
    search.verified = sum(verdicts[one.id] is not None for one in decisive)
    search.verifier_name, search.verifier_sha256 = load_verifier().name, load_verifier().sha256
    search.seconds["verify"] = round(time.perf_counter() - started, 4)
    hits = []
    for rank, one in enumerate(decisive, start=1):
        hit = verified_hit(statement, passages[one.id], verdicts[one.id])
        hit.search, hit.rank = search, rank
        hit.roles["marks"] = [*hit.roles.get("marks", ()), *_marks(one.words)]
        hits.append(hit)
    return hits
