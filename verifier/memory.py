"""What a query reads of a clause in one joint layer: keys and values, or the numbers of which they are made.

Shapes: Q queries of Lq tokens, each with a clause of Lc tokens; H heads of h; D numbers kept of a token.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor


class Memory(Protocol):
    def scores(self, queries: Tensor) -> Tensor:
        """queries (Q, H, Lq, h) -> their products with the keys (Q, H, Lq, Lc)."""
        ...

    def mix(self, attention: Tensor) -> Tensor:
        """attention (Q, H, Lq, Lc) -> the values in these shares (Q, H, Lq, h)."""
        ...


@dataclass(frozen=True, slots=True)
class KeysValues:
    keys: Tensor  # (Q, H, Lc, h)
    values: Tensor

    def of(self, clause_of: Tensor) -> KeysValues:
        """(C, ...) -> (Q, ...): for each query those of its clause."""
        return KeysValues(self.keys.index_select(0, clause_of), self.values.index_select(0, clause_of))

    def scores(self, queries: Tensor) -> Tensor:
        return queries @ self.keys.transpose(-1, -2)

    def mix(self, attention: Tensor) -> Tensor:
        return attention @ self.values


@dataclass(frozen=True, slots=True)
class Numbers:
    """Keys and values that are linear in ``numbers``, and are never made: q (xW' + b)' = (qW) x' + qb'.

    A query has a fifth of a clause's words, so that taking it to the numbers is cheaper than taking these to keys: a
    fifth of the products, and nothing as large as keys and values goes through memory (the absorbed projections of
    DeepSeek-V2, arXiv 2405.04434).
    """

    numbers: Tensor  # (Q, Lc, D)
    weight: Tensor  # (2, H, h, D), of keys and of values
    bias: Tensor  # (2, H, h)

    def scores(self, queries: Tensor) -> Tensor:
        weight, bias, numbers = self._at(queries.dtype)
        asked = _by_head(queries, weight[0])
        found = asked.flatten(1, 2) @ numbers.transpose(-1, -2)
        constant = (queries * bias[0][:, None]).sum(-1, keepdim=True)
        return found.view(*asked.shape[:3], -1).transpose(1, 2) + constant

    def mix(self, attention: Tensor) -> Tensor:
        weight, bias, numbers = self._at(attention.dtype)
        shares = attention.transpose(1, 2)
        mixed = shares.flatten(1, 2) @ numbers
        values = _by_head(mixed.view(*shares.shape[:3], -1).transpose(1, 2), weight[1].transpose(-1, -2))
        return values.transpose(1, 2) + attention.sum(-1, keepdim=True) * bias[1][:, None]

    def _at(self, precision: torch.dtype) -> tuple[Tensor, Tensor, Tensor]:
        return self.weight.to(precision), self.bias.to(precision), self.numbers.to(precision)


def _by_head(x: Tensor, weight: Tensor) -> Tensor:
    """x (Q, H, Lq, n), weight (H, n, m) -> (Q, Lq, H, m): one product for each head, whatever the number of queries."""
    queries, heads, length, _ = x.shape
    rows = x.permute(1, 0, 2, 3).flatten(1, 2)  # (H, Q Lq, n)
    made: Tensor = torch.bmm(rows, weight).view(heads, queries, length, -1).permute(1, 2, 0, 3)
    return made.contiguous()
