"""Which words of a clause decided, from where the query looked: a linear map of the attention of single heads."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

LEAST_SHARE = 1e-4  # of attention, so that its logarithm stays within bounds
NEAR = 7  # word pieces around one, whose attention counts for it too


class Marker(nn.Module):
    def __init__(self, heads: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(2, heads))  # of a word's own attention, and of that to the words near it
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, attention: Tensor, mask: Tensor) -> Tensor:
        """attention (Q, heads, Lc), mask (Q, Lc) -> log-odds (Q, Lc) that a word piece is of the words that decided.

        What counts is attention relative to the clause's other words. Its two end marks are no words, and get none.
        """
        words = without_ends(mask)
        seen = torch.einsum("kn,qnl->kql", self.weight, attention.float().clamp(min=LEAST_SHARE).log())
        relative = (seen - (seen * words).sum(-1, keepdim=True) / words.sum(-1, keepdim=True).clamp(min=1)) * words
        own, near = relative
        odds: Tensor = own + _mean_near(near) / _mean_near(words.float()).clamp(min=1e-6) + self.bias
        return odds


def without_ends(mask: Tensor) -> Tensor:
    """mask (Q, Lc), True on real tokens -> the same without the first and the last of each row."""
    last = mask.sum(1, keepdim=True) - 1
    place = torch.arange(mask.shape[1], device=mask.device)
    return mask & (place > 0) & (place < last)


def _mean_near(row: Tensor) -> Tensor:
    return F.avg_pool1d(row[:, None], NEAR, stride=1, padding=NEAR // 2)[:, 0]
