"""The losses that the verifier itself is trained with."""

from __future__ import annotations

from torch import Tensor

from verifier import losses
from verifier.data.batches import Batch
from verifier.data.items import KINDS

BINDINGS = (len(KINDS), len(KINDS), 2, 2)  # logits for each column of Batch.bindings


def label_loss(logits: Tensor, batch: Batch) -> Tensor:
    """logits (Q, labels) -> the weighted mean."""
    return losses.label_loss(logits, batch.allowed, batch.weight) / batch.weight.sum()


def binding_loss(logits: Tensor, batch: Batch) -> Tensor:
    """logits (Q, sum of BINDINGS) -> what the two sides say, where it is known."""
    return losses.binding_loss(logits.split(BINDINGS, dim=-1), batch.bindings) / batch.weight.sum()
