"""The joint reader: one Transformer in which a query reads a clause, and the clause does not see the query.

It is a cross-encoder with a mask. Clause tokens attend to the clause alone, so their keys and values are the same for
every query and are computed once per clause (``read_clauses``), like the prefix of a language model. Query tokens
attend, in every layer, to the query and to the clause's keys and values of that layer. Only the query is updated by the
meeting of the two (as in MICE, arXiv 2602.16299), and both sides share the backbone's layers as they are, so that
training starts from what the backbone knows. The query's first token and its mean decide.

Shapes: Q queries of Lq tokens over C clauses of Lc tokens, d hidden, H heads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True, slots=True)
class ReaderConfig:
    vocabulary: int = 30522
    positions: int = 512
    hidden: int = 384
    heads: int = 12
    feed_forward: int = 1536
    layers: int = 6
    labels: int = 7
    dropout: float = 0.1

    def as_dict(self) -> dict[str, int | float]:
        return asdict(self)


class Embeddings(nn.Module):
    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        self.words = nn.Embedding(config.vocabulary, config.hidden)
        self.positions = nn.Embedding(config.positions, config.hidden)
        self.sides = nn.Embedding(2, config.hidden)  # 0 clause, 1 query: BERT's two segments
        self.norm = nn.LayerNorm(config.hidden, eps=1e-12)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, tokens: Tensor, side: int) -> Tensor:  # (n, L) -> (n, L, d)
        positions = torch.arange(tokens.shape[1], device=tokens.device)
        embedded: Tensor = self.norm(self.words(tokens) + self.positions(positions) + self.sides.weight[side])
        return self.dropout.forward(embedded)


class Layer(nn.Module):
    """A BERT layer (post-norm) whose keys and values may include states that it does not update."""

    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        d = config.hidden
        self.heads = config.heads
        self.query, self.key, self.value, self.output = (nn.Linear(d, d) for _ in range(4))
        self.attention_norm = nn.LayerNorm(d, eps=1e-12)
        self.up, self.down = nn.Linear(d, config.feed_forward), nn.Linear(config.feed_forward, d)
        self.feed_forward_norm = nn.LayerNorm(d, eps=1e-12)
        self.dropout = nn.Dropout(config.dropout)

    def project(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values of states: two of (n, H, L, d/H)."""
        return self._split(self.key(states)), self._split(self.value(states))

    def forward(self, x: Tensor, mask: Tensor, read: tuple[Tensor, Tensor] | None = None) -> Tensor:
        """x (n, L, d); mask (n, 1, 1, L + read length), True where a key may be attended; read: keys and values."""
        keys, values = self.project(x)
        if read is not None:
            keys, values = torch.cat([keys, read[0]], dim=2), torch.cat([values, read[1]], dim=2)
        attended = F.scaled_dot_product_attention(self._split(self.query(x)), keys, values, attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(x.shape)
        x = self.attention_norm(x + self.dropout(self.output(attended)))
        return self.feed_forward_norm.forward(x + self.dropout(self.down(F.gelu(self.up(x)))))

    def attention_to(self, x: Tensor, mask: Tensor, read: tuple[Tensor, Tensor]) -> Tensor:
        """How much each query token attends to each read state, mean over heads: (n, L, read length)."""
        keys, _ = self.project(x)
        keys = torch.cat([keys, read[0]], dim=2)
        scores = self._split(self.query(x)) @ keys.transpose(-1, -2) / (keys.shape[-1] ** 0.5)
        weights: Tensor = scores.masked_fill(~mask, float("-inf")).softmax(-1).mean(1)
        return weights[:, :, x.shape[1] :]

    def _split(self, x: Tensor) -> Tensor:
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)


KeysValues = tuple[Tensor, Tensor]
"""Two of (C, H, Lc, d/H)."""


@dataclass(frozen=True, slots=True)
class Reading:
    logits: Tensor  # (Q, labels)
    attention: Tensor | None  # (Q, Lc): share of the query's attention to each clause token in the last layer


class JointReader(nn.Module):
    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        self.config = config
        self.embeddings = Embeddings(config)
        # What ModuleList holds, for the type checker.
        self.layers = cast("Sequence[Layer]", nn.ModuleList(Layer(config) for _ in range(config.layers)))
        self.head = nn.Sequential(
            nn.Dropout(config.dropout),
            nn.Linear(2 * config.hidden, config.hidden),
            nn.GELU(),
            nn.Dropout(config.dropout),
            nn.Linear(config.hidden, config.labels),
        )

    def read_clauses(self, tokens: Tensor, mask: Tensor) -> list[KeysValues]:
        """tokens, mask (C, Lc) -> keys and values of each layer: everything that does not depend on the query."""
        return self._clause_pass(tokens, mask)[1]

    def clause_states(self, tokens: Tensor, mask: Tensor) -> Tensor:
        """tokens, mask (C, Lc) -> last states (C, Lc, d), as the backbone would give them."""
        return self._clause_pass(tokens, mask)[0]

    def _clause_pass(self, tokens: Tensor, mask: Tensor) -> tuple[Tensor, list[KeysValues]]:
        x = self.embeddings(tokens, side=0)
        read = []
        for layer in self.layers:
            read.append(layer.project(x))
            x = layer(x, mask[:, None, None, :])
        return x, read

    def forward(
        self,
        query_tokens: Tensor,  # (Q, Lq)
        query_mask: Tensor,  # (Q, Lq) bool
        clauses: Sequence[KeysValues],  # one per layer, from read_clauses
        clause_mask: Tensor,  # (C, Lc) bool
        clause_of: Tensor,  # (Q,) which clause each query reads
        *,
        with_attention: bool = False,
    ) -> Reading:
        x = self.embeddings(query_tokens, side=1)
        mask = torch.cat([query_mask, clause_mask[clause_of]], dim=-1)[:, None, None, :]
        attention = None
        for number, (layer, (keys, values)) in enumerate(zip(self.layers, clauses, strict=True)):
            # index_select, as the gradient of plain indexing is many times slower on a CPU.
            read = keys.index_select(0, clause_of), values.index_select(0, clause_of)
            if with_attention and number == len(self.layers) - 1:
                weights = layer.attention_to(x, mask, read)
                attention = (weights * query_mask[:, :, None]).sum(1) / query_mask.sum(1, keepdim=True)
            x = layer(x, mask, read)
        mean = (x * query_mask[:, :, None]).sum(1) / query_mask.sum(1, keepdim=True)
        return Reading(self.head(torch.cat([x[:, 0], mean], dim=-1)), attention)


def from_backbone(config: ReaderConfig, bert: dict[str, Tensor]) -> JointReader:
    """A reader whose layers are those of a BERT checkpoint; only the head is new."""
    model = JointReader(config)
    strip = {name.removeprefix("bert."): value for name, value in bert.items()}
    with torch.no_grad():
        model.embeddings.words.weight.copy_(strip["embeddings.word_embeddings.weight"])
        model.embeddings.positions.weight.copy_(strip["embeddings.position_embeddings.weight"])
        model.embeddings.sides.weight.copy_(strip["embeddings.token_type_embeddings.weight"])
        _copy(model.embeddings.norm, strip, "embeddings.LayerNorm")
        for number, layer in enumerate(model.layers):
            prefix = f"encoder.layer.{number}."
            for module, name in (
                (layer.query, "attention.self.query"),
                (layer.key, "attention.self.key"),
                (layer.value, "attention.self.value"),
                (layer.output, "attention.output.dense"),
                (layer.attention_norm, "attention.output.LayerNorm"),
                (layer.up, "intermediate.dense"),
                (layer.down, "output.dense"),
                (layer.feed_forward_norm, "output.LayerNorm"),
            ):
                _copy(module, strip, prefix + name)
    return model


def _copy(module: nn.Linear | nn.LayerNorm, source: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(source[f"{name}.weight"])
    module.bias.copy_(source[f"{name}.bias"])
