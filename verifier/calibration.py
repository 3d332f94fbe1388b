"""Probabilities that mean what they say, and how often they were right, both measured on held-out contracts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import sqrt

import torch
from torch import Tensor
from torch.nn import functional as F

from verifier.types import Share

BANDS = 6
FEWEST = 30  # items, below which a share says little
# Of what is shown as surely supported, at most: of queries written for their clause, and of what searches bring.
WRONG_SHARE, WRONG_IN_SEARCHES = 0.1, 0.2


def fit_temperature(logits: Tensor, targets: Tensor) -> float:
    """The temperature in 0.5 to 5 with the least negative log-likelihood; logits (n, labels), targets (n,).

    Guo et al. 2017, On Calibration of Modern Neural Networks.
    """
    candidates = torch.logspace(torch.log10(torch.tensor(0.5)).item(), torch.log10(torch.tensor(5.0)).item(), 200)
    losses = torch.stack([F.cross_entropy(logits / t, targets) for t in candidates])
    return round(candidates[losses.argmin()].item(), 4)


def reliability(confidences: Sequence[float], right: Sequence[bool]) -> list[Share]:
    """Bands of equal size, lowest probability first: how many of the verdicts in each were right."""
    order = sorted(range(len(confidences)), key=lambda i: confidences[i])
    edges = [len(order) * band // BANDS for band in range(BANDS + 1)]
    return [
        share_of(confidences[order[start]] if start else 0.0, [right[i] for i in order[start:end]])
        for start, end in pairwise(edges)
    ]


def support_threshold(support: Sequence[float], supported: Sequence[bool], wrong_share: float = WRONG_SHARE) -> float:
    """The lowest probability of "supported" from which at most that share of the items is not supported.

    Where there is none, the one with the least wrong; of no items 0.
    """
    if not support:
        return 0.0
    order = sorted(range(len(support)), key=lambda i: support[i], reverse=True)
    right = list(accumulate(supported[i] for i in order))
    sizes = range(min(FEWEST, len(order)), len(order) + 1)
    good = [size for size in sizes if right[size - 1] >= (1 - wrong_share) * size]
    size = max(good) if good else max(sizes, key=lambda size: right[size - 1] / size)
    return support[order[size - 1]]


def share_from(at_least: float, support: Sequence[float], supported: Sequence[bool]) -> Share:
    """Of the items with that probability of "supported" or more, those that are."""
    return share_of(at_least, [is_so for p, is_so in zip(support, supported, strict=True) if p >= at_least])


def share_of(at_least: float, right: Sequence[bool]) -> Share:
    """Of those with that probability or more, which are right."""
    low, high = wilson(sum(right), len(right))
    return Share(round(at_least, 4), len(right), sum(right), round(low, 3), round(high, 3))


def wilson(right: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927); (0, 1) of nothing."""
    if not total:
        return 0.0, 1.0
    share, square = right / total, z * z
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = z / (1 + square / total) * sqrt(share * (1 - share) / total + square / (4 * total * total))
    return middle - half, middle + half
