"""The recall encoder fine-tuned on near misses: what the paper shows to cost retrieval, and hardly to help binding.

A query is drawn to the clauses that support it and driven from its near misses: other clauses, twins of its own clause
among them, and for a clause the queries that it does not support. Texts are read as they are written, as a vector that
is stored when the clause comes in cannot know by which names a query will call the parties.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor

from verifier.benchmark.contrast import info_nce
from verifier.benchmark.cosine import Cosine
from verifier.benchmark.encoder import TokenEncoder
from verifier.benchmark.system import Prepared, TrainedSystem
from verifier.curriculum import Curriculum, endless
from verifier.data.batches import QUERY_TOKENS, pad
from verifier.data.items import SUPPORTED, Group
from verifier.data.lessons import Lessons
from verifier.types import Pair

RATE = 1.5e-5
CLAUSES_PER_BATCH = 16


@dataclass(frozen=True, slots=True)
class Contrast:
    clauses: list[str]
    queries: list[str]
    supported: Tensor  # (clauses, queries) bool

    def __len__(self) -> int:
        return len(self.queries)


class NearMissEncoder(TrainedSystem):
    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self.encoder = TokenEncoder(folder)

    def prepare(self, pairs: Sequence[Pair]) -> Prepared:
        return Cosine(self.encoder).prepare(pairs)

    def parameter_groups(self) -> list[dict[str, Any]]:
        return [{"params": list(self.parameters()), "lr": RATE}]

    def batches(self, lessons: Lessons, rng: Random, curriculum: Curriculum) -> Iterator[tuple[str, Contrast]]:
        # A pool of one batch keeps different contracts, and twins, together.
        for groups in endless(lessons.hand_written, rng, size=CLAUSES_PER_BATCH, pool=CLAUSES_PER_BATCH):
            yield "hand_written", contrast(groups)

    def loss(self, batch: Contrast) -> Tensor:
        clauses = self.encoder.pooled(*pad(self.encoder.token_ids(batch.clauses)))
        queries = self.encoder.pooled(*pad(self.encoder.token_ids(batch.queries, QUERY_TOKENS)))
        scores, supported = clauses @ queries.T, batch.supported.to(clauses.device)
        return (info_nce(scores, supported, ~supported) + info_nce(scores.T, supported.T, ~supported.T)) / 2


def contrast(groups: Sequence[Group]) -> Contrast:
    """Each clause with each distinct query of the groups; what was asked of another clause is taken as unrelated."""
    queries = list(dict.fromkeys(question.text for group in groups for question in group.questions))
    supported = torch.zeros((len(groups), len(queries)), dtype=torch.bool)
    for row, group in enumerate(groups):
        for question in group.questions:
            supported[row, queries.index(question.text)] = question.allowed == (SUPPORTED,)
    return Contrast([group.clause for group in groups], queries, supported)
