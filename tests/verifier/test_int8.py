from pathlib import Path

import torch
from torch import nn

from verifier.data.batches import pad
from verifier.int8 import Int8Linear, dequantise, quantise
from verifier.weights import load_reader


def test_no_weight_moves_by_more_than_half_a_step() -> None:
    torch.manual_seed(0)
    weight = torch.randn(8, 32) * torch.logspace(-3, 1, 8)[:, None]
    packed, scale = quantise(weight)
    assert packed.dtype == torch.int8
    assert ((dequantise(packed, scale) - weight).abs() <= 0.51 * scale.float()[:, None]).all()


def test_a_row_of_zeros_stays_zero() -> None:
    assert (dequantise(*quantise(torch.zeros(2, 4))) == 0).all()


def test_int8_computes_what_fp32_does_but_for_rounding() -> None:
    torch.manual_seed(0)
    linear = nn.Linear(64, 16)
    x = torch.randn(2, 5, 64)
    with torch.inference_mode():
        read = Int8Linear(*quantise(linear.weight.detach()), linear.bias.detach())(x)
        assert read.shape == (2, 5, 16)
        assert (read - linear(x)).abs().max() < 0.05 * linear(x).abs().max()


def test_a_reader_of_int8_decides_as_in_fp32(small_weights: Path) -> None:
    torch.manual_seed(0)
    queries, clauses = ([torch.randint(5, 30000, (n,)).tolist() for n in sizes] for sizes in ([6, 9, 12], [20, 30, 40]))
    logits = []
    for int8 in (True, False):
        model, _, _ = load_reader(small_weights, int8=int8)
        assert any(isinstance(module, Int8Linear) for module in model.modules()) == int8
        tokens, mask = pad(clauses)
        with torch.inference_mode():
            reading = model(*pad(queries), model.read_clauses(tokens, mask), mask, torch.arange(3))
        logits.append(reading.logits)
    assert torch.allclose(*logits, atol=0.05)
