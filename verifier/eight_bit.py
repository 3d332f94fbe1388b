"""Linear maps in int8, for a processor that multiplies in it (VNNI).

Each row of the input gets a scale of its own, as each row of the weights has: then a verdict does not depend on which
candidates happen to be read beside it, and a large value in one token costs the others nothing.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from verifier.weight_files import quantise


class EightBitLinear(nn.Module):
    """x (T, n) fp32 -> x W' + b (T, m) fp32, the product in int8 with sums in int32."""

    weight: Tensor
    scale: Tensor
    bias: Tensor

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        weight, scale = quantise(linear.weight.detach())
        self.register_buffer("weight", weight.t())  # (n, m), column by column, as the product wants it
        self.register_buffer("scale", scale.float())
        self.register_buffer("bias", linear.bias.detach())

    def forward(self, x: Tensor) -> Tensor:
        largest = torch.maximum(x.amax(-1, keepdim=True), x.amin(-1, keepdim=True).neg_()).clamp_(min=1e-6)
        rounded = (x * (127 / largest)).round_().to(torch.int8)
        product = torch._int_mm(rounded, self.weight).float()
        return product.mul_(largest.div_(127)).mul_(self.scale).add_(self.bias)


def in_eight_bits(layers: nn.Module) -> None:
    """Replaces each linear map within. What is left stays in fp32: attention, norms, and whatever is not within."""
    for name, child in list(layers.named_children()):
        if isinstance(child, nn.Linear):
            setattr(layers, name, EightBitLinear(child))
        else:
            in_eight_bits(child)
