"""Padded batches without their padding, which is up to half of them."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor


class _Pack(torch.autograd.Function):
    """Rows ``real`` of a matrix. Their gradient is written row by row: scattering it costs many times more on a CPU."""

    @staticmethod
    def forward(context: Any, padded: Tensor, real: Tensor) -> Tensor:
        context.save_for_backward(real)
        context.rows = padded.shape[0]
        return padded.index_select(0, real)

    @staticmethod
    def backward(context: Any, *gradients: Tensor) -> tuple[Tensor, None]:
        (real,) = context.saved_tensors
        (gradient,) = gradients
        return gradient.new_zeros(context.rows, gradient.shape[1]).index_copy_(0, real, gradient), None


class _Spread(torch.autograd.Function):
    """The other way. Copies that fill the padding pass no gradient on, as they are masked wherever they are read."""

    @staticmethod
    def forward(context: Any, packed: Tensor, real: Tensor, place: Tensor) -> Tensor:
        context.save_for_backward(real)
        return packed.index_select(0, place)

    @staticmethod
    def backward(context: Any, *gradients: Tensor) -> tuple[Tensor, None, None]:
        (real,) = context.saved_tensors
        return gradients[0].index_select(0, real), None, None


class Packing:
    """Where the real tokens of a padded batch stand: from (n, L, ...) to (T, ...) and back."""

    def __init__(self, mask: Tensor) -> None:  # (n, L), True on real tokens, which come first in each row
        self.mask = mask
        self.size = tuple(mask.shape)
        self._real = mask.flatten().nonzero().squeeze(1)
        self._place = (mask.flatten().cumsum(0) - 1).clamp(min=0)
        self.first = self._place.view(mask.shape)[:, 0]  # (n,) each row's first token among the T

    def pack(self, padded: Tensor) -> Tensor:  # (n, L, d) -> (T, d)
        packed: Tensor = _Pack.apply(padded.reshape(-1, padded.shape[-1]), self._real)
        return packed

    def spread(self, packed: Tensor) -> Tensor:
        """(T, d) -> (n, L, d); what stands in the padding is some real token's and must be masked."""
        padded: Tensor = _Spread.apply(packed, self._real, self._place)
        return padded.view(*self.size, -1)
