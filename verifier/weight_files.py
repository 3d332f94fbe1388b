"""The shipped form of a trained reader: int8 safetensors, tokenizer, and a model card that machines can read.

Matrices are int8 with one fp16 scale per row (``NAME.scale``), a quarter of their size; what is left is fp16. One file
holds the joint reader as ``verifier.train`` leaves it, another what ``verifier.compress`` adds: the codec, and by how
much the clause's and the query's side differ.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor

from verifier.card import CARD, DIFFERENCES, WEIGHTS, named_if_unreadable
from verifier.low_rank import merge_low_rank, with_low_rank
from verifier.marker import Marker
from verifier.model import JointReader, ReaderConfig
from verifier.reader import Reader

TOKENIZER = "tokenizer.json"
SCALE = ".scale"
SECOND = "trained."  # the second reading's part of a reader

R = TypeVar("R", bound=Reader)


def save_joint_reader(model: JointReader, tokenizer_file: Path, folder: Path, card: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _write(_packed(model.state_dict()), folder / WEIGHTS)
    shutil.copyfile(tokenizer_file, folder / TOKENIZER)
    (folder / CARD).write_text(json.dumps({**card, "config": model.config.as_dict()}, indent=2) + "\n")


def load_joint_reader(folder: Path) -> tuple[JointReader, Tokenizer, dict[str, Any]]:
    """The joint reader in eval mode and fp32, its tokenizer (no padding, no truncation), and its card."""
    with _named_if_unreadable(folder):
        card = json.loads((folder / CARD).read_text())
        model = JointReader(ReaderConfig(**card["config"]))
        model.load_state_dict(_unpacked(load_file(folder / WEIGHTS)))
        return model.eval(), load_tokenizer(folder), card


def save_differences(
    reader: Reader, trained: Path, folder: Path, card: dict[str, Any], *, only: str | None = None
) -> None:
    """What was learnt of a reader with low-rank differences, beside the ``trained`` joint reader.

    Of the module ``only``, if one is named: the others' are those of the ``trained`` folder, to the byte. A second
    reading that has learnt nothing of its own takes no place.
    """
    learnt = {name: value for name, value in reader.differences() if name.startswith(only or "")}
    if not any(value.any() for name, value in learnt.items() if name.startswith(SECOND) and name.endswith(".b")):
        learnt = {name: value for name, value in learnt.items() if not name.startswith(SECOND)}
    packed = _packed(learnt)
    if only:
        packed = {**load_file(trained / DIFFERENCES), **packed}
    folder.mkdir(parents=True, exist_ok=True)
    for name in (WEIGHTS, TOKENIZER):
        if trained.resolve() != folder.resolve():
            shutil.copyfile(trained / name, folder / name)
    _write(packed, folder / DIFFERENCES)
    (folder / CARD).write_text(json.dumps(card, indent=2) + "\n")


def load_differences(trained: JointReader, folder: Path, kind: type[R]) -> R:
    """A reader of that kind with its codec and its low-rank differences, not merged yet."""
    with _named_if_unreadable(folder):
        changes = _unpacked(load_file(folder / DIFFERENCES))
        reader = kind(trained, dimensions=changes["codec.down.weight"].shape[0])
        rank = next(value.shape[0] for name, value in changes.items() if name.endswith(".a"))
        for layers in reader.changed_layers():
            with_low_rank(layers, rank)
        strange = reader.load_state_dict(changes, strict=False).unexpected_keys
        if strange:
            raise KeyError(f"{DIFFERENCES} belongs to other weights: {strange[0]}")
        return reader


def save_marker(marker: Marker, folder: Path) -> None:
    """Into the differences that are there, which stay as they are."""
    learnt = _packed({f"marker.{name}": value for name, value in marker.named_parameters()})
    _write({**load_file(folder / DIFFERENCES), **learnt}, folder / DIFFERENCES)


def load_reader(folder: Path) -> tuple[Reader, Tokenizer, dict[str, Any]]:
    """The reader as it is served, in eval mode and fp32, its tokenizer, and its card."""
    trained, tokenizer, card = load_joint_reader(folder)
    reader = load_differences(trained, folder, Reader)
    for layers in reader.changed_layers():
        merge_low_rank(layers)
    return reader.eval(), tokenizer, card


def _named_if_unreadable(folder: Path) -> AbstractContextManager[None]:
    return named_if_unreadable(folder, RuntimeError, StopIteration, SafetensorError)


def _write(packed: dict[str, Tensor], path: Path) -> None:
    save_file(packed, path)
    path.chmod(0o644)  # save_file keeps it to its owner


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
