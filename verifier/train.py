"""Train the verifier: hand-written near-miss items, with made-up bindings and general inference pairs to learn to read.

    python -m verifier.train --data DIR --output verifier/weights --minutes 60

The schedule runs on training time, not on steps, so that the same command fits a laptop and a GPU. Interrupted, it goes
on from ``OUTPUT/checkpoint.pt``. One source contract is wholly in training or wholly in validation.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any, cast

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from verifier.backbone import backbone_folder, reader_from_backbone
from verifier.calibration import fit_temperature
from verifier.curriculum import Curriculum, mixed_batches
from verifier.data.augment import render
from verifier.data.batches import UNKNOWN, Batch, batch_groups
from verifier.data.items import Group
from verifier.data.lessons import Lessons, read_lessons
from verifier.model import JointReader
from verifier.precision import working_precision
from verifier.reader import Reader
from verifier.types import LABELS
from verifier.weights import load_joint_reader, load_tokenizer, save_joint_reader

VALIDATION_SECONDS = 900  # of training between two validations
BEST, CHECKPOINT = "best.pt", "checkpoint.pt"
BINDING_WEIGHT = 0.25  # of each of the four things that tell what the two sides say


def main() -> None:
    options = parse_arguments()
    options.output.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    backbone = options.start or backbone_folder(options.backbone)
    tokenizer = load_tokenizer(backbone)
    model = (load_joint_reader(backbone)[0] if options.start else reader_from_backbone(backbone)).to(device)
    freeze(model, options.frozen)
    report = learn(
        model,
        parameter_groups(model, options.rate),
        read_lessons(options.data),
        tokenizer,
        options,
        lesson=Curriculum.LAST if options.start else 0,
    )
    save_joint_reader(model, backbone / "tokenizer.json", options.output, {"name": options.name, **report})
    log(report)


def learn(
    model: JointReader | Reader,
    parameters: list[dict[str, Any]],
    lessons: Lessons,
    tokenizer: Tokenizer,
    options: argparse.Namespace,
    lesson: int,
) -> dict[str, Any]:
    """The loop, on the clock, from ``lesson`` on; leaves the model as it was best, and tells how well it does."""
    device = next(model.parameters()).device
    rng = random.Random(options.seed)
    optimizer = torch.optim.AdamW(parameters, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    state = resume(options.output, model, optimizer, lesson)
    budget = options.minutes * 60
    curriculum = Curriculum(state["lesson"])
    batches = mixed_batches(lessons, tokenizer, rng, curriculum, model.first)
    mark = time.monotonic()
    saved_at, window = state["seconds"], []
    model.train()
    stop = StopRequest()
    while state["seconds"] < budget:
        if stop.asked:
            save_checkpoint(options.output, model, optimizer, state)
            sys.exit(f"Stopped at step {state['step']}; the same command goes on from there.")
        kind, batch = next(batches)
        scale = learning_rate_scale(state["seconds"] / budget)
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * scale
        with working_precision(device):
            loss = loss_of(model, batch.to(device))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()

        now = time.monotonic()
        state["seconds"] += now - mark
        mark = now
        state["step"] += 1
        state["examples"] += len(batch.clause_of)
        window.append((kind, loss.item()))
        curriculum.learn(kind, window[-1][1], state["seconds"] / budget)
        state["lesson"] = curriculum.lesson
        if state["step"] % 20 == 0:
            log({**state, **mean_losses(window), "rate": scale})
            window.clear()
        if state["seconds"] - saved_at > VALIDATION_SECONDS:
            saved_at = state["seconds"]
            score = validate(model, lessons, tokenizer, device, state["step"])
            if score > state["best"]:
                state["best"] = score
                torch.save(learnt(model), options.output / BEST)
            save_checkpoint(options.output, model, optimizer, state)
            model.train()
            mark = time.monotonic()  # validation is not training time

    stop.end()
    if validate(model, lessons, tokenizer, device, state["step"]) < state["best"]:
        best = torch.load(options.output / BEST, map_location=device, weights_only=True)
        model.load_state_dict(best, strict=False)
    logits, targets = validation_logits(model, lessons.validation, tokenizer, device)
    return {"temperature": fit_temperature(logits, targets), "validation": accuracy_report(logits, targets), **state}


class StopRequest:
    """SIGINT and SIGTERM end the loop between two steps, so that nothing learnt is lost."""

    def __init__(self) -> None:
        self.asked = False
        self._before = {number: signal.signal(number, self._ask) for number in (signal.SIGINT, signal.SIGTERM)}

    def end(self) -> None:
        """What follows the loop ends at once, as it would without it."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m verifier.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with nearmiss/, pairs/ and contractnli/")
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


def learning_rate_scale(progress: float) -> float:
    """Linear warm-up over 2 %, then linear decay to a twentieth."""
    return min(progress / 0.02 + 0.01, 1.0) * max(1.0 - progress, 0.05)


def loss_of(model: JointReader | Reader, batch: Batch) -> Tensor:
    """Minus the log of the probability given to the allowed labels, weighted mean."""
    clauses = model.read_clauses(batch.clause_tokens, batch.clause_mask)
    total = torch.zeros((), device=batch.weight.device)
    # Short and long queries apart: queries of one batch differ twofold in length, and padding costs as much as words.
    for part in batch.query_mask.sum(-1).argsort().chunk(2):
        mask = batch.query_mask[part]
        width = int(mask.sum(-1).max())
        tokens = batch.query_tokens[part, :width]
        reading = model(tokens, mask[:, :width], clauses, batch.clause_mask, batch.clause_of[part])
        log_probability = F.log_softmax(reading.logits.float(), dim=-1)
        right = torch.logsumexp(log_probability.masked_fill(~batch.allowed[part], float("-inf")), dim=-1)
        total = total - (right * batch.weight[part]).sum()
        for logits, known in zip(reading.bindings, batch.bindings[part].T, strict=True):
            total = total + BINDING_WEIGHT * F.cross_entropy(
                logits.float(), known, reduction="sum", ignore_index=UNKNOWN
            )
    return total / batch.weight.sum()


@torch.no_grad()
def validation_logits(
    model: JointReader | Reader, groups: Sequence[Group], tokenizer: Tokenizer, device: torch.device
) -> tuple[Tensor, Tensor]:
    """Logits (n, labels) and right labels (n,), parties renamed the same way in every call."""
    model.eval()
    rng = random.Random(0)
    logits, targets = [], []
    rendered = [
        named for group in groups for named in render(group, rng, first=model.first, raw_share=0.0, exchange_share=0.0)
    ]
    for start in range(0, len(rendered), 8):
        batch = batch_groups(rendered[start : start + 8], tokenizer).to(device)
        with working_precision(device):
            clauses = model.read_clauses(batch.clause_tokens, batch.clause_mask)
            reading = model(batch.query_tokens, batch.query_mask, clauses, batch.clause_mask, batch.clause_of)
        logits.append(reading.logits.float().cpu())
        targets.append(batch.allowed.float().argmax(-1).cpu())
    return torch.cat(logits), torch.cat(targets)


def validate(
    model: JointReader | Reader, lessons: Lessons, tokenizer: Tokenizer, device: torch.device, step: int
) -> float:
    """The mean AUROC of supported over what is held out: queries written for their clause, and clauses searched for."""
    held_out = {"validation": lessons.validation, "searched_validation": lessons.searched_validation}
    seen = {
        kind: accuracy_report(*validation_logits(model, groups, tokenizer, device))
        for kind, groups in held_out.items()
        if groups  # a data folder may lack them
    }
    log({"step": step, **seen})
    return sum(report["auroc_supported"] for report in seen.values()) / len(seen)


def accuracy_report(logits: Tensor, targets: Tensor) -> dict[str, float]:
    from verifier.metrics import accuracy, auroc, macro_f1

    probabilities = logits.softmax(-1)
    predicted = probabilities.argmax(-1).tolist()
    supported = LABELS.index("supported")
    return {
        "items": float(len(targets)),
        "accuracy": round(accuracy(targets.tolist(), predicted), 4),
        "macro_f1": round(macro_f1(targets.tolist(), predicted, len(LABELS)), 4),
        "auroc_supported": round(auroc(probabilities[:, supported].tolist(), (targets == supported).tolist()), 4),
    }


def mean_losses(window: list[tuple[str, float]]) -> dict[str, float]:
    kinds = {kind for kind, _ in window}
    return {
        f"loss_{k}": round(sum(v for kind, v in window if kind == k) / sum(kind == k for kind, _ in window), 4)
        for k in kinds
    }


def learnt(model: nn.Module) -> dict[str, Tensor]:
    """What training changes of a model; the rest is as it was at the start."""
    return {name: value for name, value in model.named_parameters() if value.requires_grad}


def save_checkpoint(folder: Path, model: nn.Module, optimizer: torch.optim.Optimizer, state: dict[str, Any]) -> None:
    partial = folder / "checkpoint.partial"
    torch.save({"model": learnt(model), "optimizer": optimizer.state_dict(), "state": state}, partial)
    partial.replace(folder / CHECKPOINT)  # a kill while writing leaves the old one whole


def resume(folder: Path, model: nn.Module, optimizer: torch.optim.Optimizer, lesson: int = 0) -> dict[str, Any]:
    """Where the training stands, model and optimiser included; ``lesson`` is that of a training that begins."""
    path = folder / CHECKPOINT
    if not path.exists():
        return {"step": 0, "examples": 0, "seconds": 0.0, "best": 0.0, "lesson": lesson}
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"], strict=False)
    optimizer.load_state_dict(saved["optimizer"])
    return dict(saved["state"])


def log(row: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(row) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
