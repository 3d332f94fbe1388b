"""The losses that the verifier itself is trained with."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from verifier.data.batches import UNKNOWN, Batch
from verifier.data.items import KINDS
from verifier.train import BINDING_WEIGHT

BINDINGS = (len(KINDS), len(KINDS), 2, 2)  # logits for each column of Batch.bindings


def label_loss(logits: Tensor, batch: Batch) -> Tensor:
    """logits (Q, labels) -> minus the log of the probability given to the allowed labels, weighted mean."""
    allowed = F.log_softmax(logits.float(), dim=-1).masked_fill(~batch.allowed, float("-inf"))
    return -(torch.logsumexp(allowed, dim=-1) * batch.weight).sum() / batch.weight.sum()


def binding_loss(logits: Tensor, batch: Batch) -> Tensor:
    """logits (Q, sum of BINDINGS) -> what the two sides say, where it is known; weighted as in ``verifier.train``."""
    total = torch.zeros((), device=logits.device)
    for each, known in zip(logits.split(BINDINGS, dim=-1), batch.bindings.T, strict=True):
        total = total + F.cross_entropy(each.float(), known, reduction="sum", ignore_index=UNKNOWN)
    return BINDING_WEIGHT * total / batch.weight.sum()
