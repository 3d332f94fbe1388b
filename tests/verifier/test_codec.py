"""What is stored of a clause, and what is left of it when it is read."""

import pytest
import torch
from torch import Tensor

from verifier.codec import STEP, StateCodec, rounded
from verifier.data.batches import pad
from verifier.memory import KeysValues
from verifier.model import JointReader, ReaderConfig
from verifier.packing import Packing
from verifier.principal import fit_codec
from verifier.reader import Reader

SMALL = ReaderConfig(hidden=16, heads=2, feed_forward=32, layers=3, apart=1)
CLAUSES = pad([[5, 6, 7, 8, 9], [10, 11]])


@pytest.fixture
def reader() -> Reader:
    torch.manual_seed(0)
    return Reader(JointReader(SMALL), dimensions=8).eval()


def test_a_token_takes_half_a_byte_a_number(reader: Reader) -> None:
    codes = reader.read_clauses(*CLAUSES)
    assert codes.dtype == torch.uint8 and codes.shape == (7, 4)


@torch.inference_mode()
def test_codes_are_read_as_the_numbers_that_training_sees(reader: Reader) -> None:
    states = reader.clause_side.clause_states(*CLAUSES)
    trained = rounded(reader.codec.down(states.flatten(1)))
    assert torch.allclose(reader.codec.decode(reader.codec.encode(states)), trained, atol=1e-6)


@torch.inference_mode()
def test_a_query_reads_numbers_as_it_would_the_keys_and_values_made_of_them(reader: Reader) -> None:
    clause_of, mask = torch.tensor([1, 0, 0]), CLAUSES[1]
    numbers = torch.randn(7, 8)
    memories = reader.codec.memories(numbers, Packing(mask), clause_of)
    queries, shares = torch.randn(3, 2, 4, 8), torch.rand(3, 2, 4, 5)
    shares = shares * mask[clause_of][:, None, None]
    for up, memory in zip(reader.codec.up, memories, strict=True):
        made = KeysValues(*up(Packing(mask).spread(numbers)).view(2, 5, 2, 2, 8).permute(2, 0, 3, 1, 4)).of(clause_of)
        assert torch.allclose(memory.scores(queries), made.scores(queries), atol=1e-5)
        assert torch.allclose(memory.mix(shares), made.mix(shares), atol=1e-5)


@pytest.mark.parametrize(("number", "kept"), [(0.0, 0.5), (-0.01, -0.5), (1.49, 1.5), (900.0, 7.5), (-900.0, -7.5)])
def test_rounding_keeps_the_middle_of_one_of_sixteen_steps(number: float, kept: float) -> None:
    assert rounded(torch.tensor([number * STEP])).item() == pytest.approx(kept * STEP, rel=1e-4)


def test_rounding_passes_gradients_on() -> None:
    numbers = torch.tensor([0.3, -4.0], requires_grad=True)
    rounded(numbers).sum().backward()
    assert numbers.grad is not None and numbers.grad.tolist() == [1.0, 1.0]


def test_a_clause_does_not_depend_on_what_is_read_beside_it(reader: Reader) -> None:
    alone = reader.read_clauses(*pad([[10, 11]]))
    assert torch.equal(alone, reader.read_clauses(*CLAUSES)[5:])


def _keys_values(reader: Reader, states: Tensor) -> list[Tensor]:
    """Of each layer (T, 2 d)."""
    numbers = reader.codec.decode(reader.codec.encode(states))
    return [up(numbers) for up in reader.codec.up]


@torch.inference_mode()
def test_fitted_to_states_of_few_dimensions_it_loses_only_the_rounding(reader: Reader) -> None:
    """The states lie in 8 of 32 dimensions, as many as the codec keeps."""
    torch.manual_seed(1)
    states = (torch.randn(4000, 8) @ torch.randn(8, 32)).view(-1, 2, 16)
    reader.clause_side.clause_side.normal_()  # what is added for the query is part of what it reads
    fit_codec(reader, states)
    some = states[:200]
    for number, (layer, found) in enumerate(
        zip(reader.clause_side.layers[1:], _keys_values(reader, some), strict=True)
    ):
        expected = torch.cat([layer.key(some[:, number]), layer.value(some[:, number])], dim=1)
        expected = expected + reader.clause_side.clause_side[number].flatten()
        unexplained = (found - expected).var() / expected.var()
        assert unexplained < 0.016  # that quantiser leaves .0115 of a normal variable's variance
    numbers = reader.codec.down(states.flatten(1))
    assert torch.allclose(numbers.var(0), torch.ones(8), atol=0.05) and numbers.mean(0).abs().max() < 0.01


def test_the_codec_of_a_config_is_as_wide_as_its_joint_layers() -> None:
    codec = StateCodec(SMALL, dimensions=8)
    assert len(codec.up) == 2 and codec.down.in_features == 32
