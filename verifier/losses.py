"""What a reader is taught by: the label, and beside it what the two sides say. Sums over queries, to be divided."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from verifier.data.batches import UNKNOWN

BINDING_WEIGHT = 0.25  # of each of the four things that tell what the two sides say


def label_loss(logits: Tensor, allowed: Tensor, weight: Tensor) -> Tensor:
    """logits, allowed (Q, labels), weight (Q,) -> minus the log of the probability given to the allowed labels."""
    right = F.log_softmax(logits.float(), dim=-1).masked_fill(~allowed, float("-inf"))
    return -(torch.logsumexp(right, dim=-1) * weight).sum()


def binding_loss(bindings: Sequence[Tensor], known: Tensor) -> Tensor:
    """Logits (Q, classes) for each column of known (Q, 4), where that is not UNKNOWN."""
    losses = [
        F.cross_entropy(logits.float(), column, reduction="sum", ignore_index=UNKNOWN)
        for logits, column in zip(bindings, known.T, strict=True)
    ]
    return BINDING_WEIGHT * torch.stack(losses).sum()
