"""Teach trained weights to read clauses from what is stored of them.

    python -m verifier.compress --data DIR --weights TRAINED --output FOLDER --minutes 75

TRAINED holds what ``verifier.train`` wrote. A codec is fitted to the clause's states, and both sides learn, by a
low-rank difference in each of their linear maps: the clause's side to say, the query's side to read what the codec
keeps. Clock, checkpoints, lessons and what is held out are those of ``verifier.train``. With ``--go-on`` TRAINED holds
what this command wrote before, and the training starts from that.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from verifier.calibrate import calibrate
from verifier.codec import DIMENSIONS
from verifier.curriculum import Curriculum
from verifier.data.augment import render
from verifier.data.batches import batch_groups
from verifier.data.lessons import Lessons, read_lessons
from verifier.loop import log
from verifier.low_rank import small_changes, with_low_rank
from verifier.marking import learn_marks
from verifier.principal import fit_codec
from verifier.reader import LearningReader, Reader
from verifier.train import learn
from verifier.types import VerifierUnavailable
from verifier.weight_files import load_differences, load_joint_reader, save_differences

FITTED_ON = 500  # clauses
RANK = 32


def main() -> int:
    options = parse_arguments()
    torch.manual_seed(options.seed)
    try:
        trained, tokenizer, card = load_joint_reader(options.weights)
        lessons = read_lessons(options.data)
    except (OSError, VerifierUnavailable) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if options.go_on:
        reader = load_differences(trained, options.weights, LearningReader)
    else:
        reader = LearningReader(trained, options.dimensions)
        fit_codec(reader, sample_of_states(reader, lessons, tokenizer, options.seed))
        for layers in reader.changed_layers():
            with_low_rank(layers, RANK)
    freeze(reader)
    reader.to(device)
    report = learn(reader, parameter_groups(reader, options.rate), lessons, tokenizer, options, Curriculum.LAST)
    card |= {"name": options.name or card["name"], "close_temperature": card["temperature"], **report}
    save_differences(reader, options.weights, options.output, card)
    learn_marks(options.output, lessons.hand_written)
    log(calibrate(options.output, lessons.validation, lessons.searched_validation)["validation"])
    return 0


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m verifier.compress", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with nearmiss/, cuad/, pairs/, contractnli/")
    parser.add_argument("--weights", type=Path, required=True, help="folder written by verifier.train")
    parser.add_argument("--output", type=Path, required=True, help="may be the same folder")
    parser.add_argument("--go-on", action="store_true", help="from what this command wrote into TRAINED before")
    parser.add_argument("--minutes", type=float, default=60.0, help="training time, whatever the device")
    parser.add_argument("--rate", type=float, default=3e-4, help="peak learning rate of the low-rank differences")
    parser.add_argument("--dimensions", type=int, default=DIMENSIONS, help="numbers kept of a token, 4 bits each")
    parser.add_argument("--name", help="default: that of the trained weights")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args(arguments)


@torch.no_grad()
def sample_of_states(reader: Reader, lessons: Lessons, tokenizer: Any, seed: int) -> Tensor:
    """States (T, J, d), fp16, of clauses drawn from those written by hand."""
    rng = random.Random(seed)
    groups = rng.sample(list(lessons.hand_written), min(FITTED_ON, len(lessons.hand_written)))
    rendered = [named for group in groups for named in render(group, rng, first=reader.first)]
    rendered.sort(key=lambda group: len(group.clause))
    reader.eval()
    states = []
    for start in range(0, len(rendered), 16):
        batch = batch_groups(rendered[start : start + 16], tokenizer)
        states.append(reader.clause_side.clause_states(batch.clause_tokens, batch.clause_mask).half())
    return torch.cat(states)


def freeze(reader: Reader) -> None:
    """All but the codec, both sides' low-rank differences and norms, the heads, and the marker, which learns last."""
    for parameter in reader.parameters():
        parameter.requires_grad_(False)
    for module in (reader.codec, reader.marker, reader.query_side.head, reader.query_side.bindings):
        module.requires_grad_()
    for layers in reader.sides():
        for parameter in small_changes(layers):
            parameter.requires_grad_()


def parameter_groups(model: nn.Module, rate: float) -> list[dict[str, Any]]:
    """What has a value to lose learns a third as fast."""
    learning = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    slow = ("codec.", "norm")
    return [
        {
            "params": [p for name, p in learning if any(part in name for part in slow) == is_slow],
            "lr": rate * factor,
            "peak": rate * factor,
        }
        for is_slow, factor in ((False, 1), (True, 1 / 3))
    ]


if __name__ == "__main__":
    sys.exit(main())
