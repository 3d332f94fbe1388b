"""A linear map that is trained by a small difference to what it was (LoRA, arXiv 2106.09685)."""

from __future__ import annotations

import math
from collections.abc import Iterator

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class LowRankLinear(nn.Module):
    """x W' + b + x (BA)', of which only A (rank, n) and B (m, rank) are trained; B starts at zero."""

    def __init__(self, base: nn.Linear, rank: int) -> None:
        super().__init__()
        self.base = base.requires_grad_(False)
        self.a = nn.Parameter(torch.randn(rank, base.in_features) / math.sqrt(base.in_features))
        self.b = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, x: Tensor) -> Tensor:
        changed: Tensor = self.base(x)
        return changed + F.linear(F.linear(x, self.a), self.b)

    @torch.no_grad()
    def merged(self) -> nn.Linear:
        """One map that does the same; the base is changed in place."""
        self.base.weight += self.b @ self.a
        return self.base


def with_low_rank(module: nn.Module, rank: int) -> None:
    """Replaces each linear map within."""
    for name, child in list(module.named_children()):
        if isinstance(child, nn.Linear):
            setattr(module, name, LowRankLinear(child, rank))
        else:
            with_low_rank(child, rank)


def merge_low_rank(module: nn.Module) -> None:
    """And puts one map back for each pair."""
    for name, child in list(module.named_children()):
        if isinstance(child, LowRankLinear):
            setattr(module, name, child.merged())
        else:
            merge_low_rank(child)


def small_changes(layers: nn.Module) -> Iterator[nn.Parameter]:
    """Of layers with low-rank differences, what learns: these, and the norms."""
    return (p for name, p in layers.named_parameters() if name.endswith((".a", ".b")) or "norm" in name)
