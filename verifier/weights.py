"""The shipped form of a trained reader: int8 safetensors, tokenizer, and a model card that machines can read.

Matrices are int8 with one fp16 scale per row (``NAME.scale``), a quarter of their size; what is left is fp16.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor

from verifier.model import JointReader, ReaderConfig
from verifier.types import VerifierUnavailable

WEIGHTS, CARD, TOKENIZER = "model.safetensors", "card.json", "tokenizer.json"
SCALE = ".scale"


def save_reader(model: JointReader, tokenizer_file: Path, folder: Path, card: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    save_file(_packed(model.state_dict()), folder / WEIGHTS)
    (folder / WEIGHTS).chmod(0o644)  # save_file keeps it to its owner
    shutil.copyfile(tokenizer_file, folder / TOKENIZER)
    (folder / CARD).write_text(json.dumps({**card, "config": model.config.as_dict()}, indent=2) + "\n")


def load_reader(folder: Path) -> tuple[JointReader, Tokenizer, dict[str, Any]]:
    """The reader in eval mode and fp32, its tokenizer (no padding, no truncation), and its card."""
    try:
        card = json.loads((folder / CARD).read_text())
        model = JointReader(ReaderConfig(**card["config"]))
        model.load_state_dict(_unpacked(load_file(folder / WEIGHTS)))
        tokenizer = load_tokenizer(folder)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise VerifierUnavailable(
            f"The verifier's weights in {folder} cannot be read ({error}). "
            "Restore that folder from the repository, or set VERIFIER_PATH to a folder written by verifier.train."
        ) from error
    return model.eval(), tokenizer, card


def quantise(weight: Tensor) -> tuple[Tensor, Tensor]:
    """weight (n, m) -> int8 (n, m) and its scales (n,), fp16."""
    scale = (weight.abs().amax(dim=1) / 127).clamp(min=1e-6).half()
    return (weight / scale.float()[:, None]).round().clamp(-127, 127).to(torch.int8), scale


def dequantise(weight: Tensor, scale: Tensor) -> Tensor:
    return weight.float() * scale.float()[:, None]


def _packed(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    packed = {}
    for name, value in state.items():
        if value.dim() == 2:
            packed[name], packed[f"{name}{SCALE}"] = quantise(value.detach())
        else:
            packed[name] = value.detach().half().contiguous()
    return packed


def _unpacked(packed: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {
        name: dequantise(value, packed[f"{name}{SCALE}"]) if value.dtype == torch.int8 else value.float()
        for name, value in packed.items()
        if not name.endswith(SCALE)
    }


def load_tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def weights_sha256(folder: Path) -> str:
    try:
        return hashlib.sha256((folder / WEIGHTS).read_bytes()).hexdigest()
    except OSError as error:
        raise VerifierUnavailable(
            f"The verifier's weights are missing: {folder / WEIGHTS}. "
            "Restore that folder from the repository, or set VERIFIER_PATH to a folder written by verifier.train."
        ) from error
