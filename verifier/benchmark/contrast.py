"""InfoNCE, the loss of the systems that learn to score rather than to label."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

TEMPERATURE = 0.1


def info_nce(scores: Tensor, positive: Tensor, negative: Tensor, temperature: float = TEMPERATURE) -> Tensor:
    """scores (n, m), positive and negative (n, m) bool -> mean over the positives of what each loses.

    A positive stands against the negatives of its row, not against other positives.
    """
    logits = scores / temperature
    against = torch.logsumexp(logits.masked_fill(~negative, float("-inf")), dim=1, keepdim=True)
    counted = positive & negative.any(1, keepdim=True)
    # -log(e^s / (e^s + sum of e^n)) is softplus(log sum of e^n - s)
    losses = F.softplus(against - logits).masked_fill(~counted, 0.0)
    return losses.sum() / counted.sum().clamp(min=1)
