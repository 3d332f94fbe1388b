"""Measure anew how far to trust the weights' probabilities, and write it into their card.

    python -m verifier.calibrate --data DIR [--weights FOLDER]

For weights that stay as they are while what is around them changes: how parties are named, in which precision they are
read, which items are held out. The weights themselves are not touched.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import torch

from verifier.data.hand_written import hand_written_groups
from verifier.inference import in_served_precision
from verifier.train import calibrate, split_by_source, validation_logits
from verifier.types import VerifierUnavailable
from verifier.weights import CARD, load_reader

SHIPPED = Path(__file__).parent / "weights"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m verifier.calibrate", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with nearmiss/ and cuad/")
    parser.add_argument("--weights", type=Path, default=SHIPPED)
    options = parser.parse_args()
    try:
        _, held_out = split_by_source(hand_written_groups(options.data))
        model, tokenizer, card = load_reader(options.weights)
    except (OSError, VerifierUnavailable) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    in_served_precision(model)
    with torch.inference_mode():
        measured = calibrate(*validation_logits(model, held_out, tokenizer, torch.device("cpu")))
    (options.weights / CARD).write_text(json.dumps({**card, **measured}, indent=2) + "\n")
    sys.stdout.write(json.dumps(measured["validation"]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
