"""The nearest passages, over exactly what the caller may see: an exact scan while that is little, HNSW above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from pgvector import HalfVector
from pgvector.django import CosineDistance

from contracts.models import Contract, Passage
from search.models import PassageVector

EXACT_SCAN = {"enable_indexscan": "off"}  # HNSW answers only index scans; the filter's B-trees still serve bitmap scans
HEADING = "heading"  # the kind of a passage that states nothing
HNSW_SCAN = {"hnsw.ef_search": "400", "hnsw.iterative_scan": "relaxed_order", "hnsw.max_scan_tuples": "200000"}


@dataclass(frozen=True, slots=True)
class RecalledPassage:
    passage: Passage  # with clause, contract (without its text) and the contract's parties loaded
    similarity: float | None  # cosine, -1 to 1; None of one that was not recalled, but stands beside one


@dataclass(frozen=True, slots=True)
class Recall:
    eligible: int
    path: Literal["exact", "hnsw"]
    passages: tuple[RecalledPassage, ...]  # nearest first; min(limit, eligible) of them


def recall_passages(vector: npt.NDArray[np.float32], contracts: QuerySet[Contract], limit: int) -> Recall:
    """The ``limit`` passages of ``contracts`` nearest to ``vector`` (384,)."""
    vectors = searched_vectors(contracts)
    eligible = vectors.count()
    path: Literal["exact", "hnsw"] = "exact" if eligible <= settings.EXACT_SCAN_LIMIT else "hnsw"
    nearest = _scan(vectors, vector, limit, EXACT_SCAN if path == "exact" else HNSW_SCAN)
    if path == "hnsw" and len(nearest) < min(limit, eligible):
        # A rare filter can outlast max_scan_tuples; the answer must not be short for that.
        path, nearest = "exact", _scan(vectors, vector, limit, EXACT_SCAN)
    if len(nearest) < min(limit, eligible):
        eligible = len(nearest)  # passages were deleted since they were counted
    return Recall(eligible, path, load_recalled([(passage, 1.0 - distance) for passage, distance in nearest]))


def searched_vectors(contracts: QuerySet[Contract]) -> QuerySet[PassageVector]:
    """A heading would take the place of a clause that states something."""
    return PassageVector.objects.filter(passage__contract__in=contracts.order_by()).exclude(passage__kind=HEADING)


def _scan(
    vectors: QuerySet[PassageVector], vector: npt.NDArray[np.float32], limit: int, planner: dict[str, str]
) -> list[tuple[int, float]]:
    """(passage, cosine distance), nearest first."""
    nearest = (
        vectors.annotate(distance=CosineDistance("embedding", HalfVector(vector)))
        .order_by("distance")
        .values_list("pk", "distance")[:limit]
    )
    with transaction.atomic(), _planner_settings(planner):
        found = list(nearest)
    # relaxed_order may swap neighbours.
    return sorted(found, key=lambda row: (row[1], row[0]))


@contextmanager
def _planner_settings(planner: dict[str, str]) -> Iterator[None]:
    """For this transaction only, as a pooled connection serves others next; undone even inside an outer transaction."""
    with connection.cursor() as cursor:
        for name, value in planner.items():
            cursor.execute(f"SET LOCAL {name} = {value}")
        yield
        for name in planner:
            cursor.execute(f"SET LOCAL {name} TO DEFAULT")


def load_recalled(nearest: Sequence[tuple[int, float | None]]) -> tuple[RecalledPassage, ...]:
    """(passage, similarity) in this order; those deleted meanwhile are left out."""
    passages = (
        Passage.objects.select_related("clause", "contract")
        .defer("contract__text")
        .prefetch_related("contract__parties")
        .in_bulk([passage for passage, _ in nearest])
    )
    return tuple(RecalledPassage(passages[pk], similarity) for pk, similarity in nearest if pk in passages)
