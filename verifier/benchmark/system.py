"""What every measured system does: store something for a clause when it comes in, and read it when a query comes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Protocol

from torch import Tensor, nn

from verifier.curriculum import Curriculum
from verifier.data.lessons import Lessons
from verifier.types import Evidence, Pair


@dataclass(frozen=True, slots=True)
class Predictions:
    """One entry per pair, in the order of the pairs."""

    scores: Sequence[float]  # higher: nearer to "supported"
    probabilities: Sequence[Sequence[float]] | None = None  # one per label, of systems that decide
    labels: Sequence[int] | None = None
    evidence: Sequence[tuple[Evidence, ...]] | None = None


def decided(scores: Sequence[float], probabilities: Sequence[Sequence[float]]) -> Predictions:
    return Predictions(scores, probabilities, [max(range(len(row)), key=row.__getitem__) for row in probabilities])


@dataclass(frozen=True, slots=True)
class Prepared:
    """Pairs of which all is done that needs no query; ``read`` does the rest, and is what a search waits for."""

    read: Callable[[], Predictions]
    bytes_per_clause: float  # stored, at 16 bits a number; the text itself is not counted


class System(Protocol):
    def prepare(self, pairs: Sequence[Pair]) -> Prepared: ...


class TrainedSystem(nn.Module, ABC):
    """A system that learns. Parameters without gradient come from the backbone, and are not saved with the others."""

    @abstractmethod
    def prepare(self, pairs: Sequence[Pair]) -> Prepared: ...

    @abstractmethod
    def parameter_groups(self) -> list[dict[str, Any]]:
        """Of the optimizer; ``lr`` is the peak of the rate."""

    @abstractmethod
    def batches(self, lessons: Lessons, rng: Random, curriculum: Curriculum) -> Iterator[tuple[str, Any]]:
        """(kind, batch) without end."""

    @abstractmethod
    def loss(self, batch: Any) -> Tensor: ...

    def learnt(self) -> dict[str, Tensor]:
        return {name: value.detach() for name, value in self.named_parameters() if value.requires_grad}

    def take(self, learnt: dict[str, Tensor]) -> None:
        """The opposite of ``learnt``. ValueError when the weights are those of another system."""
        if learnt.keys() != self.learnt().keys():
            raise ValueError("these are the weights of another system")
        self.load_state_dict(learnt, strict=False)
