"""The reader as it is served: one side reads clauses when they arrive, the other side reads queries against them.

The clause side is a joint reader as ``verifier.train`` leaves it; its states of a clause are stored as codes. The query
side has the same layers, changed by a small difference that ``verifier.compress`` taught it, so that it reads codes.
"""

from __future__ import annotations

import copy
from typing import ClassVar

from torch import Tensor, nn

from verifier.codec import DIMENSIONS, StateCodec
from verifier.model import JointReader, Reading
from verifier.packing import Packing
from verifier.parties import Side


class Reader(nn.Module):
    first: ClassVar[Side] = "clause"  # so that nothing of a clause's reading follows from the query

    def __init__(self, trained: JointReader, dimensions: int = DIMENSIONS) -> None:
        super().__init__()
        self.clause_side = trained
        self.codec = StateCodec(trained.config, dimensions)
        # Word vectors and position bias, a third of the weights, are the same on both sides.
        shared = (trained.embeddings, trained.position_bias)
        self.query_side: JointReader = copy.deepcopy(trained, {id(module): module for module in shared})

    def read_clauses(self, tokens: Tensor, mask: Tensor) -> Tensor:
        """tokens, mask (C, Lc) -> codes of their T real tokens (T, bytes): row by row, padding left out."""
        codes: Tensor = self.codec.encode(self.clause_side.clause_states(tokens, mask))
        return codes

    def forward(
        self,
        query_tokens: Tensor,  # (Q, Lq)
        query_mask: Tensor,  # (Q, Lq) bool
        codes: Tensor,  # (T, bytes), from read_clauses
        clause_mask: Tensor,  # (C, Lc) bool
        clause_of: Tensor,  # (Q,) which clause each query reads
        *,
        with_attention: bool = False,
    ) -> Reading:
        clauses = self.codec.decode(codes, Packing(clause_mask))
        reading: Reading = self.query_side(
            query_tokens, query_mask, clauses, clause_mask, clause_of, with_attention=with_attention
        )
        return reading
