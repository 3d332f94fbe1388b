"""Similarity systems on the same items, to see what the verifier adds. Each scores pairs, higher = nearer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional as F

from verifier.backbone import backbone_folder
from verifier.data.batches import CLAUSE_TOKENS, pad, truncate
from verifier.model import BERT_MINILM, JointReader, from_backbone
from verifier.types import Pair
from verifier.weights import load_tokenizer


def word_overlap(pairs: Sequence[Pair]) -> list[float]:
    """Share of the query's words that occur in the clause."""
    scores = []
    for pair in pairs:
        query, clause = (set(re.findall(r"\w+", text.lower())) for text in (pair.query, pair.clause))
        scores.append(len(query & clause) / max(len(query), 1))
    return scores


class FrozenEncoder:
    """The recall encoder's token states: mean-pooled cosine, and MaxSim (mean over query tokens of the best cosine)."""

    def __init__(self, folder: Path | None = None) -> None:
        folder = backbone_folder(folder)
        self._model: JointReader = from_backbone(BERT_MINILM, load_file(folder / "model.safetensors")).eval()
        self._tokenizer = load_tokenizer(folder)

    @torch.inference_mode()
    def scores(self, pairs: Sequence[Pair]) -> tuple[list[float], list[float]]:
        """(cosine, MaxSim), one of each per pair."""
        cosines, maxima = [], []
        for pair in pairs:
            query, clause = self._states(pair.query), self._states(pair.clause)
            cosines.append(F.cosine_similarity(query.mean(0), clause.mean(0), dim=0).item())
            similarity = F.normalize(query, dim=-1) @ F.normalize(clause, dim=-1).T
            maxima.append(similarity.max(dim=1).values.mean().item())
        return cosines, maxima

    def _states(self, text: str) -> Tensor:  # (L, d)
        ids = truncate(self._tokenizer.encode(text).ids, CLAUSE_TOKENS)
        states: Tensor = self._model.clause_states(*pad([ids]))[0]
        return states
