"""Groups to tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from verifier.data.items import KINDS, Binding, Group
from verifier.types import LABELS

CLAUSE_TOKENS = 256
QUERY_TOKENS = 64
UNKNOWN = -100  # what cross_entropy leaves out


@dataclass(frozen=True, slots=True)
class Batch:
    clause_tokens: Tensor  # (C, Lc)
    clause_mask: Tensor
    query_tokens: Tensor  # (Q, Lq)
    query_mask: Tensor
    clause_of: Tensor  # (Q,)
    allowed: Tensor  # (Q, labels) bool
    weight: Tensor  # (Q,)
    bindings: Tensor  # (Q, 4): kind asked, kind found, first bears as asked, as found; UNKNOWN where not known

    def __len__(self) -> int:
        """Of its queries."""
        return len(self.clause_of)

    def to(self, device: torch.device) -> Batch:
        return Batch(*(getattr(self, name).to(device) for name in self.__slots__))


def pad(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Token ids and a mask that is True on real tokens."""
    width = max(len(row) for row in rows)
    tokens = torch.zeros((len(rows), width), dtype=torch.long)
    mask = torch.zeros((len(rows), width), dtype=torch.bool)
    for i, row in enumerate(rows):
        tokens[i, : len(row)] = torch.tensor(row)
        mask[i, : len(row)] = True
    return tokens, mask


def truncate(ids: Sequence[int], limit: int) -> list[int]:
    """At most ``limit`` ids, the closing separator kept."""
    return list(ids) if len(ids) <= limit else [*ids[: limit - 1], ids[-1]]


def batch_groups(groups: Sequence[Group], tokenizer: Tokenizer) -> Batch:
    questions = [question for group in groups for question in group.questions]
    clause_of = [number for number, group in enumerate(groups) for _ in group.questions]
    clauses = tokenizer.encode_batch([group.clause for group in groups])
    queries = tokenizer.encode_batch([question.text for question in questions])
    allowed = torch.zeros((len(questions), len(LABELS)), dtype=torch.bool)
    for row, question in enumerate(questions):
        allowed[row, list(question.allowed)] = True
    return Batch(
        *pad([truncate(encoding.ids, CLAUSE_TOKENS) for encoding in clauses]),
        *pad([truncate(encoding.ids, QUERY_TOKENS) for encoding in queries]),
        torch.tensor(clause_of),
        allowed,
        torch.tensor([question.weight for question in questions]),
        torch.tensor([[*_known(q.asked, q.found)] for q in questions]),
    )


def _known(asked: Binding | None, found: Binding | None) -> list[int]:
    kinds = [UNKNOWN if side is None else KINDS.index(side.kind) for side in (asked, found)]
    bears = [UNKNOWN if side is None or side.first_bears is None else int(side.first_bears) for side in (asked, found)]
    return kinds + bears
