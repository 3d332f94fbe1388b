"""Train the verifier: hand-written near-miss items, with made-up bindings and general inference pairs to learn to read.

    python -m verifier.train --data DIR --output verifier/weights --minutes 60

The schedule runs on training time, not on steps, so that the same command fits a laptop and a GPU. Interrupted, it goes
on from ``OUTPUT/checkpoint.pt``. One source contract is wholly in training or wholly in validation.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from verifier import losses
from verifier.backbone import backbone_folder, reader_from_backbone
from verifier.calibration import fit_temperature
from verifier.curriculum import Curriculum, mixed_batches
from verifier.data.batches import Batch
from verifier.data.lessons import Lessons, read_lessons
from verifier.loop import CHECKPOINT, log, run
from verifier.model import JointReader
from verifier.reader import Reader
from verifier.types import VerifierUnavailable
from verifier.validation import accuracy_report, validation_logits
from verifier.weight_files import load_joint_reader, load_tokenizer, save_joint_reader

BEST = "best.pt"


def main() -> int:
    options = parse_arguments()
    torch.manual_seed(options.seed)
    try:
        backbone = options.start or backbone_folder(options.backbone)
        tokenizer = load_tokenizer(backbone)
        model = load_joint_reader(backbone)[0] if options.start else reader_from_backbone(backbone)
        lessons = read_lessons(options.data)
    except (OSError, VerifierUnavailable) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    freeze(model, options.frozen)
    model.to("cuda" if torch.cuda.is_available() else "cpu")
    lesson = 0 if options.start is None else Curriculum.LAST
    report = learn(model, parameter_groups(model, options.rate), lessons, tokenizer, options, lesson)
    save_joint_reader(model, backbone / "tokenizer.json", options.output, {"name": options.name, **report})
    log(report)
    return 0


def learn(
    model: JointReader | Reader,
    parameters: list[dict[str, Any]],
    lessons: Lessons,
    tokenizer: Tokenizer,
    options: argparse.Namespace,
    lesson: int,
) -> dict[str, Any]:
    """Trains from ``lesson`` on; leaves the model as it was best, and tells how well it does."""
    options.output.mkdir(parents=True, exist_ok=True)
    learner = ReaderLearner(model, parameters, lessons, tokenizer, options.output / BEST)
    state = run(learner, options.output, options.minutes * 60, options.seed, lesson)
    learner.take(torch.load(options.output / BEST, map_location=learner.device, weights_only=True))
    logits, targets = validation_logits(model, lessons.validation, tokenizer, learner.device)
    (options.output / CHECKPOINT).unlink()  # the next training in this folder begins anew
    return {"temperature": fit_temperature(logits, targets), "validation": accuracy_report(logits, targets), **state}


class ReaderLearner:
    """A reader as ``verifier.loop`` trains it."""

    def __init__(
        self,
        model: JointReader | Reader,
        parameters: list[dict[str, Any]],
        lessons: Lessons,
        tokenizer: Tokenizer,
        best: Path,
    ) -> None:
        self.model, self.lessons, self.tokenizer, self.best = model, lessons, tokenizer, best
        self.device = next(model.parameters()).device
        self._parameters = parameters

    def parameters(self) -> Iterator[nn.Parameter]:
        return self.model.parameters()

    def parameter_groups(self) -> list[dict[str, Any]]:
        return self._parameters

    def batches(self, rng: random.Random, curriculum: Curriculum) -> Iterator[tuple[str, Batch]]:
        return mixed_batches(self.lessons, self.tokenizer, rng, curriculum, self.model.first)

    def loss(self, batch: Batch) -> Tensor:
        return loss_of(self.model, batch.to(self.device))

    def learnt(self) -> dict[str, Tensor]:
        return {name: value for name, value in self.model.named_parameters() if value.requires_grad}

    def take(self, learnt: dict[str, Tensor]) -> None:
        self.model.load_state_dict(learnt, strict=False)

    def train(self, mode: bool = True) -> None:
        self.model.train(mode)

    def validate(self, step: int) -> float:
        """The mean AUROC of support in what is held out: queries written for their clause, and results of searches."""
        held_out = {"validation": self.lessons.validation, "searched_validation": self.lessons.searched_validation}
        seen = {
            kind: accuracy_report(*validation_logits(self.model, groups, self.tokenizer, self.device))
            for kind, groups in held_out.items()
            if groups  # a small set of lessons may have none
        }
        log({"step": step, **seen})
        return sum(report["auroc_supported"] for report in seen.values()) / len(seen)

    def keep(self, state: dict[str, Any]) -> None:
        torch.save(self.learnt(), self.best)


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m verifier.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with nearmiss/, cuad/, pairs/, contractnli/")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--backbone", type=Path, help="a BERT or MPNet folder; default: the installed MiniLM")
    parser.add_argument("--start", type=Path, help="a folder of trained weights to go on from, in the last lesson")
    parser.add_argument("--minutes", type=float, default=60.0, help="training time, whatever the device")
    parser.add_argument("--rate", type=float, default=1e-4, help="peak learning rate of the backbone's layers")
    parser.add_argument("--frozen", type=int, default=0, help="how many of the lowest layers stay as they are")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--name", default="proviso-reader-minilm-1")
    return parser.parse_args(arguments)


def freeze(model: JointReader, layers: int) -> None:
    """Word vectors, half the weights, stay as they are, and so do the position bias and the lowest layers."""
    frozen = [model.embeddings, model.layers[:layers]] if layers else [model.embeddings.words]
    for module in (*frozen, model.position_bias):
        for parameter in cast("nn.Module", module).parameters():
            parameter.requires_grad_(False)


def parameter_groups(model: JointReader, rate: float) -> list[dict[str, Any]]:
    """What is new learns ten times as fast as the backbone."""
    new = ("head", "bindings", "clause_side")
    trained = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    return [
        {
            "params": [p for name, p in trained if name.startswith(new) == fast],
            "lr": rate * factor,
            "peak": rate * factor,
        }
        for fast, factor in ((False, 1), (True, 10))
    ]


def loss_of(model: JointReader | Reader, batch: Batch) -> Tensor:
    """The weighted mean over the queries."""
    clauses = model.read_clauses(batch.clause_tokens, batch.clause_mask)
    total = torch.zeros((), device=batch.weight.device)
    # Short and long queries apart: queries of one batch differ twofold in length, and padding costs as much as words.
    for part in batch.query_mask.sum(-1).argsort().chunk(2):
        mask = batch.query_mask[part]
        width = int(mask.sum(-1).max())
        tokens = batch.query_tokens[part, :width]
        reading = model(tokens, mask[:, :width], clauses, batch.clause_mask, batch.clause_of[part])
        total = total + losses.label_loss(reading.logits, batch.allowed[part], batch.weight[part])
        total = total + losses.binding_loss(reading.bindings, batch.bindings[part])
    return total / batch.weight.sum()


if __name__ == "__main__":
    sys.exit(main())
