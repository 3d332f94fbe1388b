"""Words mode: the clauses that have the words, verified when these make a statement, plain hits when they do not."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User

from contracts.models import Contract, Passage
from search.candidates import decides, shown_order
from search.citation import cited_fields
from search.filters import Filters
from search.hits import answer_hits, ranked, verified_hit
from search.labels import FOUND
from search.models import Hit, Search
from search.query import QueryError, check_limit, read_query
from search.recall_path import RecallPath
from search.storing import store_answer
from search.verification import load_verifier, verify_passages
from search.words.candidates import find_roots
from search.words.describe import describe, statement_in
from search.words.find import MAX_NOMINATED, FoundClause, FoundPassage, TooManyClauses, find_clauses
from search.words.parse import parse_words
from search.words.tokens import WordsError
from search.words.tree import Node
from verifier.types import Verdict

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
        hits = ranked(_plain_hit(clause, passages) for clause in found.shown)
        return store_answer(_search(query, user, filters.stored(), found, unasked), hits)
    started = time.perf_counter()
    order = found.passage_ids
    verdicts = dict(zip(order, verify_passages(found.statement, [passages[pk] for pk in order]), strict=True))
    seconds = round(time.perf_counter() - started, 4)
    return store_verified(query, user, filters.stored(), found, passages, verdicts, seconds, unasked=unasked)


def find(query: str, user: User, filters: Filters, limit: int | None = None) -> Found:
    """Raises as ``search_words`` does."""
    limit = check_limit(CLAUSES_READ if limit is None else limit)
    node = read_words(query)
    statement = statement_in(node)
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
    """The parsed query. Raises QueryError, which says where a query of words is malformed."""
    try:
        return parse_words(query)
    except WordsError as error:
        raise QueryError(error.message, error.remedy) from error


def makes_statement(query: str) -> bool:
    """Whether the words are verified. Raises QueryError."""
    return statement_in(read_words(read_query(query))) is not None


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
    search = _search(query, user, filters, found, unasked)
    search.verified = sum(verdicts[one.id] is not None for one in decisive)
    search.verifier_name, search.verifier_sha256 = load_verifier().name, load_verifier().sha256
    search.seconds["verify"] = seconds
    assert found.statement is not None
    words = (words_hit(found, passages[one.id], verdicts[one.id]) for one in decisive)
    hits = answer_hits(found.statement, [passages[one.id] for one in decisive], words)
    if opened is not None:
        search.pk = opened
    return store_answer(search, hits, on_record=opened is not None)


def words_hit(found: Found, passage: Passage, verdict: Verdict | None) -> Hit:
    """Of a statement. Not yet of a search, without a rank."""
    assert found.statement is not None
    hit = verified_hit(found.statement, passage, verdict)
    hit.roles["marks"] = [*hit.roles.get("marks", ()), *_marks(found.words_in(passage.pk))]
    return hit


def _search(query: str, user: User, filters: dict[str, Any], found: Found, unasked: bool) -> Search:
    return Search(
        user=user,
        query=query,
        understood=found.understood,
        filters=filters,
        eligible=found.eligible,
        recalled=found.clauses,
        verified=0,
        recall_path=RecallPath.WORDS,
        seconds={"find": found.seconds},
        unasked=unasked,
    )


def load_passages(found: Found) -> dict[int, Passage]:
    return (
        Passage.objects.select_related("clause", "contract")
        .defer("contract__text")
        .prefetch_related("contract__parties", "obligations")
        .in_bulk(found.passage_ids)
    )


def _plain_hit(clause: FoundClause, passages: Mapping[int, Passage]) -> Hit:
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
    return Hit(label=FOUND, roles={"marks": _marks(words)}, **fields)


def _marks(words: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    return [{"start": start, "end": end, "mark": "found"} for start, end in words]
