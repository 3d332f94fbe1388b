"""The shipped form of a trained reader: fp16 safetensors, tokenizer, and a model card that machines can read."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from verifier.model import JointReader, ReaderConfig
from verifier.types import VerifierUnavailable

WEIGHTS, CARD, TOKENIZER = "model.safetensors", "card.json", "tokenizer.json"


def save_reader(model: JointReader, tokenizer_file: Path, folder: Path, card: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    state = {name: value.detach().to(torch.float16).contiguous() for name, value in model.state_dict().items()}
    save_file(state, folder / WEIGHTS)
    (folder / WEIGHTS).chmod(0o644)  # save_file keeps it to its owner
    shutil.copyfile(tokenizer_file, folder / TOKENIZER)
    (folder / CARD).write_text(json.dumps({**card, "config": model.config.as_dict()}, indent=2) + "\n")


def load_reader(folder: Path) -> tuple[JointReader, Tokenizer, dict[str, Any]]:
    """The reader in eval mode and fp32, its tokenizer (no padding, no truncation), and its card."""
    try:
        card = json.loads((folder / CARD).read_text())
        model = JointReader(ReaderConfig(**card["config"]))
        model.load_state_dict({name: value.float() for name, value in load_file(folder / WEIGHTS).items()})
        tokenizer = load_tokenizer(folder)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise VerifierUnavailable(
            f"The verifier's weights in {folder} cannot be read ({error}). "
            "Restore that folder from the repository, or set VERIFIER_PATH to a folder written by verifier.train."
        ) from error
    return model.eval(), tokenizer, card


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
