import shutil
from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel

from verifier.backbone import backbone_folder

SIZES = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}


@pytest.fixture(scope="session")
def small_bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _saved(BertModel(BertConfig(vocab_size=30522, **SIZES)), tmp_path_factory.mktemp("bert"))


@pytest.fixture(scope="session")
def small_mpnet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _saved(MPNetModel(MPNetConfig(vocab_size=30527, **SIZES)), tmp_path_factory.mktemp("mpnet"))


def _saved(model: torch.nn.Module, folder: Path) -> Path:
    """A random backbone of 16 dimensions with the real tokenizer."""
    model.save_pretrained(folder)
    shutil.copyfile(backbone_folder() / "tokenizer.json", folder / "tokenizer.json")
    return folder
