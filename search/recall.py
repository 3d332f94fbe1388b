"""The nearest passages, over exactly what the caller may see: an exact scan while that is little, HNSW above.

Of these the ones come first that also have the question's words (search/shared_words.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from pgvector import HalfVector
from pgvector.django import CosineDistance

from contracts.models import Contract, Passage
from search.models import PassageVector
from search.recall_path import RecallPath
from search.shared_words import Ranked, Scanned, nearest_with_words

EXACT_SCAN = {"enable_indexscan": "off"}  # HNSW answers only index scans; the filter's B-trees still serve bitmap scans
# Passages nearest in meaning, among which words and what was found decide the order; no fewer than search.MAX_LIMIT.
POOL = {RecallPath.EXACT: 1000, RecallPath.HNSW: 500}
HEADING = "heading"  # the kind of a passage that states nothing
HNSW_SCAN = {"hnsw.ef_search": "400", "hnsw.iterative_scan": "relaxed_order", "hnsw.max_scan_tuples": "200000"}

NEARNESS = 0.5  # what nearness to the question counts beside likeness to a clause that was found


@dataclass(frozen=True, slots=True)
class RecalledPassage:
    passage: Passage  # with clause, contract (without its text) and the contract's parties loaded
    similarity: float | None  # cosine, -1 to 1; None of one that was not recalled, but stands beside one


@dataclass(frozen=True, slots=True)
class Recall:
    eligible: int
    path: RecallPath  # one of recall_path.BY_MEANING
    passages: tuple[RecalledPassage, ...]  # in the order they are read; min(limit, eligible) of them
    further: tuple[Ranked, ...] = ()  # in this order, the rest of the POOL, not loaded


def recall_passages(
    vector: npt.NDArray[np.float32], contracts: QuerySet[Contract], limit: int, query: str = ""
) -> Recall:
    """The ``limit`` passages of ``contracts`` nearest to ``vector`` (384,) and to the words of ``query``."""
    vectors = searched_vectors(contracts)
    eligible = vectors.count()
    path = RecallPath.EXACT if eligible <= settings.EXACT_SCAN_LIMIT else RecallPath.HNSW
    near = _scan(vectors, vector, POOL[path], EXACT_SCAN if path == RecallPath.EXACT else HNSW_SCAN)
    if path == RecallPath.HNSW and len(near) < min(POOL[path], eligible):
        # A rare filter can outlast max_scan_tuples; the answer must not be short for that.
        path, near = RecallPath.EXACT, _scan(vectors, vector, POOL[RecallPath.EXACT], EXACT_SCAN)
    if len(near) < min(POOL[path], eligible):
        eligible = len(near)  # passages were deleted since they were counted
    ranked = nearest_with_words(query, near)
    return Recall(eligible, path, load_ranked(ranked[:limit]), tuple(ranked[limit:]))


def like_those_found(found: Sequence[int], ranked: Sequence[Ranked]) -> list[Ranked]:
    """``ranked``, first those most like one of the passages ``found``; those deleted meanwhile are left out."""
    table = PassageVector._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT one.passage_id, 1 - min(one.embedding <=> found.embedding) FROM {table} one, {table} found"
            " WHERE one.passage_id = ANY(%s) AND found.passage_id = ANY(%s) GROUP BY one.passage_id",
            [[each.passage for each in ranked], list(found)],
        )
        likeness = dict(cursor.fetchall())
    there = (each for each in ranked if each.passage in likeness)
    return sorted(there, key=lambda each: -likeness[each.passage] - NEARNESS * each.nearness)


def searched_vectors(contracts: QuerySet[Contract]) -> QuerySet[PassageVector]:
    """A heading would take the place of a clause that states something."""
    return PassageVector.objects.filter(passage__contract__in=contracts.order_by()).exclude(passage__kind=HEADING)


def _scan(
    vectors: QuerySet[PassageVector], vector: npt.NDArray[np.float32], limit: int, planner: dict[str, str]
) -> list[Scanned]:
    """Nearest first."""
    nearest = (
        vectors.annotate(distance=CosineDistance("embedding", HalfVector(vector)))
        .order_by("distance")
        .values_list("pk", "distance", "passage__reading")[:limit]
    )
    with transaction.atomic(), _planner_settings(planner):
        found = list(nearest)
    # relaxed_order may swap neighbours.
    found.sort(key=lambda row: (row[1], row[0]))
    return [Scanned(passage, 1.0 - distance, reading) for passage, distance, reading in found]


@contextmanager
def _planner_settings(planner: dict[str, str]) -> Iterator[None]:
    """For this transaction only, as a pooled connection serves others next; undone even inside an outer transaction."""
    with connection.cursor() as cursor:
        for name, value in planner.items():
            cursor.execute(f"SET LOCAL {name} = {value}")
        yield
        for name in planner:
            cursor.execute(f"SET LOCAL {name} TO DEFAULT")


def load_ranked(ranked: Iterable[Ranked]) -> tuple[RecalledPassage, ...]:
    return load_recalled([(each.passage, each.similarity) for each in ranked])


def load_recalled(nearest: Sequence[tuple[int, float | None]]) -> tuple[RecalledPassage, ...]:
    """(passage, similarity) in this order; those deleted meanwhile are left out."""
    passages = (
        Passage.objects.select_related("clause", "contract")
        .defer("contract__text")
        .prefetch_related("contract__parties")
        .in_bulk([passage for passage, _ in nearest])
    )
    return tuple(RecalledPassage(passages[pk], similarity) for pk, similarity in nearest if pk in passages)
