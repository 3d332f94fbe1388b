import random
from copy import deepcopy
from itertools import islice
from pathlib import Path

import pytest
import torch

from verifier.backbone import backbone_folder
from verifier.curriculum import Curriculum, endless, mixed_batches
from verifier.data.augment import SWAPPED, render
from verifier.data.batches import batch_groups, truncate
from verifier.data.frames import DUTIES, RIGHTS, Frame
from verifier.data.generate import OPPOSITE, Statement, generate_group
from verifier.data.hand_written import near_miss_groups
from verifier.data.items import SUPPORTED, Group, Question
from verifier.data.lessons import Lessons, split_by_source, split_searched
from verifier.loop import rate_scale
from verifier.train import loss_of, parse_arguments
from verifier.types import LABELS, Party
from verifier.weight_files import load_tokenizer

PARTIES = (Party("Northgate Analytics Ltd", "Supplier"), Party("Harbour Retail Group plc", "Customer"))


def group(clause: str, label: int = SUPPORTED, query: str = "supplier indemnifies customer") -> Group:
    return Group(clause, PARTIES, (Question(query, (label,)),), "contract")


def test_renaming_keeps_the_label_and_the_binding() -> None:
    clause = group("The Supplier shall indemnify the Customer.")
    (one,) = render(clause, random.Random(1), raw_share=0, exchange_share=0)
    assert one.clause == "Alice shall indemnify Bob."
    assert one.questions == (Question("Alice indemnifies Bob", (SUPPORTED,)),)


def test_the_query_names_the_parties() -> None:
    """Alice is the party that the query mentions first, so that one clause is read under two namings."""
    clause = "The Supplier shall indemnify the Customer."
    queries = ("supplier indemnifies customer", "customer is indemnified by supplier", "vendor indemnifies client")
    asked = Group(clause, PARTIES, tuple(Question(query, (SUPPORTED,)) for query in queries), "contract")
    named = render(asked, random.Random(1), raw_share=0, exchange_share=0)
    assert [(one.clause, [question.text for question in one.questions]) for one in named] == [
        ("Alice shall indemnify Bob.", ["Alice indemnifies Bob", "Alice indemnifies Bob"]),
        ("Bob shall indemnify Alice.", ["Alice is indemnified by Bob"]),
    ]


def test_the_clause_names_the_parties() -> None:
    """Alice is the party that the clause mentions first, so that it is read once for all queries."""
    clause = "The Supplier shall indemnify the Customer."
    queries = ("supplier indemnifies customer", "customer is indemnified by supplier", "vendor indemnifies client")
    asked = Group(clause, PARTIES, tuple(Question(query, (SUPPORTED,)) for query in queries), "contract")
    (named,) = render(asked, random.Random(1), first="clause", raw_share=0, exchange_share=0)
    assert named.clause == "Alice shall indemnify Bob."
    assert [question.text for question in named.questions] == [
        "Alice indemnifies Bob", "Bob is indemnified by Alice", "Alice indemnifies Bob"
    ]  # fmt: skip


def test_an_exchange_is_asked_beside_the_query_where_the_clause_names_the_parties() -> None:
    clause = group("The Supplier shall indemnify the Customer.")
    (named,) = render(clause, random.Random(1), first="clause", raw_share=0, exchange_share=1)
    assert named.clause == "Alice shall indemnify Bob."
    assert [(one.text, one.allowed) for one in named.questions] == [
        ("Alice indemnifies Bob", (SUPPORTED,)), ("Bob indemnifies Alice", (SWAPPED,))
    ]  # fmt: skip


def test_an_exchange_is_seen_in_the_clause_where_the_query_names_the_parties() -> None:
    clause = group("The Supplier shall indemnify the Customer.")
    named = render(clause, random.Random(1), raw_share=0, exchange_share=1)
    assert [(one.clause, [(asked.text, asked.allowed) for asked in one.questions]) for one in named] == [
        ("Alice shall indemnify Bob.", [("Alice indemnifies Bob", (SUPPORTED,))]),
        ("Bob shall indemnify Alice.", [("Alice indemnifies Bob", (SWAPPED,))]),
    ]


@pytest.mark.parametrize(
    "clause",
    ["Each party shall indemnify the other party.", "Neither party may assign.", "The parties shall mutually agree."],
)
def test_mutual_clauses_are_never_exchanged(clause: str) -> None:
    assert labels_with_exchanges(group(clause)) == [(SUPPORTED,)]


def test_other_labels_are_never_exchanged() -> None:
    negated = LABELS.index("negated")
    assert labels_with_exchanges(group("The Supplier shall pay.", negated)) == [(negated,)]


def labels_with_exchanges(group: Group) -> list[tuple[int, ...]]:
    named = render(group, random.Random(1), raw_share=0, exchange_share=1)
    return [question.allowed for one in named for question in one.questions]


def test_split_keeps_a_contract_on_one_side() -> None:
    groups = [Group("c", (), (Question("q", (0,)),), f"contract {i % 40}") for i in range(400)]
    training, validation = split_by_source(groups)
    assert validation and not {g.source for g in training} & {g.source for g in validation}


def test_searches_are_held_out_by_question_and_learnt_from_without_held_out_contracts() -> None:
    groups = [Group("c", (), (Question(f"q{i % 30}", (0,)),), f"contract {i % 40}") for i in range(1200)]
    training, held_out = split_searched(groups)
    assert training and not {g.questions[0].text for g in training} & {g.questions[0].text for g in held_out}
    assert not {g.source for g in training} & {g.source for g in split_by_source(groups)[1]}
    assert {g.source for g in held_out} & {g.source for g in split_by_source(groups)[1]}  # of any contract


def test_endless_goes_through_everything_once_an_epoch() -> None:
    groups = [group("word " * n) for n in range(10)]
    batches = endless(groups, random.Random(0), size=3, pool=10)
    seen = [g.clause for _ in range(4) for g in next(batches)]
    assert sorted(seen) == sorted(g.clause for g in groups)


def test_truncate_keeps_the_closing_mark() -> None:
    assert truncate([101, 1, 2, 3, 102], 4) == [101, 1, 2, 102]


def test_learning_rate_warms_up_and_decays() -> None:
    assert rate_scale(0.0) < 0.05 < rate_scale(0.5) < rate_scale(0.06)


def test_missing_data_names_the_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="--data DIR"):
        near_miss_groups(tmp_path)


def test_training_options_need_data_and_output() -> None:
    with pytest.raises(SystemExit):
        parse_arguments(["--minutes", "1"])


def test_loss_allows_several_labels(small_verifier) -> None:
    """All labels allowed: nothing to learn, loss 0. One label: minus the log of its probability."""
    everything = Group("The Supplier shall pay.", (), (Question("pays", tuple(range(7))),), "s")
    model = deepcopy(small_verifier._model).float()  # it is served in bfloat16 where that is fast
    tokenizer = small_verifier._tokenizer
    assert loss_of(model, batch_groups([everything], tokenizer)).item() == pytest.approx(0, abs=1e-5)
    one = Group("The Supplier shall pay.", (), (Question("pays", (2,)),), "s")
    batch = batch_groups([one], tokenizer)
    read = model.read_clauses(batch.clause_tokens, batch.clause_mask)
    logits = model(batch.query_tokens, batch.query_mask, read, batch.clause_mask, batch.clause_of).logits
    assert loss_of(model, batch).item() == pytest.approx(-torch.log_softmax(logits, -1)[0, 2].item(), abs=1e-5)


@pytest.mark.parametrize("frame", DUTIES + RIGHTS, ids=lambda frame: frame.bearer[0])
def test_every_phrase_of_a_frame_names_both_sides(frame: Frame) -> None:
    """The subject of the sentence is not in the phrase; without the other party there is nothing to exchange."""
    assert all("{y}" in phrase and "{x}" not in phrase for phrase in frame.bearer)
    assert all("{x}" in phrase and "{y}" not in phrase for phrase in frame.counterparty)
    assert all("{x}" in phrase for phrase in frame.noun)
    for phrase in (*frame.bearer, *frame.counterparty, *frame.noun):
        assert "{" not in Statement(frame, "duty", "Alice", "Bob", frame.things[0]).fill(phrase)


def test_made_up_groups_ask_one_query_once_and_label_it_once() -> None:
    rng = random.Random(3)
    for _ in range(300):
        made = generate_group(rng)
        labels: dict[str, set[tuple[int, ...]]] = {}
        for question in made.questions:
            labels.setdefault(question.text, set()).add(question.allowed)
        assert all(len(found) == 1 for found in labels.values()), made
        assert len(made.clause.split()) > 3 and made.questions


def test_the_opposite_of_the_opposite_is_the_same() -> None:
    assert all(OPPOSITE[OPPOSITE[kind]] == kind for kind in OPPOSITE)


def test_what_a_data_folder_lacks_is_left_out_of_the_lessons() -> None:
    lessons = Lessons([group("The Supplier shall pay.")], [], [], [], [], [])
    batches = mixed_batches(lessons, load_tokenizer(backbone_folder()), random.Random(0), Curriculum(Curriculum.LAST))
    assert {kind for kind, _ in islice(batches, 60)} == {"hand_written", "generated"}
