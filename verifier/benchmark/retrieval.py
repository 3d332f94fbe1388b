"""nDCG@10 of full text, of the encoders before and after they were tuned, and of their fusion.

ACORD (lawyers' clause retrieval), Cranfield and CISI. Proviso recalls with the untuned encoder, so its row is "cosine".
Of ACORD only the clauses judged for a query are ranked: a third of all at most, and of the others many are relevant.
"""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from verifier.benchmark.bootstrap import Interval, interval, mean_of, resamples
from verifier.benchmark.encoder import TokenEncoder
from verifier.benchmark.full_text import FullText
from verifier.benchmark.hybrid import fuse
from verifier.data.items import read_lines

DEPTH = 10
Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    name: str
    documents: dict[str, str]
    queries: dict[str, str]
    gains: dict[str, dict[str, float]]  # query -> document -> above 0
    judged: dict[str, set[str]] | None  # query -> the documents to rank, gain or not; None: all documents


def read_sets(data: Path) -> tuple[list[RetrievalSet], list[str]]:
    """The sets that ``data`` holds, and the folders that it lacks."""
    sets, absent = [], []
    for name, folder, documents in (
        ("acord", "acord", "clauses"),
        ("cranfield", "retrieval/cranfield", "corpus"),
        ("cisi", "retrieval/cisi", "corpus"),
    ):
        if (data / folder / f"{documents}.jsonl.gz").exists():
            sets.append(_read_set(name, data / folder, documents))
        else:
            absent.append(folder)
    return sets, absent


def _read_set(name: str, folder: Path, corpus: str) -> RetrievalSet:
    gains: dict[str, dict[str, float]] = {}
    judged: dict[str, set[str]] = {}
    for row in read_lines(folder / "qrels.jsonl.gz"):
        query, document, gain = _judgement(row)
        judged.setdefault(query, set()).add(document)
        if gain > 0:
            gains.setdefault(query, {})[document] = gain
    documents = {row["_id"]: _text(row) for row in read_lines(folder / f"{corpus}.jsonl.gz")}
    queries = {row["_id"]: row["text"] for row in read_lines(folder / "queries.jsonl.gz") if row["_id"] in gains}
    return RetrievalSet(name, documents, queries, gains, judged if name == "acord" else None)


def _judgement(row: dict[str, Any]) -> tuple[str, str, float]:
    if "stars" in row:
        return row["query"], row["clause"], float(row["stars"])
    return row["query-id"], row["corpus-id"], float(row["score"])


def _text(row: dict[str, Any]) -> str:
    return f"{row['title']} {row['text']}" if row.get("title") else str(row["text"])


def sample(collection: RetrievalSet, queries: int, documents: int, seed: int = 7) -> RetrievalSet:
    """Some queries over what is relevant to them and enough of the rest: easier than the whole."""
    rng = random.Random(seed)
    asked = rng.sample(sorted(collection.queries), min(queries, len(collection.queries)))
    relevant = {document for query in asked for document in collection.gains[query]} & collection.documents.keys()
    others = sorted(collection.documents.keys() - relevant)
    kept = [*sorted(relevant), *rng.sample(others, min(max(documents - len(relevant), 0), len(others)))]
    return RetrievalSet(
        collection.name,
        {document: collection.documents[document] for document in kept},
        {query: collection.queries[query] for query in asked},
        {query: collection.gains[query] for query in asked},
        collection.judged and {query: collection.judged[query] & set(kept) for query in asked},
    )


def measure_retrieval(
    collection: RetrievalSet, encoders: Mapping[str, TokenEncoder], cache: Path
) -> dict[str, dict[str, Interval]]:
    """Ranker -> nDCG@10, with intervals over queries."""
    documents, asked = list(collection.documents), list(collection.queries)
    full_text = FullText(list(collection.documents.values()))
    scores: dict[str, list[Any]] = {"BM25": [full_text.scores(collection.queries[query]) for query in asked]}
    for name, encoder in encoders.items():
        matrix = embedded(encoder, list(collection.documents.values()), cache)
        vectors = embedded(encoder, list(collection.queries.values()), cache)
        scores[name] = list(vectors @ matrix.T)
        scores[f"BM25 + {name} (RRF)"] = [fuse(pair) for pair in zip(scores["BM25"], scores[name], strict=True)]
    drawn = resamples(asked)
    found = {}
    for name, rows in scores.items():
        gained = [
            ndcg(_best(row, documents, (collection.judged or {}).get(query)), collection.gains[query])
            for row, query in zip(rows, asked, strict=True)
        ]
        found[name] = {"ndcg_at_10": interval(mean_of(gained), len(asked), drawn)}
    return found


def _best(scores: npt.NDArray[np.floating], documents: Sequence[str], judged: Set[str] | None) -> list[str]:
    ordered = (documents[place] for place in np.argsort(-scores, kind="stable"))
    return list(islice((document for document in ordered if judged is None or document in judged), DEPTH))


def ndcg(ranked: Sequence[str], gains: Mapping[str, float], depth: int = DEPTH) -> float:
    """Gains count as they are, as in trec_eval. NaN where nothing is relevant."""
    ideal = sum(gain / math.log2(place + 2) for place, gain in enumerate(sorted(gains.values(), reverse=True)[:depth]))
    gained = sum(gains.get(document, 0.0) / math.log2(place + 2) for place, document in enumerate(ranked[:depth]))
    return gained / ideal if ideal else math.nan


def embedded(encoder: TokenEncoder, texts: Sequence[str], cache: Path) -> Matrix:
    """(n, d), kept in ``cache`` under a name made of the encoder's weights and the texts, as it takes minutes."""
    digest = hashlib.sha256()
    for parameter in encoder.parameters():
        digest.update(parameter.detach().numpy(force=True).tobytes())
    for text in texts:
        digest.update(text.encode() + b"\0")
    path = cache / "embeddings" / f"{digest.hexdigest()[:32]}.npy"
    if path.exists():
        kept: Matrix = np.load(path)
        return kept
    vectors = encoder.vectors(texts)
    matrix: Matrix = np.stack([vectors[text].numpy(force=True) for text in texts])
    path.parent.mkdir(parents=True, exist_ok=True)
    np.save(path, matrix)
    return matrix
