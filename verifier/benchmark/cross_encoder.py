"""The full cross-encoder: query and clause in one text, every token reading every other, nothing stored.

The same heads, data, losses and rates as the verifier; only the wiring differs. It is the quality to reach and the cost
to undercut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor, nn

from verifier.benchmark.encoder import TokenEncoder, batches_by_length
from verifier.benchmark.labels import BINDINGS, binding_loss, label_loss
from verifier.benchmark.system import Predictions, Prepared, TrainedSystem, decided
from verifier.curriculum import Curriculum, mixed_batches
from verifier.data.batches import QUERY_TOKENS, Batch, pad
from verifier.data.items import SUPPORTED
from verifier.data.lessons import Lessons
from verifier.parties import neutralise_pair
from verifier.types import LABELS, Pair

RATE, HEAD_RATE = 1e-4, 1e-3


class CrossEncoder(TrainedSystem):
    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self.encoder = TokenEncoder(folder)
        self.encoder.model.get_input_embeddings().requires_grad_(False)  # half the weights; as in verifier.train
        width = self.encoder.hidden
        self.head = nn.Sequential(
            nn.Dropout(0.1), nn.Linear(2 * width, width), nn.GELU(), nn.Dropout(0.1), nn.Linear(width, len(LABELS))
        )
        self.bindings = nn.Linear(2 * width, sum(BINDINGS))

    def forward(self, queries: Sequence[list[int]], clauses: Sequence[list[int]]) -> tuple[Tensor, Tensor]:
        """n token lists each, with their marks -> logits (n, labels), and what the sides say (n, sum of BINDINGS)."""
        joined = [query + clause[1:] for query, clause in zip(queries, clauses, strict=True)]
        tokens, mask = pad(joined)
        places = torch.arange(tokens.shape[1])
        sides = (places >= torch.tensor([len(query) for query in queries])[:, None]) & mask
        states = self.encoder(tokens, mask, sides.long())
        weights = mask.to(states.device).unsqueeze(-1)
        mean = (states * weights).sum(1) / weights.sum(1)
        pooled = torch.cat([states[:, 0], mean], dim=-1)
        return self.head(pooled), self.bindings(pooled)

    def prepare(self, pairs: Sequence[Pair]) -> Prepared:
        def read() -> Predictions:
            neutral = [neutralise_pair(pair.query, pair.clause, pair.parties) for pair in pairs]
            queries = self.encoder.token_ids([query for query, _ in neutral], QUERY_TOKENS)
            return self._read(queries, self.encoder.token_ids([clause.text for _, clause in neutral]))

        return Prepared(read, bytes_per_clause=0)

    @torch.inference_mode()
    def _read(self, queries: Sequence[list[int]], clauses: Sequence[list[int]]) -> Predictions:
        probabilities: list[list[float]] = [[]] * len(queries)
        lengths = [len(query) + len(clause) for query, clause in zip(queries, clauses, strict=True)]
        for batch in batches_by_length(lengths):
            logits, _ = self([queries[i] for i in batch], [clauses[i] for i in batch])
            for i, row in zip(batch, logits.softmax(-1).tolist(), strict=True):
                probabilities[i] = row
        return decided([row[SUPPORTED] for row in probabilities], probabilities)

    def parameter_groups(self) -> list[dict[str, Any]]:
        backbone = [parameter for parameter in self.encoder.parameters() if parameter.requires_grad]
        heads = [*self.head.parameters(), *self.bindings.parameters()]
        return [{"params": backbone, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]

    def batches(self, lessons: Lessons, rng: Random, curriculum: Curriculum) -> Iterator[tuple[str, Batch]]:
        return mixed_batches(lessons, self.encoder.tokenizer, rng, curriculum)

    def loss(self, batch: Batch) -> Tensor:
        batch = batch.to(self.encoder.device)
        clauses = _ids(batch.clause_tokens, batch.clause_mask)
        queries = _ids(batch.query_tokens, batch.query_mask)
        logits, bindings = self(queries, [clauses[i] for i in batch.clause_of.tolist()])
        return label_loss(logits, batch) + binding_loss(bindings, batch)


def _ids(tokens: Tensor, mask: Tensor) -> list[list[int]]:
    return [row[real].tolist() for row, real in zip(tokens, mask, strict=True)]
