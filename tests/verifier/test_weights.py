import json
import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from verifier.backbone import backbone_folder
from verifier.card import CARD, DIFFERENCES, WEIGHTS, read_card
from verifier.model import JointReader, ReaderConfig
from verifier.types import VerifierUnavailable
from verifier.weight_files import (
    SECOND,
    dequantise,
    load_joint_reader,
    load_reader,
    quantise,
    save_joint_reader,
)


def test_no_weight_moves_by_more_than_half_a_step() -> None:
    torch.manual_seed(0)
    weight = torch.randn(8, 32) * torch.logspace(-3, 1, 8)[:, None]
    packed, scale = quantise(weight)
    assert packed.dtype == torch.int8
    assert ((dequantise(packed, scale) - weight).abs() <= 0.51 * scale.float()[:, None]).all()


def test_a_row_of_zeros_stays_zero() -> None:
    assert (dequantise(*quantise(torch.zeros(2, 4))) == 0).all()


def test_what_is_saved_is_a_quarter_and_loads_as_what_it_was(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = JointReader(ReaderConfig(hidden=16, heads=2, feed_forward=32, layers=2))
    save_joint_reader(model, backbone_folder() / "tokenizer.json", tmp_path, {"name": "small", "temperature": 1.0})
    parameters = sum(value.numel() for value in model.state_dict().values())
    assert parameters < (tmp_path / WEIGHTS).stat().st_size < 1.3 * parameters
    assert load_file(tmp_path / WEIGHTS)["head.1.weight"].dtype == torch.int8
    loaded, _, card = load_joint_reader(tmp_path)
    assert card["name"] == "small" and card["config"]["hidden"] == 16
    for name, value in loaded.state_dict().items():
        assert torch.allclose(value, model.state_dict()[name], atol=0.02), name


def test_each_side_is_the_trained_reader_and_its_low_rank_difference(small_weights: Path) -> None:
    reader, _, _ = load_reader(small_weights)
    changes = load_file(small_weights / DIFFERENCES)
    assert (changes["query_side.layers.0.up.b"] == 0).all()  # nothing was learnt yet
    assert not any(name.startswith(SECOND) for name in changes)
    for side in (reader.query_side, reader.clause_side):
        assert torch.equal(side.layers[0].up.weight, reader.trained.layers[0].up.weight)
    assert reader.codec.down.out_features == 8


def test_differences_of_other_weights_are_refused(small_weights: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(small_weights, tmp_path / "weights")
    changes = load_file(folder / DIFFERENCES)
    save_file({**changes, "query_side.layers.9.up.bias": torch.zeros(32)}, folder / DIFFERENCES)
    with pytest.raises(VerifierUnavailable, match="belongs to other weights"):
        load_reader(folder)


def test_verdicts_of_other_temperatures_have_another_identity(small_weights: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(small_weights, tmp_path / "weights")
    assert read_card(folder).sha256 == read_card(small_weights).sha256
    card = json.loads((folder / CARD).read_text())
    (folder / CARD).write_text(json.dumps(card | {"temperature": 2.0}))
    assert read_card(folder).sha256 != read_card(small_weights).sha256


@pytest.mark.parametrize("missing", [WEIGHTS, DIFFERENCES])
def test_each_of_the_two_files_is_needed(small_weights: Path, tmp_path: Path, missing: str) -> None:
    folder = shutil.copytree(small_weights, tmp_path / "weights")
    (folder / missing).unlink()
    for read in (load_reader, read_card):
        with pytest.raises(VerifierUnavailable, match=missing):
            read(folder)
