from pathlib import Path

import pytest
import torch

from verifier.backbone import backbone_folder
from verifier.compress import freeze
from verifier.inference import Verifier, load_verifier
from verifier.low_rank import with_low_rank
from verifier.model import JointReader, ReaderConfig
from verifier.reader import Reader
from verifier.weight_files import load_joint_reader, save_differences, save_joint_reader

SMALL = ReaderConfig(hidden=16, heads=2, feed_forward=32, layers=2)


@pytest.fixture(scope="session")
def small_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random reader of 16 dimensions: real code, real tokenizer, no meaning."""
    folder = tmp_path_factory.mktemp("small")
    torch.manual_seed(0)
    card = {"name": "small", "temperature": 1.0, "close_temperature": 1.0}
    save_joint_reader(JointReader(SMALL), backbone_folder() / "tokenizer.json", folder, card)
    trained, _, card = load_joint_reader(folder)
    reader = Reader(trained, dimensions=8)
    for layers in reader.changed_layers():
        with_low_rank(layers, rank=2)
    freeze(reader)
    save_differences(reader, folder, folder, card)
    return folder


@pytest.fixture(scope="session")
def small_verifier(small_weights: Path) -> Verifier:
    return load_verifier(small_weights)
