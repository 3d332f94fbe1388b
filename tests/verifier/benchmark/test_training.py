from pathlib import Path
from random import Random

import pytest
import torch

from verifier.benchmark import train as training
from verifier.benchmark.registry import BASELINES, load_baseline, load_systems
from verifier.curriculum import Curriculum
from verifier.data.items import NOT_SUPPORTED, Group, Question
from verifier.data.lessons import Lessons
from verifier.types import LABELS, Pair, Party, VerifierUnavailable

PARTIES = (Party("Northgate Ltd", "Supplier"), Party("Harbour plc", "Customer"))


def group(duty: str, number: int) -> Group:
    labelled = {
        f"Supplier must {duty}": "supported",
        f"Customer must {duty}": "party_swapped",
        f"no duty to {duty}": "negated",
    }
    questions = tuple(Question(text, (LABELS.index(label),)) for text, label in labelled.items())
    return Group(f"The Supplier shall {duty} for the Customer.", PARTIES, questions, f"contract {number}")


GROUPS = [group(duty, n) for n, duty in enumerate(["pay", "deliver goods", "insure", "report", "train staff", "clean"])]
GENERAL = [Group("A man sleeps.", (), (Question("A man runs.", NOT_SUPPORTED),), "pairs")]
LESSONS = Lessons(GROUPS[:4], GROUPS[4:], [], [], GENERAL, GENERAL)
PAIRS = [Pair(q.text, g.clause, g.parties) for g in GROUPS for q in g.questions]


@pytest.mark.parametrize("name", BASELINES)
def test_a_baseline_learns_is_kept_and_goes_on(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    backbone = request.getfixturevalue("small_mpnet" if BASELINES[name].own_backbone else "small_bert")
    card = {"system": name, "backbone": str(backbone), "seed": 1}
    torch.manual_seed(1)
    system = BASELINES[name].new(backbone)
    before = {key: value.clone() for key, value in system.learnt().items()}
    first = training.train(system, LESSONS, tmp_path, seconds=0.05, card=card)
    assert first["step"] >= 1
    assert any(not torch.equal(before[key], value) for key, value in system.learnt().items())

    kept = load_baseline(name, tmp_path)
    scores = system.eval().prepare(PAIRS).read().scores
    assert kept.prepare(PAIRS).read().scores == pytest.approx(scores, abs=0.02)  # kept at 16 bits

    again = training.train(BASELINES[name].new(backbone), LESSONS, tmp_path, seconds=first["seconds"] + 0.05, card=card)
    assert again["step"] > first["step"] and again["seconds"] > first["seconds"]


def test_the_frozen_encoder_is_neither_trained_nor_saved(small_bert: Path) -> None:
    frozen, whole = (BASELINES[name].new(small_bert) for name in ("f4-frozen", "f4"))
    assert all(name.startswith("reader.") for name in frozen.learnt())
    assert any(name.startswith("encoder.") for name in whole.learnt())
    assert not frozen.train().encoder.training and whole.train().encoder.training


def test_learning_the_items_by_heart(small_bert: Path) -> None:
    """The losses lead where they should: the near-miss encoder parts what it was trained on."""
    torch.manual_seed(0)
    system = BASELINES["near-miss-encoder"].new(small_bert).train()
    optimizer = torch.optim.AdamW(system.parameters(), lr=3e-3)
    batches = system.batches(LESSONS, Random(0), Curriculum())
    for _ in range(60):
        optimizer.zero_grad()
        loss = system.loss(next(batches)[1])
        loss.backward()
        optimizer.step()
    assert training.validation_auroc(system.eval(), LESSONS.hand_written) > 0.9


def test_what_was_not_trained_is_named_with_its_command(tmp_path: Path, small_weights: Path) -> None:
    systems, missing = load_systems(["word-overlap", "f4", "cross-encoder-mpnet"], tmp_path, small_weights)
    assert list(systems) == ["word-overlap"]
    assert missing["f4"].startswith("python -m verifier.benchmark.train --data DIR --system f4 --minutes ")
    assert missing["cross-encoder-mpnet"].endswith("--backbone FOLDER")


def test_weights_of_another_system_are_refused(tmp_path: Path, small_bert: Path) -> None:
    torch.manual_seed(0)
    card = {"system": "f4-frozen", "backbone": str(small_bert), "seed": 1}
    training.save_baseline(BASELINES["f4-frozen"].new(small_bert), tmp_path, card)
    with pytest.raises(VerifierUnavailable, match=r"another system.*train again: python -m"):
        load_baseline("cross-encoder", tmp_path)
