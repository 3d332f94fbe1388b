"""Clause states as they are stored: 4 bits for each of 320 numbers, 160 bytes a token.

What a query reads of a clause token are keys and values in each joint layer, 36,864 bytes in an MPNet. They are linear
in the token's states below those layers, and these lie near a plane of few dimensions: a linear map down, rounding, and
a linear map up to all keys and values keep what the verdict needs. The way up is taken by the query's side of each
product (``verifier.memory``). Both maps start from principal components (``verifier.principal``) and are trained with
the rounding in place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import torch
from torch import Tensor, nn

from verifier.memory import Numbers
from verifier.model import ReaderConfig
from verifier.packing import Packing

DIMENSIONS = 320
LEVELS = 16
# Of the quantiser that errs least on 16 levels of a normal variable with variance 1 (Max 1960, table II).
STEP = 0.3352


class StateCodec(nn.Module):
    """T tokens, J joint layers, d hidden: states (T, J, d) to codes (T, 160) uint8 and on to keys and values."""

    def __init__(self, config: ReaderConfig, dimensions: int = DIMENSIONS) -> None:
        super().__init__()
        joint = config.layers - config.apart
        self.heads = config.heads
        self.down = nn.Linear(joint * config.hidden, dimensions)
        self.up = nn.ModuleList(nn.Linear(dimensions, 2 * config.hidden) for _ in range(joint))

    def encode(self, states: Tensor) -> Tensor:
        """(T, J, d) -> (T, dimensions / 2) uint8, two numbers a byte."""
        levels = (self.down(states.flatten(1).float()) / STEP).floor() + LEVELS // 2
        levels = levels.clamp(0, LEVELS - 1).to(torch.uint8)
        codes: Tensor = levels[:, ::2] * LEVELS + levels[:, 1::2]
        return codes

    def decode(self, codes: Tensor) -> Tensor:
        """codes (T, dimensions / 2) -> numbers (T, dimensions), as they are after rounding."""
        levels = torch.stack([codes // LEVELS, codes % LEVELS], dim=-1).flatten(1)
        return (levels.float() - (LEVELS - 1) / 2) * STEP

    def memories(self, numbers: Tensor, packing: Packing, clause_of: Tensor) -> list[Numbers]:
        """numbers (T, dimensions) of C clauses -> for each joint layer what Q queries read of the clause of each."""
        spread = packing.spread(numbers).index_select(0, clause_of)
        return [
            Numbers(spread, up.weight.view(2, self.heads, -1, up.in_features), up.bias.view(2, self.heads, -1))
            for up in cast("Sequence[nn.Linear]", self.up)
        ]


def rounded(numbers: Tensor) -> Tensor:
    """What codes keep of numbers; its gradient is that of no rounding (straight through)."""
    edge = (LEVELS - 1) / 2
    kept = ((numbers / STEP).floor() + 0.5).clamp(-edge, edge) * STEP
    return numbers + (kept - numbers).detach()
