"""Words mode: the clauses that have the words, verified when these make a statement, plain hits when they do not."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from contracts.audit.record import record
from contracts.models import Contract, Passage
from search.citation import cited_fields
from search.filters import Filters
from search.hits import decides, shown_order, verified_hit
from search.labels import FOUND
from search.models import Hit, Search
from search.provisions import fold_items
from search.search import QueryError, check_limit, forget_deleted, read_query
from search.stability import mark_stability
from search.verification import load_verifier, verify_passages
from search.words.candidates import find_roots
from search.words.describe import describe, statement_of
from search.words.find import MAX_NOMINATED, FoundClause, FoundPassage, TooManyClauses, find_clauses
from search.words.parse import parse_words
from search.words.tokens import WordsError
from search.words.tree import Node
from verifier.types import Verdict

RECALL_PATH = "words"
CLAUSES_READ = 200  # where no limit is asked for
SHOWN_PASSAGES = 4  # of one clause; more would hide the other clauses


@dataclass(frozen=True, slots=True)
class Found:
    """What the words brought, before anything of it is verified."""

    understood: str
    statement: str | None  # that the passages are verified against; None: they are plain hits
    eligible: int
    clauses: int  # that have the words
    shown: tuple[FoundClause, ...]  # the first of these
    seconds: float

    @classmethod
    def restored(cls, stored: dict[str, Any]) -> Found:
        """From ``asdict``, as JSON holds it."""
        shown = tuple(
            FoundClause(
                clause["id"],
                tuple(
                    FoundPassage(passage["id"], tuple((start, end) for start, end in passage["words"]))
                    for passage in clause["passages"]
                ),
            )
            for clause in stored["shown"]
        )
        return cls(**stored | {"shown": shown})

    @property
    def passage_ids(self) -> list[int]:
        return [passage.id for clause in self.shown for passage in clause.passages]

    def words_in(self, passage: int) -> tuple[tuple[int, int], ...]:
        return next(one.words for clause in self.shown for one in clause.passages if one.id == passage)


def search_words(
    query: str, user: User, filters: Filters | None = None, limit: int | None = None, *, unasked: bool = False
) -> Search:
    """The stored answer; ``limit`` clauses of it; ``unasked``: the worker wants it for the user.

    Raises QueryError and, for a statement, VerifierUnavailable.
    """
    query, filters = read_query(query), filters or Filters()
    found = find(query, user, filters, limit)
    passages = load_passages(found)
    if found.statement is None:
        hits = [_plain_hit(rank, clause, passages) for rank, clause in enumerate(found.shown, start=1)]
        return _store(_search(query, user, filters.stored(), found), hits, unasked=unasked)
    started = time.perf_counter()
    order = found.passage_ids
    verdicts = dict(zip(order, verify_passages(found.statement, [passages[pk] for pk in order]), strict=True))
    seconds = round(time.perf_counter() - started, 4)
    return store_verified(query, user, filters.stored(), found, passages, verdicts, seconds, unasked=unasked)


def find(query: str, user: User, filters: Filters, limit: int | None = None) -> Found:
    """Raises as ``search_words`` does."""
    limit = check_limit(CLAUSES_READ if limit is None else limit)
    node = read_words(query)
    statement = statement_of(node)
    if statement:
        load_verifier()  # before any work: without it there is no verified answer
    roots = find_roots(node)
    contracts = filters.narrow(Contract.objects.visible_to(user))
    started = time.perf_counter()
    try:
        clauses = find_clauses(node, roots, contracts)
    except TooManyClauses as error:
        raise QueryError(
            f"These words stand in more than {MAX_NOMINATED:,} clauses, too many to look through.",
            "Add a rarer word with AND, or search fewer contracts.",
        ) from error
    return Found(
        understood=describe(node, roots),
        statement=statement,
        eligible=Passage.objects.filter(contract__in=contracts.order_by()).count(),
        clauses=len(clauses),
        shown=tuple(clauses[:limit]),
        seconds=round(time.perf_counter() - started, 4),
    )


def read_words(query: str) -> Node:
    """Raises QueryError."""
    try:
        return parse_words(query)
    except WordsError as error:
        raise QueryError(error.message, error.remedy) from error


def makes_statement(query: str) -> bool:
    """Whether the words are verified. Raises QueryError."""
    return statement_of(read_words(read_query(query))) is not None


def store_verified(
    query: str,
    user: User,
    filters: dict[str, Any],
    found: Found,
    passages: Mapping[int, Passage],
    verdicts: Mapping[int, Verdict | None],
    seconds: float,
    *,
    unasked: bool = False,
    opened: UUID | None = None,
) -> Search:
    """Every passage with the words was read; the one that decides speaks for its clause. ``opened``: its id."""
    decisive = [min(clause.passages, key=lambda one: decides(verdicts[one.id])) for clause in found.shown]
    decisive.sort(key=lambda one: shown_order(verdicts[one.id]))  # equals stay in reading order
    search = _search(query, user, filters, found)
    search.verified = sum(verdicts[one.id] is not None for one in decisive)
    search.verifier_name, search.verifier_sha256 = load_verifier().name, load_verifier().sha256
    search.seconds["verify"] = seconds
    hits = [words_hit(found, rank, passages[one.id], verdicts[one.id]) for rank, one in enumerate(decisive, start=1)]
    assert found.statement is not None
    mark_stability(found.statement, [passages[one.id] for one in decisive], hits)
    fold_items([passages[one.id] for one in decisive], hits)
    if opened is not None:
        search.pk = opened
    return _store(search, hits, unasked=unasked, recorded=opened is not None)


def words_hit(found: Found, rank: int, passage: Passage, verdict: Verdict | None) -> Hit:
    """Of a statement. Not yet of a search."""
    assert found.statement is not None
    hit = verified_hit(found.statement, passage, verdict)
    hit.rank = rank
    hit.roles["marks"] = [*hit.roles.get("marks", ()), *_marks(found.words_in(passage.pk))]
    return hit


def _search(query: str, user: User, filters: dict[str, Any], found: Found) -> Search:
    return Search(
        user=user,
        query=query,
        understood=found.understood,
        filters=filters,
        eligible=found.eligible,
        recalled=found.clauses,
        verified=0,
        recall_path=RECALL_PATH,
        seconds={"find": found.seconds},
    )


def _store(search: Search, hits: list[Hit], *, unasked: bool, recorded: bool = False) -> Search:
    search.unasked = unasked
    for hit in hits:
        hit.search = search
    with transaction.atomic():
        search.save(force_insert=True)
        if not recorded:
            record(None if unasked else search.user, "searched", "search", search.pk)
        forget_deleted(hits)
        Hit.objects.bulk_create(hits)
    return search


def load_passages(found: Found) -> dict[int, Passage]:
    return (
        Passage.objects.select_related("clause", "contract")
        .defer("contract__text")
        .prefetch_related("contract__parties", "obligations")
        .in_bulk(found.passage_ids)
    )


def _plain_hit(rank: int, clause: FoundClause, passages: Mapping[int, Passage]) -> Hit:
    shown = clause.passages[:SHOWN_PASSAGES]
    text, words = "", []
    left_out: list[int] | None = []
    for before, found in zip((None, *shown), shown, strict=False):
        if before:
            adjacent = passages[found.id].position == passages[before.id].position + 1
            text += " " if adjacent else " … "
        passage = passages[found.id]
        words += [(len(text) + start, len(text) + end) for start, end in found.words]
        if left_out is not None and passage.left_out is not None:
            left_out += [len(text) + place for place in passage.left_out]
        else:
            left_out = None  # of a contract read before it was kept
        text += passage.reading
    if len(shown) < len(clause.passages):
        text += " …"
    first, last = passages[shown[0].id], passages[shown[-1].id]
    fields = cited_fields(first) | {"text": text, "left_out": left_out, "end": last.end}
    if first != last:
        fields["of_clause"] = None
    return Hit(rank=rank, label=FOUND, roles={"marks": _marks(words)}, **fields)


def _marks(words: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    return [{"start": start, "end": end, "mark": "found"} for start, end in words]
