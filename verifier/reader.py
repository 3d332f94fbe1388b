"""The reader as it is served: one side reads clauses when they arrive, the other side reads queries against them.

Both sides have the layers of a joint reader as ``verifier.train`` leaves it, each changed by a small difference that
``verifier.compress`` taught it: what the clause's side makes of a clause is stored as codes, and the query's side reads
codes. The joint reader itself gives doubtful verdicts a second reading, from the words, by a difference of its own that
``verifier.second_reading`` taught it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import ClassVar, cast

from torch import Tensor, nn

from verifier.codec import DIMENSIONS, StateCodec, rounded
from verifier.low_rank import small_changes
from verifier.marker import Marker
from verifier.model import SEEN_LAYERS, JointReader, Output
from verifier.packing import Packing
from verifier.parties import Side


class Reader(nn.Module):
    first: ClassVar[Side] = "clause"  # so that nothing of a clause's reading follows from the query

    def __init__(self, trained: JointReader, dimensions: int = DIMENSIONS) -> None:
        super().__init__()
        self.trained = trained
        self.codec = StateCodec(trained.config, dimensions)
        # Word vectors and position bias, a third of the weights, are the same everywhere.
        shared = {id(module): module for module in (trained.embeddings, trained.position_bias)}
        self.clause_side: JointReader = copy.deepcopy(trained, dict(shared))
        self.query_side: JointReader = copy.deepcopy(trained, dict(shared))
        joint = trained.config.layers - trained.config.apart
        self.marker = Marker(trained.config.heads * min(SEEN_LAYERS, joint))

    def sides(self) -> tuple[nn.ModuleList, nn.ModuleList]:
        """The layers of the clause's and of the query's; a clause's states above the last layer are read by none."""
        return cast("nn.ModuleList", self.clause_side.layers[:-1]), cast("nn.ModuleList", self.query_side.layers)

    def changed_layers(self) -> tuple[nn.ModuleList, ...]:
        """All that differ from the joint reader as it was trained."""
        return *self.sides(), cast("nn.ModuleList", self.trained.layers)

    def differences(self) -> Iterator[tuple[str, nn.Parameter]]:
        """By name, what is not as ``verifier.train`` left it, while low-rank differences are not merged."""
        heads = [module for reader in (self.query_side, self.trained) for module in (reader.head, reader.bindings)]
        changed = {id(p) for module in (self.codec, self.marker, *heads) for p in module.parameters()}
        changed |= {id(p) for layers in self.changed_layers() for p in small_changes(layers)}
        return ((name, p) for name, p in self.named_parameters() if id(p) in changed)

    def read_clauses(self, tokens: Tensor, mask: Tensor) -> Tensor:
        """tokens, mask (C, Lc) -> codes of their T real tokens (T, bytes): row by row, padding left out."""
        codes: Tensor = self.codec.encode(self.clause_side.clause_states(tokens, mask))
        return codes

    def forward(
        self,
        query_tokens: Tensor,  # (Q, Lq), or fewer with query_of
        query_mask: Tensor,  # bool
        codes: Tensor,  # (T, bytes), from read_clauses
        clause_mask: Tensor,  # (C, Lc) bool
        clause_of: Tensor,  # (Q,) which clause each query reads
        *,
        query_of: Tensor | None = None,  # (Q,) its row of query_tokens; None: row by row
        with_attention: bool = False,
    ) -> Output:
        memories = self.codec.memories(self.numbers(codes), Packing(clause_mask), clause_of)
        return self.query_side.read(
            query_tokens,
            query_mask,
            memories,
            clause_mask[clause_of],
            query_of=query_of,
            with_attention=with_attention,
        )

    def numbers(self, codes: Tensor) -> Tensor:
        return self.codec.decode(codes)


class LearningReader(Reader):
    """A reader whose codes are numbers still, rounded to what codes keep, so that the clause's side learns by them."""

    def read_clauses(self, tokens: Tensor, mask: Tensor) -> Tensor:
        """tokens, mask (C, Lc) -> (T, dimensions)."""
        states = self.clause_side.clause_states(tokens, mask)
        return rounded(self.codec.down.forward(states.flatten(1).float()))

    def numbers(self, codes: Tensor) -> Tensor:
        return codes
