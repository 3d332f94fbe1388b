from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.models import Contract, Matter
from search.encode import Vectors
from search.models import PassageVector
from search.recall import recall_passages
from tests.search.conftest import add_contract

RARE = 2  # passages of 2,000: 0.1 % eligible


def seeded_vectors(count: int, seed: int) -> Vectors:
    """Clustered like the sentences of contracts: 40 subjects, and noise around each."""
    subjects = np.random.default_rng(0).normal(size=(40, 384))
    noise = np.random.default_rng(seed)
    rows = subjects[noise.integers(0, 40, count)] + 0.9 * noise.normal(size=(count, 384))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def crowd(matter: Matter) -> Matter:
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX passage_embedding_hnsw")  # building it afterwards is many times faster
        add_contract(matter, [[str(i) for i in range(2000 - RARE)]], seeded_vectors(2000 - RARE, seed=1))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        [index] = PassageVector._meta.indexes
        with connection.schema_editor() as editor:
            editor.add_index(PassageVector, index)
        cursor.execute("ANALYZE search_passagevector, contracts_passage, contracts_contract")
    return matter


def found(vector: Vectors, contracts: Any, limit: int = 50) -> tuple[str, set[int]]:
    recall = recall_passages(vector, contracts, limit)
    similarities = [recalled.similarity for recalled in recall.passages]
    assert similarities == sorted(similarities, reverse=True)
    return recall.path, {recalled.passage.pk for recalled in recall.passages}


def plan_of_scan(queries: CaptureQueriesContext) -> str:
    [scan] = [query["sql"] for query in queries if "<=>" in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + scan)
        return "\n".join(line for (line,) in cursor.fetchall())


def test_exact_scan_is_numpy_s_order(crowd: Matter) -> None:
    vectors = seeded_vectors(2000 - RARE, seed=1)
    query = seeded_vectors(1, seed=2)[0]
    recall = recall_passages(query, Contract.objects.all(), 20)
    assert (recall.eligible, recall.path) == (2000 - RARE, "exact")
    nearest = [vectors[int(recalled.passage.reading)] @ query for recalled in recall.passages]
    np.testing.assert_allclose(nearest, np.sort(vectors @ query)[::-1][:20], atol=2e-3)
    np.testing.assert_allclose([recalled.similarity for recalled in recall.passages], nearest, atol=2e-3)


def test_hnsw_agrees_with_the_exact_scan(
    crowd: Matter, lawyer: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.recall.POOL", {"exact": 50, "hnsw": 50})  # else half of so small a crowd
    contracts = Contract.objects.visible_to(lawyer)
    agreements = []
    for query in seeded_vectors(10, seed=3):
        settings.EXACT_SCAN_LIMIT = 200_000
        exact = found(query, contracts)
        settings.EXACT_SCAN_LIMIT = 0
        with CaptureQueriesContext(connection) as queries:
            approximate = found(query, contracts)
        assert "Index Scan using passage_embedding_hnsw" in plan_of_scan(queries)
        assert (exact[0], approximate[0]) == ("exact", "hnsw")
        assert len(approximate[1]) == 50
        agreements.append(len(exact[1] & approximate[1]) / 50)
    assert np.mean(agreements) >= 0.98


@pytest.mark.parametrize("exact_limit", [0, 200_000])
def test_a_filter_that_leaves_one_in_a_thousand_loses_nothing(crowd: Matter, settings: Any, exact_limit: int) -> None:
    settings.EXACT_SCAN_LIMIT = exact_limit
    rare = add_contract(crowd, [["rare one"], ["rare two"]], seeded_vectors(RARE, seed=4))
    far = -seeded_vectors(RARE, seed=4).sum(axis=0)
    _, passages = found(far, Contract.objects.filter(pk=rare.pk))
    assert passages == set(rare.passages.values_list("pk", flat=True))
    assert len(found(far, Contract.objects.filter(pk=rare.pk), limit=1)[1]) == 1


def test_an_index_that_stops_short_is_completed_by_the_exact_scan(
    crowd: Matter, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EXACT_SCAN_LIMIT = 0
    short = {"hnsw.iterative_scan": "off", "hnsw.ef_search": "10", "enable_seqscan": "off", "enable_sort": "off"}
    monkeypatch.setattr("search.recall.HNSW_SCAN", short)
    path, passages = found(seeded_vectors(1, seed=5)[0], Contract.objects.all())
    assert (path, len(passages)) == ("exact", 50)


def test_the_planner_s_settings_end_with_the_scan(crowd: Matter) -> None:
    recall_passages(seeded_vectors(1, seed=6)[0], Contract.objects.all(), 5)
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_indexscan")
        assert cursor.fetchone() == ("on",)


def test_nothing_eligible(lawyer: User) -> None:
    recall = recall_passages(seeded_vectors(1, seed=7)[0], Contract.objects.visible_to(lawyer), 50)
    assert (recall.eligible, recall.passages) == (0, ())


def test_loading_takes_the_same_queries_for_one_passage_or_fifty(crowd: Matter) -> None:
    query = seeded_vectors(1, seed=8)[0]
    counts = []
    for limit in (1, 50):
        with CaptureQueriesContext(connection) as queries:
            for recalled in recall_passages(query, Contract.objects.all(), limit).passages:
                assert recalled.passage.clause.number and recalled.passage.contract.parties.all()
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_headings_take_no_clause_s_place(matter: Matter) -> None:
    contract = add_contract(matter, [["Indemnity"], ["The Supplier shall indemnify the Customer."]])
    contract.passages.filter(reading="Indemnity").update(kind="heading")
    recall = recall_passages(seeded_vectors(1, seed=2)[0], Contract.objects.all(), 50)
    assert recall.eligible == 1
    assert [one.passage.reading for one in recall.passages] == ["The Supplier shall indemnify the Customer."]


@pytest.mark.parametrize("exact_limit", [0, 200_000])
def test_of_the_nearest_those_with_the_question_s_words_come_first(
    matter: Matter, settings: Any, monkeypatch: pytest.MonkeyPatch, exact_limit: int
) -> None:
    settings.EXACT_SCAN_LIMIT = exact_limit
    asked, aside = np.eye(384, dtype=np.float32)[:2]
    texts = ["Prices may change.", "Delivery is late.", "The Host shall deliver the goods.", "Goods are delivered."]
    vectors = np.stack([asked + far * aside for far in (0.2, 0.4, 0.6, 9.0)])
    add_contract(matter, [[text] for text in texts], vectors / np.linalg.norm(vectors, axis=1, keepdims=True))

    def order(limit: int) -> list[str]:
        recall = recall_passages(asked, Contract.objects.all(), limit, "goods must be delivered")
        return [one.passage.reading for one in recall.passages]

    assert order(4) == [texts[2], texts[1], texts[0], texts[3]]
    assert order(1) == [texts[2]]
    monkeypatch.setattr("search.recall.POOL", {"exact": 2, "hnsw": 2})
    assert order(2) == [texts[1], texts[0]]  # among the nearest alone
