"""The training loop: on the clock, keeping what validates best; interrupted, it goes on from its checkpoint."""

from __future__ import annotations

import json
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from verifier.curriculum import Curriculum
from verifier.precision import working_precision

VALIDATION_SECONDS = 900  # of training between two validations
LOGGED_STEPS = 20
CHECKPOINT = "checkpoint.pt"


class Learner(Protocol):
    """What learns. Its parameters without gradient stay as they are, and are in no checkpoint."""

    def parameters(self) -> Iterator[nn.Parameter]: ...

    def parameter_groups(self) -> list[dict[str, Any]]:
        """Of the optimizer; ``lr`` is the peak of the rate."""

    def batches(self, rng: random.Random, curriculum: Curriculum) -> Iterator[tuple[str, Any]]:
        """(kind, batch) without end; a batch's length is the number of its queries."""

    def loss(self, batch: Any) -> Tensor: ...

    def learnt(self) -> dict[str, Tensor]: ...

    def take(self, learnt: dict[str, Tensor]) -> None:
        """The opposite of ``learnt``."""

    def train(self, mode: bool = True) -> Any: ...

    def validate(self, step: int) -> float:
        """The higher the better; logged by itself."""

    def keep(self, state: dict[str, Any]) -> None:
        """What it has learnt is the best so far."""


def run(learner: Learner, folder: Path, seconds: float, seed: int, lesson: int = 0) -> dict[str, Any]:
    """Where the training stands at its end, earlier runs counted in; ``lesson`` is that of a training that begins.

    SystemExit with what to do when it was asked to stop before.
    """
    optimizer = torch.optim.AdamW(learner.parameter_groups(), weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    for group in optimizer.param_groups:
        group.setdefault("peak", group["lr"])
    state = _resume(folder, learner, optimizer, lesson)
    rng = random.Random(seed + state["step"])  # what is drawn after a stop is not what was drawn before
    curriculum = Curriculum(state["lesson"])
    batches = learner.batches(rng, curriculum)
    validated_at, window = state["seconds"], []
    stop = StopRequest()
    learner.train()
    mark = time.monotonic()
    while state["seconds"] < seconds and not stop.asked:
        scale = rate_scale(state["seconds"] / seconds)
        kind, batch = next(batches)
        loss = _step(learner, optimizer, batch, scale)
        now = time.monotonic()
        state["seconds"] += now - mark
        mark = now
        state["step"] += 1
        state["examples"] += len(batch)
        window.append((kind, loss))
        curriculum.learn(kind, loss, state["seconds"] / seconds)
        state["lesson"] = curriculum.lesson
        if state["step"] % LOGGED_STEPS == 0:
            log({**state, **_mean_losses(window), "rate": scale})
            window.clear()
        if state["seconds"] - validated_at > VALIDATION_SECONDS:
            validated_at = state["seconds"]
            _validate(learner, state)
            _save_checkpoint(folder, learner, optimizer, state)
            learner.train()
            mark = time.monotonic()  # validation is not training time
    stop.end()
    if not stop.asked:
        _validate(learner, state)
    _save_checkpoint(folder, learner, optimizer, state)
    if stop.asked:
        sys.exit(f"Stopped at step {state['step']}; the same command goes on from there.")
    return state


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


def rate_scale(progress: float) -> float:
    """Linear warm-up over 2 %, then linear decay to a twentieth."""
    return min(progress / 0.02 + 0.01, 1.0) * max(1.0 - progress, 0.05)


def log(row: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(row) + "\n")
    sys.stdout.flush()


def _step(learner: Learner, optimizer: torch.optim.Optimizer, batch: Any, scale: float) -> float:
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * scale
    with working_precision(next(learner.parameters()).device):
        loss = learner.loss(batch)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(learner.parameters(), 1.0)
    optimizer.step()
    return loss.item()


def _validate(learner: Learner, state: dict[str, Any]) -> None:
    learner.train(False)
    score = learner.validate(state["step"])
    if score > state["best"]:
        state["best"] = score
        learner.keep(state)


def _mean_losses(window: list[tuple[str, float]]) -> dict[str, float]:
    kinds = {kind for kind, _ in window}
    return {
        f"loss_{k}": round(sum(v for kind, v in window if kind == k) / sum(kind == k for kind, _ in window), 4)
        for k in kinds
    }


def _save_checkpoint(folder: Path, learner: Learner, optimizer: torch.optim.Optimizer, state: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / "checkpoint.partial"
    torch.save({"learnt": learner.learnt(), "optimizer": optimizer.state_dict(), "state": state}, partial)
    partial.replace(folder / CHECKPOINT)  # a kill while writing leaves the old one whole


def _resume(folder: Path, learner: Learner, optimizer: torch.optim.Optimizer, lesson: int) -> dict[str, Any]:
    path = folder / CHECKPOINT
    if not path.exists():
        return {"step": 0, "examples": 0, "seconds": 0.0, "best": -1.0, "lesson": lesson}
    saved: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    learner.take(saved["learnt"])
    optimizer.load_state_dict(saved["optimizer"])
    return dict(saved["state"])
