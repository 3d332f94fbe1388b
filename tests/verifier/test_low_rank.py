import torch
from torch import nn

from verifier.low_rank import LowRankLinear, merge_low_rank, with_low_rank


def test_it_starts_as_what_it_was_and_only_the_difference_learns() -> None:
    torch.manual_seed(0)
    linear, x = nn.Linear(6, 4), torch.randn(3, 6)
    before = linear(x)
    low_rank = LowRankLinear(linear, rank=2)
    assert torch.equal(low_rank(x), before)
    assert {name for name, p in low_rank.named_parameters() if p.requires_grad} == {"a", "b"}


def test_merged_it_reads_as_it_did_in_two_parts() -> None:
    torch.manual_seed(0)
    model, x = nn.Sequential(nn.Linear(6, 4), nn.Sequential(nn.GELU(), nn.Linear(4, 2))), torch.randn(3, 6)
    with_low_rank(model, rank=2)
    for name, parameter in model.named_parameters():
        if name.endswith(".b"):
            nn.init.normal_(parameter)
    in_parts = model(x)
    merge_low_rank(model)
    assert not any(isinstance(module, LowRankLinear) for module in model.modules())
    assert torch.allclose(model(x), in_parts, atol=1e-6)
