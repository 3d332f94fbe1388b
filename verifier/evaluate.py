"""Measure the verifier beside the systems that it has to beat, in one run and on the same items.

    python -m verifier.evaluate --data DIR [--systems NAME ...] [--quick] [--json FILE] [--plots FOLDER]

What was not trained yet is named with the command that trains it, and so is every part of the data that DIR lacks.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import platform
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

import torch

from verifier.backbone import backbone_folder
from verifier.benchmark import plots
from verifier.benchmark.bootstrap import RESAMPLES, Interval, Measure, interval, intervals, resamples
from verifier.benchmark.contract_inference import measure_inference, read_inference
from verifier.benchmark.cosine import Cosine
from verifier.benchmark.held_out import measure_held_out
from verifier.benchmark.kinds import right_by_kind
from verifier.benchmark.leak import measure_leak
from verifier.benchmark.map_transformer import MapReader
from verifier.benchmark.near_miss_encoder import NearMissEncoder
from verifier.benchmark.quality import confusion, errors_by_phenomenon, evidence_overlap, measures_of, reliability
from verifier.benchmark.registry import CACHE, CROSS_ENCODER, LARGE_CROSS_ENCODER, OURS, TITLES, load_systems
from verifier.benchmark.retrieval import measure_retrieval, read_sets, sample
from verifier.benchmark.searched import measure_searched
from verifier.benchmark.speed import candidate_pairs, measure_speed
from verifier.benchmark.swap import swap_consistency
from verifier.benchmark.system import Predictions, System
from verifier.benchmark.table import as_text
from verifier.card import SHIPPED
from verifier.data.hand_written import hand_written_groups, measured_groups, searched_groups
from verifier.data.items import SUPPORTED, Group, development_items, read_parties
from verifier.data.lessons import split_by_source, split_searched
from verifier.precision import served_precision, working_precision
from verifier.types import LABELS, Pair, VerifierUnavailable
from verifier.weight_files import load_tokenizer

QUICK = {"resamples": 200, "every_inference_pair": 6, "queries": 15, "documents": 300}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="holds nearmiss/, acord/, retrieval/ ..."
    )
    parser.add_argument("--systems", nargs="+", choices=list(TITLES), default=list(TITLES), metavar="NAME",
                        help=f"of {', '.join(TITLES)}; default: all")  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="fewer resamples, a sample of the retrieval sets: minutes")
    parser.add_argument("--weights", type=Path, default=SHIPPED, metavar="FOLDER", help="of Proviso's verifier")
    parser.add_argument("--cache", type=Path, default=CACHE, metavar="FOLDER", help="where trained baselines lie")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure")
    parser.add_argument(
        "--plots", type=Path, metavar="FOLDER", help="draw; needs matplotlib (pip install '.[benchmark]')"
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m verifier.evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_arguments(parser)
    try:
        run(parser.parse_args(), sys.stdout.write)
    except (OSError, VerifierUnavailable) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def run(options: argparse.Namespace, write: Callable[[str], Any]) -> None:
    """OSError when the data or a file cannot be read or written, VerifierUnavailable when weights are broken."""
    if not (options.data / "nearmiss" / "dev.jsonl").exists():
        raise FileNotFoundError(f"{options.data}/nearmiss/dev.jsonl is missing. Give the data folder with --data DIR.")
    if options.plots and importlib.util.find_spec("matplotlib") is None:
        raise FileNotFoundError("--plots needs matplotlib, which is not installed: pip install '.[benchmark]'")
    systems, missing = load_systems(options.systems, options.cache, options.weights)
    report = plain(evaluate(systems, missing, options.data, options.cache, quick=options.quick))
    write(as_text(report))
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(report, indent=1) + "\n")
    if options.plots:
        for path in plots.draw(report, options.plots):
            write(f"drawn: {path}\n")


def evaluate(
    systems: Mapping[str, System], missing: Mapping[str, str], data: Path, cache: Path, *, quick: bool = False
) -> dict[str, Any]:
    items = development_items(data)
    pairs = [Pair(item["query"], item["clause"], read_parties(item["parties"])) for item in items]
    right = [LABELS.index(item["label"]) for item in items]
    groups = [item["group"] for item in items]
    drawn = resamples(groups, QUICK["resamples"] if quick else RESAMPLES)
    not_measured: list[str] = []
    device = torch.device("cpu")

    predictions: dict[str, Predictions] = {}
    rows: dict[str, dict[str, Any]] = {}
    for name, system in systems.items():
        _say(f"items: {TITLES[name]}")
        predictions[name] = predicted = system.prepare(pairs).read()
        quality = intervals(measures_of(right, predicted), len(items), drawn)
        rows[name] = {"title": TITLES[name], "quality": quality, **_decisions(items, right, predicted)}
        if predicted.labels is not None:
            rows[name]["swap"] = swap_consistency(system, items, pairs, predicted)
            rows[name]["kinds"] = right_by_kind(pairs, right, predicted.labels)
    _add_inference(rows, systems, predictions, data, not_measured, quick)
    learnt_from, held_out = _hand_written(data, not_measured)
    if OURS in systems and held_out:
        _say(f"held-out queries: {TITLES[OURS]}")
        rows[OURS]["held_out"] = measure_held_out(systems[OURS], held_out)
        rows[OURS]["searched"] = {
            "held-out questions": measure_searched(systems[OURS], split_searched(searched_groups(data))[1]),
            "contracts never learnt from": measure_searched(systems[OURS], measured_groups(data)),
        }
    _say("speed: all systems in turn")
    candidates = candidate_pairs(pairs, load_tokenizer(backbone_folder()))
    with working_precision(device):  # the others; ours brings its own precision
        speeds = measure_speed(systems, candidates)
    for name, seconds in speeds.items():
        rows[name]["speed"] = seconds
    return {
        "items": len(items),
        "groups": len(set(groups)),
        "resamples": len(drawn),
        "quick": quick,
        "threads": torch.get_num_threads(),
        "machine": platform.machine(),
        "precision": served_precision(),
        "systems": rows,
        "ours_minus": {
            name: _difference(right, predictions[OURS], predictions[name], drawn)
            for name in (CROSS_ENCODER, LARGE_CROSS_ENCODER)
            if {OURS, name} <= predictions.keys()
        },
        "retrieval": _retrieval(systems, data, cache, not_measured, quick),
        "leak": measure_leak(learnt_from, items) if learnt_from else {},
        "without_weights": dict(missing),
        "not_measured": not_measured,
    }


def _decisions(items: list[dict[str, Any]], right: list[int], predicted: Predictions) -> dict[str, Any]:
    """What only systems have that give labels, probabilities or evidence."""
    row: dict[str, Any] = {}
    if predicted.labels is not None:
        row["confusion"] = confusion(right, predicted.labels)
        row["phenomena"] = errors_by_phenomenon([item["phenomenon"] for item in items], right, predicted.labels)
    if predicted.probabilities is not None:
        supported = [probabilities[SUPPORTED] for probabilities in predicted.probabilities]
        row["reliability"] = reliability(supported, [label == SUPPORTED for label in right])
    if predicted.evidence is not None:
        row["evidence_f1"] = evidence_overlap(items, predicted.evidence)
    return row


def _difference(
    right: list[int], ours: Predictions, theirs: Predictions, drawn: list[list[int]]
) -> dict[str, Interval]:
    """Ours minus theirs on the same resamples: an interval above 0 is a real lead."""
    mine, other = measures_of(right, ours), measures_of(right, theirs)

    def lead(name: str) -> Measure:
        return lambda numbers: mine[name](numbers) - other[name](numbers)

    return {name: interval(lead(name), len(right), drawn) for name in ("auroc", "accuracy", "macro_f1")}


def _add_inference(
    rows: dict[str, dict[str, Any]], systems: Mapping[str, System], predictions: Mapping[str, Predictions], data: Path,
    not_measured: list[str], quick: bool,
) -> None:  # fmt: skip
    if not (data / "contractnli" / "dev.jsonl.gz").exists():
        not_measured.append("ContractNLI; the data folder has no contractnli/dev.jsonl.gz")
        return
    groups = read_inference(data)[:: QUICK["every_inference_pair"] if quick else 1]
    for name, predicted in predictions.items():
        if predicted.probabilities is not None:
            _say(f"ContractNLI: {TITLES[name]}")
            rows[name]["contract_inference"] = measure_inference(systems[name], groups)


def _retrieval(
    systems: Mapping[str, System], data: Path, cache: Path, not_measured: list[str], quick: bool
) -> dict[str, Any]:
    sets, absent = read_sets(data)
    not_measured.extend(f"retrieval on {folder}; the data folder has none" for folder in absent)
    # Encoders that could serve recall: as it is, and as tuning leaves it.
    encoders = {
        name: system.encoder
        for name, system in systems.items()
        if isinstance(system, Cosine | NearMissEncoder | MapReader) and name != "f4-frozen"
    }
    if quick:
        sets = [sample(each, QUICK["queries"], QUICK["documents"]) for each in sets]
    _say(f"retrieval: {len(encoders)} encoders over {sum(len(each.documents) for each in sets)} documents")
    return {
        each.name: {
            "queries": len(each.queries),
            "documents": len(each.documents),
            "rankers": measure_retrieval(each, encoders, cache),
        }
        for each in sets
    }


def _hand_written(data: Path, not_measured: list[str]) -> tuple[list[Group], list[Group]]:
    """Learnt from, and held out."""
    try:
        return split_by_source(hand_written_groups(data))
    except FileNotFoundError as error:
        not_measured.append(f"leak test and held-out queries; {error}")
        return [], []


def _say(what: str) -> None:
    sys.stderr.write(f"measuring {what}\n")  # the table alone goes to standard output


def plain(value: Any) -> Any:
    """As JSON has it: dataclasses as objects, NaN as null."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return None if isinstance(value, float) and math.isnan(value) else value


if __name__ == "__main__":
    sys.exit(main())
