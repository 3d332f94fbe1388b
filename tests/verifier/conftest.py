from pathlib import Path

import pytest
import torch

from verifier.backbone import backbone_folder
from verifier.inference import Verifier, load_verifier
from verifier.model import JointReader, ReaderConfig
from verifier.weights import save_reader

SMALL = ReaderConfig(hidden=16, heads=2, feed_forward=32, layers=2)


@pytest.fixture(scope="session")
def small_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random reader of 16 dimensions: real code, real tokenizer, no meaning."""
    folder = tmp_path_factory.mktemp("small")
    torch.manual_seed(0)
    save_reader(JointReader(SMALL), backbone_folder() / "tokenizer.json", folder, {"name": "small", "temperature": 1.0})
    return folder


@pytest.fixture(scope="session")
def small_verifier(small_weights: Path) -> Verifier:
    return load_verifier(small_weights)
