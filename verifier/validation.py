"""How well a reader that is being trained does on what is held out."""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch
from tokenizers import Tokenizer
from torch import Tensor

from verifier.data.augment import render
from verifier.data.batches import batch_groups
from verifier.data.items import SUPPORTED, Group
from verifier.metrics import accuracy, auroc, macro_f1
from verifier.model import JointReader
from verifier.precision import working_precision
from verifier.reader import Reader
from verifier.types import LABELS


@torch.no_grad()
def validation_logits(
    model: JointReader | Reader, groups: Sequence[Group], tokenizer: Tokenizer, device: torch.device
) -> tuple[Tensor, Tensor]:
    """Logits (n, labels) and right labels (n,), parties renamed the same way in every call."""
    model.eval()
    rng = random.Random(0)
    logits, targets = [], []
    rendered = [
        named for group in groups for named in render(group, rng, first=model.first, raw_share=0.0, exchange_share=0.0)
    ]
    for start in range(0, len(rendered), 8):
        batch = batch_groups(rendered[start : start + 8], tokenizer).to(device)
        with working_precision(device):
            clauses = model.read_clauses(batch.clause_tokens, batch.clause_mask)
            reading = model(batch.query_tokens, batch.query_mask, clauses, batch.clause_mask, batch.clause_of)
        logits.append(reading.logits.float().cpu())
        targets.append(batch.allowed.float().argmax(-1).cpu())
    return torch.cat(logits), torch.cat(targets)


def accuracy_report(logits: Tensor, targets: Tensor) -> dict[str, float]:
    probabilities = logits.softmax(-1)
    predicted = probabilities.argmax(-1).tolist()
    return {
        "items": float(len(targets)),
        "accuracy": round(accuracy(targets.tolist(), predicted), 4),
        "macro_f1": round(macro_f1(targets.tolist(), predicted, len(LABELS)), 4),
        "auroc_supported": round(auroc(probabilities[:, SUPPORTED].tolist(), (targets == SUPPORTED).tolist()), 4),
    }
