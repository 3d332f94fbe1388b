"""The loss of seven labels, as the verifier itself is trained."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from verifier.data.batches import Batch


def label_loss(logits: Tensor, batch: Batch) -> Tensor:
    """logits (Q, labels) -> minus the log of the probability given to the allowed labels, weighted mean."""
    allowed = F.log_softmax(logits, dim=-1).masked_fill(~batch.allowed, float("-inf"))
    return -(torch.logsumexp(allowed, dim=-1) * batch.weight).sum() / batch.weight.sum()
