from pathlib import Path

import torch
from safetensors.torch import load_file

from verifier.backbone import backbone_folder
from verifier.model import JointReader, ReaderConfig
from verifier.weights import WEIGHTS, dequantise, load_reader, quantise, save_reader


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
    save_reader(model, backbone_folder() / "tokenizer.json", tmp_path, {"name": "small", "temperature": 1.0})
    parameters = sum(value.numel() for value in model.state_dict().values())
    assert parameters < (tmp_path / WEIGHTS).stat().st_size < 1.3 * parameters
    assert load_file(tmp_path / WEIGHTS)["head.1.weight"].dtype == torch.int8
    loaded, _, card = load_reader(tmp_path)
    assert card["name"] == "small" and card["config"]["hidden"] == 16
    for name, value in loaded.state_dict().items():
        assert torch.allclose(value, model.state_dict()[name], atol=0.02), name
