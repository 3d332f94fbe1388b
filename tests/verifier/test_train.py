"""The whole course of the three trainings on a few items: lessons, validation, best state, calibration, weights."""

import json
import signal
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from verifier import compress, loop, second_reading, train
from verifier.card import CARD, DIFFERENCES, read_card
from verifier.data import lessons
from verifier.data.hand_written import near_miss_groups
from verifier.inference import load_verifier
from verifier.types import LABELS, Pair, Party, Share
from verifier.weight_files import SECOND

PARTIES = [{"name": "Northgate Ltd", "term": "Supplier"}, {"name": "Harbour plc", "term": "Customer"}]
CONTRACTS = 40  # so that the split by contract gives both sides some


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [
        {
            "clause": "The Supplier shall pay the fees.",
            "parties": PARTIES,
            "queries": [
                {"q": "Supplier pays", "label": "supported", "evidence": [[0, 18]]},
                {"q": "Customer pays", "label": "party_swapped"},
            ],
            "source_file": f"contract {number}",
            "pair": "",
        }
        for number in range(CONTRACTS)
    ]
    (tmp_path / "nearmiss").mkdir()
    (tmp_path / "nearmiss" / "train_0.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


def test_a_training_writes_weights_that_verify_and_say_how_far_to_trust_them(
    data: Path, small_weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "new" / "weights"
    monkeypatch.setattr(lessons, "hand_written_groups", near_miss_groups)
    monkeypatch.setattr(lessons, "searched_groups", lambda _: [])
    monkeypatch.setattr(lessons, "subject_groups", lambda _: [])
    monkeypatch.setattr(lessons, "contract_inference_groups", lambda folder: [])
    monkeypatch.setattr(loop, "VALIDATION_SECONDS", 0)  # after each step
    shared = ["--data", str(data), "--output", str(folder), "--minutes", "0.02"]
    monkeypatch.setattr(sys, "argv", ["train", *shared, "--start", str(small_weights)])
    before = signal.getsignal(signal.SIGTERM)
    assert train.main() == 0
    assert signal.getsignal(signal.SIGTERM) == before  # what follows the loop can be stopped
    monkeypatch.setattr(sys, "argv", ["compress", *shared, "--weights", str(folder), "--dimensions", "8"])
    assert compress.main() == 0
    monkeypatch.setattr(sys, "argv", ["compress", *shared, "--weights", str(folder), "--go-on", "--name", "further"])
    assert compress.main() == 0
    first_reading = load_file(folder / DIFFERENCES)
    monkeypatch.setattr(sys, "argv", ["second_reading", *shared, "--weights", str(folder), "--rate", "0.01"])
    assert second_reading.main() == 0
    assert not any(name.startswith(SECOND) for name in first_reading)  # it had learnt nothing of its own
    changed = {name.split(".")[0] for name, value in load_file(folder / DIFFERENCES).items()
               if name not in first_reading or not torch.equal(value, first_reading[name])}  # fmt: skip
    assert changed == {"trained"}
    card = json.loads((folder / CARD).read_text())
    assert (
        card["name"] == "further"
        and card["step"] >= 1
        and card["best"] > 0
        and sum(band["shown"] for band in card["reliability"]) > 0
    )
    assert (folder / train.BEST).exists()
    verifier = load_verifier(folder)
    assert read_card(folder).supported_kept == Share(**card["supported_kept"])
    [verdict] = verifier.verify([Pair("Supplier pays", "Supplier shall pay.", (Party("A", "Supplier"),))])
    assert set(verdict.probabilities) == set(LABELS)
