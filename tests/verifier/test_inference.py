from collections.abc import Mapping

import pytest

from verifier import inference
from verifier.benchmark.proviso import InMemory
from verifier.data.batches import CLAUSE_TOKENS
from verifier.inference import Verifier, load_verifier
from verifier.parties import NeutralText
from verifier.reader import Reader
from verifier.types import LABELS, Pair, PairError, Party, VerifierUnavailable
from verifier.windows import windows_of

PARTIES = (Party("Northgate Analytics Ltd", "Supplier"), Party("Harbour Retail Group plc", "Customer"))


def test_one_verdict_per_pair_in_order(small_verifier: Verifier) -> None:
    pairs = [Pair("supplier pays", "word " * n, PARTIES) for n in (30, 3, 12)]
    together = small_verifier.verify(pairs)
    alone = [small_verifier.verify([pair])[0] for pair in pairs]
    for one, other in zip(together, alone, strict=True):
        assert one.probabilities == pytest.approx(other.probabilities, abs=1e-4)
        assert set(one.probabilities) == set(LABELS) and sum(one.probabilities.values()) == pytest.approx(1)
        assert one.label == max(one.probabilities, key=one.probabilities.__getitem__)


def test_evidence_points_into_the_original_clause(small_verifier: Verifier) -> None:
    clause = "Northgate Analytics Ltd shall, at its own cost, indemnify Harbour Retail Group plc against every claim."
    for span in small_verifier.verify([Pair("supplier indemnifies customer", clause, PARTIES)])[0].evidence:
        assert 0 <= span.start < span.end <= len(clause) and 0 < span.weight <= 1


def test_every_word_of_a_long_clause_is_in_a_window(small_verifier: Verifier) -> None:
    clause = "The Supplier shall pay. " * 120 + "The Customer may terminate for convenience at any time."
    windows = windows_of([NeutralText(clause, ())], small_verifier._tokenizer)
    read = {place for window in windows for start, end in window.offsets for place in range(start, end)}
    assert len(windows) > 2
    assert all(len(window.ids) <= CLAUSE_TOKENS for window in windows)
    assert {place for place, character in enumerate(clause) if not character.isspace()} <= read


def test_a_verdict_tells_in_how_many_windows_the_clause_was_read(small_verifier: Verifier) -> None:
    clauses = ["The Supplier shall pay.", "The Supplier shall pay. " * 120]
    short, long = small_verifier.verify([Pair("supplier pays", clause, PARTIES) for clause in clauses])
    read = windows_of([NeutralText("Alice shall pay. " * 120, ())], small_verifier._tokenizer)
    assert short.windows == 1 and long.windows == len(read) > 1


def test_same_input_same_verdict(small_verifier: Verifier) -> None:
    pair = Pair("supplier pays", "The Supplier shall pay.", PARTIES)
    assert small_verifier.verify([pair]) == small_verifier.verify([pair])


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (Pair("", "The Supplier shall pay."), "query is empty"),
        (Pair("   ", "The Supplier shall pay."), "query is empty"),
        (Pair("supplier pays", " "), "clause is empty"),
        (Pair("pay " * 10_000, "The Supplier shall pay."), "at most 128"),
    ],
)
def test_pairs_that_cannot_be_read_are_named(small_verifier: Verifier, pair: Pair, words: str) -> None:
    with pytest.raises(PairError, match=words) as error:
        small_verifier.verify([Pair("supplier pays", "The Supplier shall pay."), pair])
    assert error.value.number == 1


def test_nothing_to_verify(small_verifier: Verifier) -> None:
    assert small_verifier.verify([]) == []


def test_other_language_and_symbols_get_a_defined_answer(small_verifier: Verifier) -> None:
    pairs = [Pair("供应商赔偿", "Der Lieferant haftet unbeschränkt."), Pair("§§ ??", "€ % 12"), Pair("a", "😀")]
    assert all(verdict.label in LABELS for verdict in small_verifier.verify(pairs))


def test_missing_weights_say_what_to_do(tmp_path) -> None:
    with pytest.raises(VerifierUnavailable, match="VERIFIER_PATH"):
        load_verifier(tmp_path)


def test_what_is_stored_of_a_clause_is_not_read_again(
    small_verifier: Verifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = [Pair("supplier pays", "The Supplier shall pay. " * n, PARTIES) for n in (1, 120)]  # the second in windows
    stored = InMemory()
    read_now = small_verifier.verify(pairs)
    small_verifier.read_clauses([(pair.clause, pair.parties) for pair in pairs], stored)
    assert len(stored.codes) > 2
    monkeypatch.setattr(Reader, "read_clauses", None)
    assert small_verifier.verify(pairs, stored) == read_now
    other_way = [Pair("customer pays the supplier", pair.clause, pair.parties) for pair in pairs]
    assert len(small_verifier.verify(other_way, stored)) == 2  # a clause's names do not follow the query


def test_what_was_read_is_kept_for_the_first_pair_that_wanted_it(small_verifier: Verifier) -> None:
    wanted = []

    class Noting(InMemory):
        def keep(self, codes: Mapping[str, bytes], wanted_by: Mapping[str, int]) -> None:
            super().keep(codes, wanted_by)
            wanted.append(sorted(wanted_by.values()))

    stored = Noting()
    clauses = ["Customer shall pay.", "Supplier shall pay.", "Supplier shall pay."]
    small_verifier.verify([Pair("supplier pays", clause, PARTIES) for clause in clauses], stored)
    assert wanted == [[0]]  # under neutral names all three are "Alice shall pay."
    small_verifier.verify([Pair("supplier pays", "Customer shall pay the Supplier.", PARTIES)], stored)
    assert len(wanted) == 2 and len(stored.codes) == 2


def test_a_doubtful_verdict_is_the_mean_of_two_readings(
    small_verifier: Verifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = [Pair("supplier pays", f"The Supplier shall pay {n} euro.", PARTIES) for n in range(3)]

    def probabilities_at(doubtful: float) -> list[dict[str, float]]:
        monkeypatch.setattr(inference, "DOUBTFUL", doubtful)
        return [verdict.probabilities for verdict in small_verifier.verify(pairs)]

    once, twice = probabilities_at(0.0), probabilities_at(1.0)
    closer = small_verifier._verdicts(pairs, small_verifier._model.trained, 1.0, None)
    for first, both, second in zip(once, twice, closer, strict=True):
        assert first != pytest.approx(second.probabilities, abs=1e-6)
        assert both == pytest.approx({k: (first[k] + second.probabilities[k]) / 2 for k in first}, abs=1e-6)
    surest = max(max(row.values()) for row in once)
    assert sum(one == other for one, other in zip(probabilities_at(surest), once, strict=True)) == 1


def test_what_does_not_settle_the_query_is_not_read_again(
    small_verifier: Verifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However doubtful: only the first reading has learnt from clauses that searches bring."""
    pairs = [Pair("supplier pays", "The Supplier shall pay.", PARTIES)]
    monkeypatch.setattr(inference, "DOUBTFUL", 0.0)
    (once,) = small_verifier.verify(pairs)
    others = [label for label in LABELS if label != "unrelated"]
    others.insert(LABELS.index(once.label), "unrelated")
    monkeypatch.setattr(inference, "DOUBTFUL", 1.0)
    assert small_verifier.verify(pairs) != [once]
    monkeypatch.setattr(inference, "LABELS", tuple(others))  # as if it had been called so
    (unrelated,) = small_verifier.verify(pairs)
    assert unrelated.label == "unrelated"
    assert unrelated.probabilities["unrelated"] == pytest.approx(once.probabilities[once.label])
