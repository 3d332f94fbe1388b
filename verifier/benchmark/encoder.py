"""The backbone as transformers loads it: token states and mean-pooled vectors, frozen or to be trained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import AutoModel
from transformers.utils.logging import disable_progress_bar

from verifier.backbone import backbone_folder
from verifier.data.batches import CLAUSE_TOKENS, pad, truncate
from verifier.weight_files import load_tokenizer

BATCH_TOKENS = 4096  # padded, of one forward pass


class TokenEncoder(nn.Module):
    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        disable_progress_bar()
        folder = backbone_folder(folder)
        self.tokenizer = load_tokenizer(folder)
        self.model = AutoModel.from_pretrained(str(folder), local_files_only=True).eval()
        self.model.pooler = None  # a layer of the first token that nothing here reads
        self.hidden: int = self.model.config.hidden_size
        self._has_sides = getattr(self.model.config, "type_vocab_size", 1) > 1  # MPNet has none

    @property
    def device(self) -> torch.device:
        return next(self.parameters()).device

    def forward(self, tokens: Tensor, mask: Tensor, sides: Tensor | None = None) -> Tensor:
        """tokens, mask and sides (n, L) -> states (n, L, d)."""
        inputs = {"input_ids": tokens, "attention_mask": mask.long()}
        if sides is not None and self._has_sides:
            inputs["token_type_ids"] = sides
        device = self.device
        states: Tensor = self.model(**{name: each.to(device) for name, each in inputs.items()}).last_hidden_state
        return states

    def pooled(self, tokens: Tensor, mask: Tensor) -> Tensor:
        """(n, L) -> (n, d): means over the real tokens, of length 1."""
        states = self(tokens, mask)
        weights = mask.to(states.device).unsqueeze(-1)
        return F.normalize((states * weights).sum(1) / weights.sum(1), dim=-1)

    def token_ids(self, texts: Sequence[str], limit: int = CLAUSE_TOKENS) -> list[list[int]]:
        """Word pieces with the opening and closing marks; what is past ``limit`` is not read."""
        return [truncate(encoding.ids, limit) for encoding in self.tokenizer.encode_batch(list(texts))]

    @torch.inference_mode()
    def states(self, texts: Sequence[str], limit: int = CLAUSE_TOKENS) -> dict[str, Tensor]:
        """(L, d) for each distinct text."""
        distinct = list(dict.fromkeys(texts))
        ids = self.token_ids(distinct, limit)
        found: dict[str, Tensor] = {}
        for batch in batches_by_length([len(row) for row in ids]):
            states = self(*pad([ids[i] for i in batch]))
            found |= {distinct[i]: states[row, : len(ids[i])] for row, i in enumerate(batch)}
        return found

    @torch.inference_mode()
    def vectors(self, texts: Sequence[str]) -> dict[str, Tensor]:
        """(d,) of length 1 for each distinct text."""
        distinct = list(dict.fromkeys(texts))
        ids = self.token_ids(distinct)
        found: dict[str, Tensor] = {}
        for batch in batches_by_length([len(row) for row in ids]):
            vectors = self.pooled(*pad([ids[i] for i in batch]))
            found |= {distinct[i]: vectors[row] for row, i in enumerate(batch)}
        return found


def batches_by_length(lengths: Sequence[int], tokens: int = BATCH_TOKENS) -> Iterator[list[int]]:
    """Indices in batches of like length, shortest first; padded, each has at most ``tokens`` tokens, or one row."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[index] > tokens:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
