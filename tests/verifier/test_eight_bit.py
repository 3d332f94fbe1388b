"""int8 is as good as fp32 where it counts: in the labels, and in that no candidate changes another's verdict."""

from collections.abc import Iterator

import pytest
import torch
from torch import nn

from verifier import inference, precision
from verifier.card import SHIPPED
from verifier.data.hand_written import authored_groups
from verifier.data.lessons import split_by_source
from verifier.eight_bit import EightBitLinear
from verifier.inference import Verifier, load_verifier
from verifier.types import Pair

# Every query of thirty held-out clauses: of sixty queries alone, one more or less decided.
CLAUSES = split_by_source(authored_groups())[1][:30]
PAIRS = [Pair(question.text, group.clause, group.parties) for group in CLAUSES for question in group.questions]


def served_in(chosen: precision.Precision, monkeypatch: pytest.MonkeyPatch) -> Verifier:
    monkeypatch.setattr(inference, "served_precision", lambda: chosen)
    return load_verifier(SHIPPED)


def _product(one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    """The integers' product, which a processor without instructions for it would take ten minutes over."""
    return (one.float() @ other.float()).round().to(torch.int32)


@pytest.fixture(scope="module")
def short() -> Iterator[Verifier]:
    with pytest.MonkeyPatch.context() as patch:
        if not any("vnni" in name and there for name, there in torch.cpu.get_capabilities().items()):
            patch.setattr(torch, "_int_mm", _product)  # int8 is not served there
        yield served_in("int8", patch)


def test_a_product_is_near_that_in_fp32() -> None:
    torch.manual_seed(0)
    linear, x = nn.Linear(64, 32), torch.randn(10, 64)
    expected, found = linear(x), EightBitLinear(linear)(x)
    assert (found - expected).abs().max() < 0.02 * expected.abs().max()


def test_a_row_does_not_change_another() -> None:
    torch.manual_seed(0)
    linear = EightBitLinear(nn.Linear(64, 32))
    x = torch.randn(2, 64)
    assert torch.equal(linear(x)[0], linear(torch.stack([x[0], 1000 * x[1]]))[0])


def test_a_row_of_zeros_gives_the_bias() -> None:
    linear = nn.Linear(64, 32)
    assert torch.equal(EightBitLinear(linear)(torch.zeros(1, 64))[0], linear.bias)


def test_labels_stay_those_of_fp32(short: Verifier, monkeypatch: pytest.MonkeyPatch) -> None:
    found, exact = (verifier.verify(PAIRS) for verifier in (short, served_in("float32", monkeypatch)))
    changed = sum(one.label != other.label for one, other in zip(found, exact, strict=True))
    assert changed <= len(PAIRS) // 20
    # int8 was really used: the probabilities are near, not the same.
    difference = max(
        abs(a.probabilities["supported"] - b.probabilities["supported"]) for a, b in zip(found, exact, strict=True)
    )
    assert difference > 0


def test_a_verdict_does_not_depend_on_what_is_read_beside_it(short: Verifier) -> None:
    [alone], together = short.verify(PAIRS[:1]), short.verify(PAIRS[:12])
    assert together[0].label == alone.label
    assert together[0].probabilities == pytest.approx(alone.probabilities, abs=0.02)


@pytest.mark.parametrize(
    ("instructions", "seconds", "expected"),
    [
        ({}, {"int8": 1, "bfloat16": 1, "float32": 10}, "float32"),
        ({"avx512_bf16": True}, {"int8": 1, "bfloat16": 2, "float32": 10}, "bfloat16"),
        ({"amx_bf16": True}, {"int8": 1, "bfloat16": 2, "float32": 2.5}, "float32"),
        ({"avx_vnni": True}, {"int8": 1, "bfloat16": 2, "float32": 10}, "int8"),
        ({"avx512_vnni": True, "avx512_bf16": True}, {"int8": 1, "bfloat16": 1.2, "float32": 10}, "bfloat16"),
        ({"avx512_vnni": True, "avx512_bf16": True}, {"int8": 1, "bfloat16": 9, "float32": 8}, "int8"),
    ],
)
def test_the_fastest_precision_is_chosen_and_the_more_exact_of_two_alike(
    instructions: dict[str, bool], seconds: dict[str, float], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: instructions)
    monkeypatch.setattr(precision, "_seconds", seconds.__getitem__)
    assert precision.served_precision() == expected
