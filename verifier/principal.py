"""Where the codec starts from: the principal components of clause states, weighed by what is read of them."""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn

from verifier.codec import rounded
from verifier.reader import Reader

RIDGE = 1e-3


@torch.no_grad()
def fit_codec(reader: Reader, states: Tensor) -> None:
    """states (T, J, d), a sample of some ten thousand tokens, as ``JointReader.clause_states`` gives them.

    An error in a state counts as much as the error in keys and values that follows from it: components are those of
    R s, with R'R = K'K + V'V of each layer. The way up is the least squares fit of keys and values to rounded numbers.
    """
    trained, codec = reader.clause_side, reader.codec
    joint = trained.layers[trained.config.apart :]
    roots = torch.block_diag(*(_root(layer.key.weight, layer.value.weight) for layer in joint))
    weighed = states.flatten(1).float() @ roots
    middle = weighed.mean(0)
    weighed -= middle
    values, vectors = torch.linalg.eigh(weighed.T @ weighed / len(weighed))  # the smallest first
    kept = codec.down.out_features
    vectors = vectors[:, -kept:] / values[-kept:].clamp(min=1e-9).sqrt()  # each number with a variance of 1
    codec.down.weight.copy_((roots @ vectors).T)
    codec.down.bias.copy_(-middle @ vectors)

    numbers = torch.cat([rounded(codec.down(states.flatten(1).float())), torch.ones(len(states), 1)], dim=1)
    inverse = torch.linalg.inv(numbers.T @ numbers + RIDGE * torch.eye(numbers.shape[1]))
    sides = trained.clause_side.flatten(1)
    for number, (layer, up) in enumerate(zip(joint, codec.up, strict=True)):
        x = states[:, number].float()
        read = torch.cat([layer.key(x), layer.value(x)], dim=1) + sides[number]
        fitted = inverse @ (numbers.T @ read)
        cast("nn.Linear", up).weight.copy_(fitted[:-1].T)
        cast("nn.Linear", up).bias.copy_(fitted[-1])


def _root(*weights: Tensor) -> Tensor:
    """The symmetric root of the sum of W'W."""
    values, vectors = torch.linalg.eigh(torch.stack([weight.T @ weight for weight in weights]).sum(0))
    root: Tensor = (vectors * values.clamp(min=0).sqrt()) @ vectors.T
    return root
