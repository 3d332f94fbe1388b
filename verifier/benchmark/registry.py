"""The systems by name, in the order of the table."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from verifier.benchmark.cosine import Cosine
from verifier.benchmark.cross_encoder import CrossEncoder
from verifier.benchmark.encoder import TokenEncoder
from verifier.benchmark.hybrid import Hybrid
from verifier.benchmark.map_transformer import MapReader
from verifier.benchmark.maxsim import MaxSim
from verifier.benchmark.near_miss_encoder import NearMissEncoder
from verifier.benchmark.proviso import Proviso
from verifier.benchmark.system import System, TrainedSystem
from verifier.benchmark.word_overlap import WordOverlap
from verifier.types import VerifierUnavailable

CACHE = Path(__file__).parents[2] / ".cache" / "benchmark"
OURS = "proviso"
CROSS_ENCODER, LARGE_CROSS_ENCODER = "cross-encoder", "cross-encoder-mpnet"
WEIGHTS, CARD = "model.safetensors", "card.json"


@dataclass(frozen=True, slots=True)
class Baseline:
    """A system that has to be trained before it can be measured."""

    new: Callable[[Path | None], TrainedSystem]
    minutes: int  # of training on two CPU cores that it takes to show what it can do
    own_backbone: bool = False  # not the installed MiniLM


SIMILARITIES: dict[str, Callable[[TokenEncoder], System]] = {
    "word-overlap": lambda encoder: WordOverlap(),
    "cosine": Cosine,
    "hybrid": Hybrid,
    "maxsim": MaxSim,
}
BASELINES: dict[str, Baseline] = {
    "near-miss-encoder": Baseline(NearMissEncoder, minutes=30),
    "f4-frozen": Baseline(partial(MapReader, frozen=True), minutes=60),
    "f4": Baseline(partial(MapReader, frozen=False), minutes=90),
    CROSS_ENCODER: Baseline(CrossEncoder, minutes=120),
    LARGE_CROSS_ENCODER: Baseline(CrossEncoder, minutes=720, own_backbone=True),
}
TITLES = {
    "word-overlap": "word overlap",
    "cosine": "dense cosine",
    "near-miss-encoder": "dense, tuned on near misses",
    "hybrid": "hybrid (full text, dense; RRF)",
    "maxsim": "MaxSim",
    "f4-frozen": "F4 map Transformer, frozen",
    "f4": "F4 map Transformer, end to end",
    CROSS_ENCODER: "cross-encoder, MiniLM-L6",
    LARGE_CROSS_ENCODER: "cross-encoder, MPNet-base",
    OURS: "Proviso's verifier",
}


def load_systems(names: list[str], cache: Path, weights: Path) -> tuple[dict[str, System], dict[str, str]]:
    """The systems that can be measured, and for each of the others how to train it."""
    encoder = TokenEncoder()
    systems: dict[str, System] = {}
    missing: dict[str, str] = {}
    for name in names:
        if name in SIMILARITIES:
            systems[name] = SIMILARITIES[name](encoder)
        elif name == OURS:
            systems[name] = Proviso(weights)
        elif (cache / name / WEIGHTS).exists():
            systems[name] = load_baseline(name, cache / name)
        else:
            missing[name] = training_command(name)
    return systems, missing


def training_command(name: str) -> str:
    command = f"python -m verifier.benchmark.train --data DIR --system {name} --minutes {BASELINES[name].minutes}"
    return command + " --backbone FOLDER" * BASELINES[name].own_backbone


def load_baseline(name: str, folder: Path) -> TrainedSystem:
    try:
        backbone = json.loads((folder / CARD).read_text())["backbone"]
        system = BASELINES[name].new(backbone and Path(backbone))
        system.take({key: value.float() for key, value in load_file(folder / WEIGHTS).items()})
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise VerifierUnavailable(
            f"The weights of {name} in {folder} cannot be read ({error}). Remove that folder and train again: "
            f"{training_command(name)}"
        ) from error
    return system.eval()


def save_baseline(system: TrainedSystem, folder: Path, card: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    state = {name: value.to("cpu", torch.float16).contiguous() for name, value in system.learnt().items()}
    save_file(state, folder / WEIGHTS)
    (folder / CARD).write_text(json.dumps(card, indent=2) + "\n")
