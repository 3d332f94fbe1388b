"""F4: a small vision Transformer over the map of cosines between query and clause tokens (arXiv 2604.16351).

As described there: three channels (cosine, the best of each row, the best of each column), patches of 8 by 8, a first
token, one layer with one head, width 384, feed-forward 32, tanh before the score: .94 million parameters. The map here
is 64 query by 256 clause tokens, not 128 by 128: as many patches and parameters, but clauses are long and queries
short, and 128 tokens would cut a third of the clauses off. Patches without any word are not read.

Beside its score, learnt by InfoNCE within the queries of one clause, it has a head for the seven labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from verifier.benchmark.contrast import info_nce
from verifier.benchmark.encoder import TokenEncoder, batches_by_length
from verifier.benchmark.labels import label_loss
from verifier.benchmark.system import Predictions, Prepared, TrainedSystem, decided
from verifier.curriculum import Curriculum, mixed_batches
from verifier.data.batches import CLAUSE_TOKENS, QUERY_TOKENS, Batch
from verifier.data.items import SUPPORTED
from verifier.data.lessons import Lessons
from verifier.parties import neutralise_pair
from verifier.types import LABELS, Pair

PATCH = 8
RATE, ENCODER_RATE = 1e-4, 1.5e-5
MAPS_PER_PASS = 32


class MapTransformer(nn.Module):
    def __init__(
        self, width: int = 384, feed_forward: int = 32, rows: int = QUERY_TOKENS, columns: int = CLAUSE_TOKENS
    ):
        super().__init__()
        self.patches = nn.Conv2d(3, width, PATCH, PATCH)
        self.first = nn.Parameter(0.02 * torch.randn(1, 1, width))
        self.first_position = nn.Parameter(0.02 * torch.randn(1, 1, width))
        self.positions = nn.Parameter(0.02 * torch.randn(1, width, rows // PATCH, columns // PATCH))
        self.layer = nn.TransformerEncoderLayer(
            width, 1, feed_forward, dropout=0.1, activation="gelu", batch_first=True, norm_first=True
        )
        self.norm = nn.LayerNorm(width)
        self.pooler = nn.Linear(width, width)
        self.score = nn.Linear(width, 1)
        self.labels = nn.Linear(width, len(LABELS))

    def forward(self, maps: Tensor, real: Tensor) -> tuple[Tensor, Tensor]:
        """maps (n, 3, R, C), real (n, R, C): True at words; R, C multiples of 8 -> scores (n,), logits (n, 7)."""
        patches = self.patches(maps)  # (n, width, R/8, C/8)
        patches = patches + self.positions[:, :, : patches.shape[2], : patches.shape[3]]
        empty = F.max_pool2d(real.float()[:, None], PATCH).flatten(1) == 0
        first = (self.first + self.first_position).expand(len(maps), -1, -1)
        x = torch.cat([first, patches.flatten(2).transpose(1, 2)], dim=1)
        x = self.layer(x, src_key_padding_mask=F.pad(empty, (1, 0), value=False))
        pooled = torch.tanh(self.pooler(self.norm(x[:, 0])))
        return self.score(pooled).squeeze(-1), self.labels(pooled)


def similarity_maps(queries: Sequence[Tensor], clauses: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Token states of n queries and n clauses, each (L, d) -> maps (n, 3, R, C) and where they are real, (n, R, C)."""
    rows, columns = (_rounded(max(len(states) for states in side)) for side in (queries, clauses))
    maps = []
    for query, clause in zip(queries, clauses, strict=True):
        cosine = F.normalize(query, dim=-1) @ F.normalize(clause, dim=-1).T
        best_of_row, best_of_column = cosine.amax(1, keepdim=True), cosine.amax(0, keepdim=True)
        channels = torch.stack([cosine, best_of_row.expand_as(cosine), best_of_column.expand_as(cosine)])
        maps.append(F.pad(channels, (0, columns - len(clause), 0, rows - len(query))))
    real = torch.zeros((len(maps), rows, columns), dtype=torch.bool, device=maps[0].device)
    for number, (query, clause) in enumerate(zip(queries, clauses, strict=True)):
        real[number, : len(query), : len(clause)] = True
    return torch.stack(maps), real


def _rounded(length: int) -> int:
    return -(-length // PATCH) * PATCH


class MapReader(TrainedSystem):
    def __init__(self, folder: Path | None = None, *, frozen: bool) -> None:
        super().__init__()
        self.encoder = TokenEncoder(folder).requires_grad_(not frozen)
        self.reader = MapTransformer()
        self.frozen = frozen

    def train(self, mode: bool = True) -> MapReader:
        super().train(mode)
        self.encoder.train(mode and not self.frozen)
        return self

    def prepare(self, pairs: Sequence[Pair]) -> Prepared:
        neutral = [neutralise_pair(pair.query, pair.clause, pair.parties) for pair in pairs]
        clauses = self.encoder.states([clause.text for _, clause in neutral])

        def read() -> Predictions:
            queries = self.encoder.states([query for query, _ in neutral], QUERY_TOKENS)
            return self._read([queries[query] for query, _ in neutral], [clauses[clause.text] for _, clause in neutral])

        tokens = sum(len(states) for states in clauses.values())
        return Prepared(read, bytes_per_clause=2 * self.encoder.hidden * tokens / max(len(clauses), 1))

    @torch.inference_mode()
    def _read(self, queries: Sequence[Tensor], clauses: Sequence[Tensor]) -> Predictions:
        scores = [0.0] * len(queries)
        probabilities: list[list[float]] = [[]] * len(queries)
        lengths = [len(clause) for clause in clauses]
        for batch in batches_by_length(lengths, tokens=MAPS_PER_PASS * CLAUSE_TOKENS):
            score, logits = self.reader(*similarity_maps([queries[i] for i in batch], [clauses[i] for i in batch]))
            for i, number, row in zip(batch, score.tolist(), logits.softmax(-1).tolist(), strict=True):
                scores[i], probabilities[i] = number, row
        return decided(scores, probabilities)

    def parameter_groups(self) -> list[dict[str, Any]]:
        groups: list[dict[str, Any]] = [{"params": list(self.reader.parameters()), "lr": RATE}]
        return groups if self.frozen else [*groups, {"params": list(self.encoder.parameters()), "lr": ENCODER_RATE}]

    def batches(self, lessons: Lessons, rng: Random, curriculum: Curriculum) -> Iterator[tuple[str, Batch]]:
        return mixed_batches(lessons, self.encoder.tokenizer, rng, curriculum)

    def loss(self, batch: Batch) -> Tensor:
        batch = batch.to(self.encoder.device)
        with torch.set_grad_enabled(not self.frozen):
            clauses = _rows(self.encoder(batch.clause_tokens, batch.clause_mask), batch.clause_mask)
            queries = _rows(self.encoder(batch.query_tokens, batch.query_mask), batch.query_mask)
        scores, logits = self.reader(*similarity_maps(queries, [clauses[i] for i in batch.clause_of.tolist()]))
        own = batch.clause_of == torch.arange(len(clauses), device=scores.device)[:, None]  # (clauses, queries)
        negative = ~batch.allowed[:, SUPPORTED]
        positive = batch.allowed[:, SUPPORTED] & (batch.allowed.sum(1) == 1)
        contrast = info_nce(scores.expand(len(clauses), -1), own & positive, own & negative)
        return contrast + label_loss(logits, batch)


def _rows(states: Tensor, mask: Tensor) -> list[Tensor]:
    return [row[: int(length)] for row, length in zip(states, mask.sum(1), strict=True)]
