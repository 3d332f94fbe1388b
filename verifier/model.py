"""The joint reader: one Transformer in which a query reads a clause, and the clause does not see the query.

It is a cross-encoder with a mask. Clause tokens attend to the clause alone, so their keys and values are the same for
every query and are computed once per clause (``read_clauses``), like the prefix of a language model. In the lower
``apart`` layers query tokens attend to the query alone; above, also to the clause's keys and values of that layer.
Only the query is updated by the meeting of the two (as in MICE, arXiv 2602.16299), and both sides share the
backbone's layers as they are, so that training starts from what the backbone knows. The query's first token and its
mean decide.

The backbone is a BERT, or an MPNet with its relative position bias. A query sees a clause as words far to its right,
in the last bucket of that bias: the order within each side is kept, the distance between the sides says nothing.

Shapes: Q queries of Lq tokens over C clauses of Lc tokens, d hidden, H heads; T real tokens of a padded batch (n, L).
Everything but attention runs on the T real tokens, as padding is up to half of a batch.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import ClassVar, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from verifier.memory import KeysValues, Memory
from verifier.packing import Packing
from verifier.parties import Side


@dataclass(frozen=True, slots=True)
class ReaderConfig:
    vocabulary: int = 30522
    positions: int = 512
    hidden: int = 384
    heads: int = 12
    feed_forward: int = 1536
    layers: int = 6
    labels: int = 7
    kinds: int = 4
    dropout: float = 0.1
    apart: int = 0  # lower layers in which the query does not yet read the clause
    buckets: int = 0  # of the relative position bias; 0: none, as in BERT
    first_position: int = 0  # MPNet counts positions from 2
    norm_epsilon: float = 1e-12

    def as_dict(self) -> dict[str, int | float]:
        return asdict(self)


class Embeddings(nn.Module):
    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        self.first_position = config.first_position
        self.words = nn.Embedding(config.vocabulary, config.hidden)
        self.positions = nn.Embedding(config.positions, config.hidden)
        self.sides = nn.Embedding(2, config.hidden)  # 0 clause, 1 query: BERT's two segments
        self.norm = nn.LayerNorm(config.hidden, eps=config.norm_epsilon)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, tokens: Tensor, side: int) -> Tensor:  # (n, L) -> (n, L, d)
        positions = self.first_position + torch.arange(tokens.shape[1], device=tokens.device)
        embedded: Tensor = self.norm(self.words(tokens) + self.positions(positions) + self.sides.weight[side])
        return self.dropout.forward(embedded)


class Layer(nn.Module):
    """A BERT layer (post-norm) whose keys and values may include states that it does not update."""

    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        d = config.hidden
        self.heads = config.heads
        self.query, self.key, self.value, self.output = (nn.Linear(d, d) for _ in range(4))
        self.attention_norm = nn.LayerNorm(d, eps=config.norm_epsilon)
        self.up, self.down = nn.Linear(d, config.feed_forward), nn.Linear(config.feed_forward, d)
        self.feed_forward_norm = nn.LayerNorm(d, eps=config.norm_epsilon)
        self.dropout = nn.Dropout(config.dropout)

    def project(self, states: Tensor, packing: Packing) -> KeysValues:
        """states (T, d) -> keys and values (n, H, L, d/H)."""
        return KeysValues(self._heads(self.key(states), packing), self._heads(self.value(states), packing))

    def forward(
        self, x: Tensor, packing: Packing, mask: Tensor, memory: Memory | None = None
    ) -> tuple[Tensor, KeysValues, Tensor]:
        """x (T, d) -> its next states, the keys and values it had, and its attention (n, H, L, L + memory's length).

        mask, added to the scores, broadcasts to the attention's shape.
        """
        own = self.project(x, packing)
        queries = self._heads(self.query(x), packing) * (x.shape[-1] // self.heads) ** -0.5
        scores = own.scores(queries)
        if memory is not None:
            scores = torch.cat([scores, memory.scores(queries)], dim=-1)
        attention = (scores + mask.to(queries.dtype)).softmax(-1, dtype=queries.dtype)
        length = packing.size[1]
        attended = own.mix(attention[..., :length])
        if memory is not None:
            attended = attended + memory.mix(attention[..., length:])
        attended = packing.pack(attended.transpose(1, 2).reshape(*packing.size, -1))
        x = self.attention_norm(x + self.dropout(self.output(attended)))
        return self.feed_forward_norm.forward(x + self.dropout(self.down(F.gelu(self.up(x))))), own, attention

    def _heads(self, x: Tensor, packing: Packing) -> Tensor:
        padded = packing.spread(x)
        return padded.view(*packing.size, self.heads, -1).transpose(1, 2)


SEEN_LAYERS = 3  # the last ones, in which the query has read enough of the clause to look at what decides


@dataclass(frozen=True, slots=True)
class Output:
    logits: Tensor  # (Q, labels)
    bindings: tuple[Tensor, Tensor, Tensor, Tensor]  # logits as Batch.bindings: (Q, kinds) twice, (Q, 2) twice
    attention: Tensor | None  # (Q, n, Lc): share of each clause token in what the query looks at, for each head seen


class PositionBias(nn.Module):
    """MPNet's relative position bias, shared by all layers, joined with the mask; without buckets, the mask alone."""

    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        self.table = nn.Embedding(max(config.buckets, 1), config.heads)
        self.buckets = config.buckets

    def within(self, mask: Tensor) -> Tensor:
        """mask (n, L), True on real tokens -> (n, 1 or H, L, L), added to the scores of a side that reads itself."""
        added = _added(mask)
        if not self.buckets:
            return added
        place = torch.arange(mask.shape[1], device=mask.device)
        bias: Tensor = self.table(_bucket(place[None, :] - place[:, None], self.buckets))
        return added + bias.permute(2, 0, 1)[None]

    def across(self, clause_mask: Tensor) -> Tensor:
        """clause_mask (n, Lc) -> what is added to the scores of a query reading its clause, (n, 1 or H, 1, Lc)."""
        added = _added(clause_mask)
        return added + self.table.weight[-1][None, :, None, None] if self.buckets else added


def _at_working_precision(x: Tensor) -> Tensor:
    """Under autocast the states between layers are as short as those within, or casting eats what autocast saves."""
    device = x.device.type
    return x.to(torch.get_autocast_dtype(device)) if torch.is_autocast_enabled(device) else x


def _added(mask: Tensor) -> Tensor:
    return torch.zeros(mask.shape, device=mask.device).masked_fill(~mask, float("-inf"))[:, None, None, :]


def _mean_attention(weights: Sequence[Tensor], query_mask: Tensor) -> Tensor:
    """weights (Q, H, Lq, Lq + Lc) of some layers -> (Q, their heads, Lc), the mean over the words of the query."""
    words = (query_mask / query_mask.sum(1, keepdim=True))[:, None, None]
    length = query_mask.shape[1]
    return torch.cat([words.to(one.dtype) @ one[..., length:] for one in weights], dim=1).squeeze(2)


def _bucket(distance: Tensor, buckets: int, furthest: int = 128) -> Tensor:
    """Bucket of key place minus query place, as in T5 and MPNet: half for each side, exact near, logarithmic far."""
    half, exact = buckets // 2, buckets // 4
    size = distance.abs()
    ratio = torch.log(size.clamp(min=1).float() / exact) / math.log(furthest / exact)
    far = (exact + (ratio * (half - exact)).long()).clamp(max=half - 1)
    return torch.where(size < exact, size, far) + half * (distance > 0)


class JointReader(nn.Module):
    first: ClassVar[Side] = "query"  # whose first party is Alice

    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        self.config = config
        self.embeddings = Embeddings(config)
        self.position_bias = PositionBias(config)
        # What ModuleList holds, for the type checker.
        self.layers = cast("Sequence[Layer]", nn.ModuleList(Layer(config) for _ in range(config.layers)))
        # Added to the keys and values of a clause that a query reads, so that it can tell them from its own.
        self.clause_side = nn.Parameter(torch.zeros(config.layers - config.apart, 2, config.hidden))
        self.head = nn.Sequential(
            nn.Dropout(config.dropout),
            nn.Linear(2 * config.hidden, config.hidden),
            nn.GELU(),
            nn.Dropout(config.dropout),
            nn.Linear(config.hidden, config.labels),
        )
        # What each side says, learnt beside the label: the label is a comparison of the two, and is not learnt alone.
        self.bindings = nn.Linear(2 * config.hidden, 2 * config.kinds + 4)

    def read_clauses(self, tokens: Tensor, mask: Tensor) -> list[KeysValues]:
        """tokens, mask (C, Lc) -> keys and values of each joint layer: everything that does not depend on the query."""
        sides = self.clause_side.view(-1, 2, 1, self.config.heads, 1, self.config.hidden // self.config.heads)
        return [
            KeysValues(own.keys + side[0].to(own.keys.dtype), own.values + side[1].to(own.values.dtype))
            for side, (_, own) in zip(sides, self._clause_layers(tokens, mask), strict=True)
        ]

    def clause_states(self, tokens: Tensor, mask: Tensor) -> Tensor:
        """tokens, mask (C, Lc) -> (T, joint layers, d): of what ``read_clauses`` makes keys and values."""
        return torch.stack([states for states, _ in self._clause_layers(tokens, mask)], dim=1)

    def _clause_layers(self, tokens: Tensor, mask: Tensor) -> Iterator[tuple[Tensor, KeysValues]]:
        """What each joint layer gets of the clause (T, d), and the keys and values that it makes of it."""
        packing = Packing(mask)
        x = _at_working_precision(packing.pack(self.embeddings(tokens, side=0)))
        within = self.position_bias.within(mask)
        for number, layer in enumerate(self.layers[:-1]):
            after, own, _ = layer(x, packing, within)
            if number >= self.config.apart:
                yield x, own
            x = after
        yield x, self.layers[-1].project(x, packing)  # a clause's states above the last layer are read by none

    def forward(
        self,
        query_tokens: Tensor,  # (Q, Lq)
        query_mask: Tensor,  # (Q, Lq) bool
        clauses: Sequence[KeysValues],  # one per joint layer, from read_clauses
        clause_mask: Tensor,  # (C, Lc) bool
        clause_of: Tensor,  # (Q,) which clause each query reads
        *,
        query_of: Tensor | None = None,
        with_attention: bool = False,
    ) -> Output:
        memories = (clause.of(clause_of) for clause in clauses)
        return self.read(
            query_tokens,
            query_mask,
            memories,
            clause_mask[clause_of],
            query_of=query_of,
            with_attention=with_attention,
        )

    def read(
        self,
        query_tokens: Tensor,
        query_mask: Tensor,
        memories: Iterable[Memory],  # one per joint layer, of the clause that each of Q queries reads
        memory_mask: Tensor,  # (Q, Lc) bool
        *,
        query_of: Tensor | None = None,  # (Q,) its row of query_tokens; None: row by row
        with_attention: bool = False,
    ) -> Output:
        """The layers apart read a query once, however many clauses it is asked of."""
        packing = Packing(query_mask)
        x = _at_working_precision(packing.pack(self.embeddings(query_tokens, side=1)))
        within = self.position_bias.within(query_mask)
        for layer in self.layers[: self.config.apart]:
            x, _, _ = layer(x, packing, within)
        if query_of is not None:
            query_mask, asked = query_mask[query_of], packing.spread(x)[query_of]
            packing = Packing(query_mask)
            x, within = packing.pack(asked), self.position_bias.within(query_mask)
        joint = self.layers[self.config.apart :]
        across = self.position_bias.across(memory_mask)
        shape = (*within.shape[:2], query_mask.shape[1])
        mask = torch.cat([within.expand(*shape, -1), across.expand(*shape, -1)], dim=-1)
        weights: list[Tensor] = []
        for layer, memory in zip(joint, memories, strict=True):
            x, _, one = layer(x, packing, mask, memory)
            weights = [*weights[1 - SEEN_LAYERS :], one] if with_attention else []
        attention = _mean_attention(weights, query_mask) if with_attention else None
        mean = (packing.spread(x) * query_mask[:, :, None]).sum(1) / query_mask.sum(1, keepdim=True)
        pooled = torch.cat([x.index_select(0, packing.first), mean], dim=-1)
        asked, found, asked_first, found_first = self.bindings(pooled).split(
            (*(2 * (self.config.kinds,)), 2, 2), dim=-1
        )
        return Output(self.head(pooled), (asked, found, asked_first, found_first), attention)
