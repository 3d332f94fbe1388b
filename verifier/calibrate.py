"""Measure anew how far to trust the weights' probabilities, and write it into their card.

    python -m verifier.calibrate --data DIR [--weights FOLDER]

Also for weights that stay as they are while what is around them changes: how parties are named, in which precision they
are read, which items are held out. The weights themselves are not touched.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from verifier.calibration import (
    WRONG_IN_SEARCHES,
    fit_temperature,
    reliability,
    share_from,
    share_of,
    support_threshold,
)
from verifier.card import CARD, SHIPPED
from verifier.data.hand_written import hand_written_groups, measured_groups
from verifier.data.items import SUPPORTED, Group
from verifier.data.lessons import split_by_source
from verifier.inference import Verifier, in_served_precision, load_verifier
from verifier.loop import log
from verifier.types import LABELS, Pair, Share, VerifierUnavailable
from verifier.validation import accuracy_report, validation_logits
from verifier.weight_files import load_reader


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m verifier.calibrate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with nearmiss/ and cuad/")
    parser.add_argument("--weights", type=Path, default=SHIPPED)
    options = parser.parse_args()
    try:
        _, held_out = split_by_source(hand_written_groups(options.data))
        log(calibrate(options.weights, held_out, measured_groups(options.data))["validation"])
    except (OSError, VerifierUnavailable) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def calibrate(folder: Path, held_out: Sequence[Group], searched: Sequence[Group]) -> dict[str, Any]:
    """The card, with a temperature for each of the two readings, and what held-out verdicts are like as served.

    ``searched``: results of searches that it did not learn from. Support is sure from where few enough are wrong both
    of these and of what was written for its clause: results of searches are mostly about something near.
    """
    model, tokenizer, card = load_reader(folder)
    in_served_precision(model)
    device = torch.device("cpu")
    card["temperature"] = fit_temperature(*validation_logits(model, held_out, tokenizer, device))
    card["close_temperature"] = fit_temperature(*validation_logits(model.trained, held_out, tokenizer, device))
    write_card(folder, card)

    verifier = load_verifier(folder)
    probabilities, targets = verdicts_on(verifier, held_out)
    confidence, predicted = probabilities.max(-1)
    written, found = support_of(probabilities, targets), support_of(*verdicts_on(verifier, searched))
    sure = max(support_threshold(*written), support_threshold(*found, WRONG_IN_SEARCHES))
    card["validation"] = accuracy_report(probabilities.log(), targets)
    card["support_threshold"] = asdict(share_from(sure, *written))
    card["support_in_searches"] = asdict(share_from(sure, *found))
    card["supported_kept"] = asdict(supported_kept(predicted.tolist(), targets.tolist()))
    card["reliability"] = [asdict(band) for band in reliability(confidence.tolist(), (predicted == targets).tolist())]
    write_card(folder, card)
    return card


def verdicts_on(verifier: Verifier, groups: Sequence[Group]) -> tuple[Tensor, Tensor]:
    """Probabilities (n, labels), as served, and right labels (n,)."""
    asked = [(group, question) for group in groups for question in group.questions]
    verdicts = verifier.verify([Pair(question.text, group.clause, group.parties) for group, question in asked])
    rows = [[verdict.probabilities[label] for label in LABELS] for verdict in verdicts]
    right = [question.allowed[0] for _, question in asked]
    return torch.tensor(rows).view(-1, len(LABELS)), torch.tensor(right, dtype=torch.long)


def support_of(probabilities: Tensor, targets: Tensor) -> tuple[list[float], list[bool]]:
    """The probability of support, and whether it is."""
    return probabilities[:, SUPPORTED].tolist(), (targets == SUPPORTED).tolist()


def supported_kept(predicted: Sequence[int], targets: Sequence[int]) -> Share:
    """Of the held-out queries that the clause supports, those called supported; the others are what a check misses."""
    return share_of(
        0.0, [label == SUPPORTED for label, target in zip(predicted, targets, strict=True) if target == SUPPORTED]
    )


def write_card(folder: Path, card: dict[str, Any]) -> None:
    (folder / CARD).write_text(json.dumps(card, indent=2) + "\n")


if __name__ == "__main__":
    sys.exit(main())
