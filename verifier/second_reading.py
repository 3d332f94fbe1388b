"""Teach the second reading, which doubtful verdicts get, by all that is to be learnt from.

    python -m verifier.second_reading --data DIR --weights FOLDER --output FOLDER --minutes 60

The joint reader that ``verifier.train`` left reads the words again, nothing stored between; it learns by a low-rank
difference of its own, so that its 82 million weights stay the file they are. Clock, checkpoints, lessons and what is
held out are those of ``verifier.train``; called again, it goes on from what FOLDER has learnt.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from verifier.calibrate import calibrate
from verifier.compress import parameter_groups
from verifier.curriculum import Curriculum
from verifier.data.lessons import read_lessons
from verifier.loop import log
from verifier.low_rank import small_changes
from verifier.model import JointReader
from verifier.reader import Reader
from verifier.train import learn
from verifier.types import VerifierUnavailable
from verifier.weight_files import SECOND, load_differences, load_joint_reader, save_differences


def main() -> int:
    options = parse_arguments()
    torch.manual_seed(options.seed)
    try:
        trained, tokenizer, card = load_joint_reader(options.weights)
        reader = load_differences(trained, options.weights, Reader)
        lessons = read_lessons(options.data)
    except (OSError, VerifierUnavailable) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    closer = reader.to(device).trained
    freeze(reader, closer)
    groups = parameter_groups(closer, options.rate)
    report = learn(closer, groups, lessons, tokenizer, options, Curriculum.LAST)
    card |= {"name": options.name or card["name"], "second_reading": report, "close_temperature": report["temperature"]}
    save_differences(reader, options.weights, options.output, card, only=SECOND)
    log(calibrate(options.output, lessons.validation, lessons.searched_validation)["validation"])
    return 0


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m verifier.second_reading", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with nearmiss/, cuad/, pairs/, contractnli/")
    parser.add_argument("--weights", type=Path, required=True, help="folder written by verifier.compress")
    parser.add_argument("--output", type=Path, required=True, help="may be the same folder")
    parser.add_argument("--minutes", type=float, default=60.0, help="training time, whatever the device")
    parser.add_argument("--rate", type=float, default=3e-4, help="peak learning rate of the low-rank difference")
    parser.add_argument("--name", help="default: that of the weights")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args(arguments)


def freeze(reader: Reader, closer: JointReader) -> None:
    """All but the closer reading's low-rank difference, norms and heads."""
    for parameter in reader.parameters():
        parameter.requires_grad_(False)
    for module in (closer.head, closer.bindings):
        module.requires_grad_()
    for parameter in small_changes(reader.changed_layers()[-1]):
        parameter.requires_grad_()


if __name__ == "__main__":
    sys.exit(main())
