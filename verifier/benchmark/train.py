"""Train one of the systems that the verifier is measured beside.

    python -m verifier.benchmark.train --data DIR --system NAME --minutes M

Data, split and schedule are those of ``verifier.train``. Interrupted, the same command goes on from its checkpoint;
with more minutes it goes on after its end. What validates best is kept.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor, nn

from verifier.benchmark.registry import BASELINES, CACHE, save_baseline
from verifier.benchmark.system import System, TrainedSystem
from verifier.curriculum import Curriculum
from verifier.data.items import SUPPORTED, Group
from verifier.data.lessons import Lessons, read_lessons
from verifier.loop import log, run
from verifier.metrics import auroc
from verifier.types import Pair


def main() -> int:
    options = parse_arguments()
    folder = options.output or CACHE / options.system
    torch.manual_seed(options.seed)
    try:
        lessons = read_lessons(options.data)
    except FileNotFoundError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if BASELINES[options.system].own_backbone and not options.backbone:
        sys.stderr.write(f"{options.system} needs --backbone FOLDER, a folder with an MPNet.\n")
        return 1
    system = BASELINES[options.system].new(options.backbone)
    system.to("cuda" if torch.cuda.is_available() else "cpu")
    card = {
        "system": options.system,
        "backbone": options.backbone and str(options.backbone.resolve()),
        "seed": options.seed,
    }
    train(system, lessons, folder, options.minutes * 60, card)
    return 0


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    advised = ", ".join(f"{name} {baseline.minutes}" for name, baseline in BASELINES.items())
    parser = argparse.ArgumentParser(prog="python -m verifier.benchmark.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with nearmiss/, cuad/, pairs/, contractnli/")
    parser.add_argument("--system", required=True, choices=BASELINES)
    parser.add_argument("--minutes", type=float, required=True, help=f"training time; on two cores: {advised}")
    parser.add_argument("--output", type=Path, help=f"default: {CACHE.parent.name}/{CACHE.name}/NAME")
    parser.add_argument("--backbone", type=Path, help="a folder with a BERT or MPNet; default: the installed MiniLM")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args(arguments)


def train(
    system: TrainedSystem, lessons: Lessons, folder: Path, seconds: float, card: dict[str, Any]
) -> dict[str, Any]:
    """Trains as ``verifier.loop.run`` does, and writes the best validated weights into ``folder``.

    ``card`` says what is trained: at least its ``backbone`` (None: the installed one) and ``seed``.
    """
    return run(BaselineLearner(system, lessons, folder, card), folder, seconds, card["seed"])


class BaselineLearner:
    """A measured system as ``verifier.loop`` trains it."""

    def __init__(self, system: TrainedSystem, lessons: Lessons, folder: Path, card: dict[str, Any]) -> None:
        self.system, self.lessons, self.folder, self.card = system, lessons, folder, card

    def parameters(self) -> Iterator[nn.Parameter]:
        return self.system.parameters()

    def parameter_groups(self) -> list[dict[str, Any]]:
        return self.system.parameter_groups()

    def batches(self, rng: Random, curriculum: Curriculum) -> Iterator[tuple[str, Any]]:
        return self.system.batches(self.lessons, rng, curriculum)

    def loss(self, batch: Any) -> Tensor:
        return self.system.loss(batch)

    def learnt(self) -> dict[str, Tensor]:
        return self.system.learnt()

    def take(self, learnt: dict[str, Tensor]) -> None:
        self.system.take(learnt)

    def train(self, mode: bool = True) -> None:
        self.system.train(mode)

    def validate(self, step: int) -> float:
        seen = validation_auroc(self.system, self.lessons.validation)
        log({"step": step, "validation_auroc": round(seen, 4)})
        return seen

    def keep(self, state: dict[str, Any]) -> None:
        save_baseline(self.system, self.folder, {**self.card, **state})


def validation_auroc(system: System, validation: Sequence[Group]) -> float:
    """Supported against the rest, on items of contracts that are not trained on."""
    asked = [(group, question) for group in validation for question in group.questions]
    pairs = [Pair(question.text, group.clause, group.parties) for group, question in asked]
    return auroc(system.prepare(pairs).read().scores, [question.allowed == (SUPPORTED,) for _, question in asked])


if __name__ == "__main__":
    sys.exit(main())
