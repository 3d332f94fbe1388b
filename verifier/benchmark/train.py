"""Train one of the systems that the verifier is measured beside.

    python -m verifier.benchmark.train --data DIR --system NAME --minutes M

Data, split and schedule are those of ``verifier.train``. Interrupted, the same command goes on from its checkpoint;
with more minutes it goes on after its end. What validates best is kept.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from verifier.benchmark.registry import BASELINES, CACHE, save_baseline
from verifier.benchmark.system import System, TrainedSystem
from verifier.curriculum import Curriculum
from verifier.data.items import SUPPORTED, Group
from verifier.data.lessons import Lessons, read_lessons
from verifier.metrics import auroc
from verifier.precision import working_precision
from verifier.train import StopRequest, learning_rate_scale, log
from verifier.types import Pair

CHECKPOINT = "checkpoint.pt"
VALIDATION_SECONDS = 600  # of training between two validations


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
    state = train(system, lessons, folder, options.minutes * 60, card)
    if state["seconds"] < options.minutes * 60:
        sys.stderr.write(f"Stopped at step {state['step']}; the same command goes on from there.\n")
        return 1
    return 0


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    advised = ", ".join(f"{name} {baseline.minutes}" for name, baseline in BASELINES.items())
    parser = argparse.ArgumentParser(prog="python -m verifier.benchmark.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with nearmiss/, pairs/ and contractnli/")
    parser.add_argument("--system", required=True, choices=BASELINES)
    parser.add_argument("--minutes", type=float, required=True, help=f"training time; on two cores: {advised}")
    parser.add_argument("--output", type=Path, help=f"default: {CACHE.parent.name}/{CACHE.name}/NAME")
    parser.add_argument("--backbone", type=Path, help="a folder with a BERT or MPNet; default: the installed MiniLM")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args(arguments)


def train(
    system: TrainedSystem, lessons: Lessons, folder: Path, budget: float, card: dict[str, Any]
) -> dict[str, float]:
    """Trains for ``budget`` seconds, earlier runs counted in, and writes the best validated weights into ``folder``.

    ``card`` says what is trained: at least its ``backbone`` (None: the installed one) and ``seed``.
    """
    optimizer = torch.optim.AdamW(system.parameter_groups(), weight_decay=0.01, betas=(0.9, 0.98))
    for group in optimizer.param_groups:
        group.setdefault("peak", group["lr"])
    state = resume(folder, system, optimizer)
    rng = random.Random(card["seed"] + int(state["step"]))  # what is drawn after a stop is not what was drawn before
    curriculum = Curriculum(int(state["lesson"]))
    batches = system.batches(lessons, rng, curriculum)
    stop = StopRequest()
    device = next(system.parameters()).device
    system.train()
    mark, validated_at = time.monotonic(), state["seconds"]
    while state["seconds"] < budget and not stop.asked:
        scale = learning_rate_scale(state["seconds"] / budget)
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * scale
        kind, batch = next(batches)
        with working_precision(device):
            loss = system.loss(batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(system.parameters(), 1.0)
        optimizer.step()
        state["step"] += 1
        now = time.monotonic()
        state["seconds"] += now - mark
        mark = now
        curriculum.learn(kind, loss.item(), state["seconds"] / budget)
        state["lesson"] = curriculum.lesson
        if state["step"] % 20 == 0:
            log({**state, "loss": round(loss.item(), 4)})
        if state["seconds"] - validated_at > VALIDATION_SECONDS:
            validated_at = state["seconds"]
            keep_best(system, lessons.validation, folder, card, state)
            save_checkpoint(folder, system, optimizer, state)
            system.train()
            mark = time.monotonic()  # validation is not training time
    if not stop.asked:
        keep_best(system, lessons.validation, folder, card, state)
    save_checkpoint(folder, system, optimizer, state)
    return state


def keep_best(
    system: TrainedSystem, validation: Sequence[Group], folder: Path, card: dict[str, Any], state: dict[str, float]
) -> None:
    system.eval()
    seen = validation_auroc(system, validation)
    log({"step": state["step"], "validation_auroc": round(seen, 4)})
    if seen > state["best"]:
        state["best"] = seen
        save_baseline(system, folder, {**card, **state})


def validation_auroc(system: System, validation: Sequence[Group]) -> float:
    """Supported against the rest, on items of contracts that are not trained on."""
    asked = [(group, question) for group in validation for question in group.questions]
    pairs = [Pair(question.text, group.clause, group.parties) for group, question in asked]
    return auroc(system.prepare(pairs).read().scores, [question.allowed == (SUPPORTED,) for _, question in asked])


def save_checkpoint(
    folder: Path, system: TrainedSystem, optimizer: torch.optim.Optimizer, state: dict[str, float]
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / "checkpoint.partial"
    torch.save({"learnt": system.learnt(), "optimizer": optimizer.state_dict(), "state": state}, partial)
    partial.replace(folder / CHECKPOINT)  # a kill while writing leaves the old one whole


def resume(folder: Path, system: TrainedSystem, optimizer: torch.optim.Optimizer) -> dict[str, float]:
    path = folder / CHECKPOINT
    if not path.exists():
        return {"step": 0, "seconds": 0.0, "best": 0.0, "lesson": 0}
    saved: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    system.take(saved["learnt"])
    optimizer.load_state_dict(saved["optimizer"])
    return dict(saved["state"])


if __name__ == "__main__":
    sys.exit(main())
