import math
from pathlib import Path

import pytest
import torch
from torch.nn import functional as F

from verifier.benchmark.contrast import info_nce
from verifier.benchmark.cosine import Cosine
from verifier.benchmark.cross_encoder import CrossEncoder
from verifier.benchmark.encoder import TokenEncoder, batches_by_length
from verifier.benchmark.hybrid import Hybrid
from verifier.benchmark.map_transformer import MapReader, MapTransformer, similarity_maps
from verifier.benchmark.maxsim import MaxSim
from verifier.benchmark.near_miss_encoder import contrast
from verifier.benchmark.speed import CANDIDATES, candidate_pairs
from verifier.benchmark.swap import exchanged, swap_consistency
from verifier.benchmark.system import Predictions, Prepared, System
from verifier.benchmark.word_overlap import WordOverlap
from verifier.data.items import Group, Question
from verifier.types import LABELS, Pair, Party

PARTIES = (Party("Northgate Ltd", "Supplier"), Party("Harbour plc", "Customer"))
PAIRS = [
    Pair("supplier pays", "The Customer shall pay the Supplier within thirty days of each invoice.", PARTIES),
    Pair("customer pays the supplier", "The Supplier shall indemnify the Customer.", PARTIES),
    Pair(
        "customer pays the supplier", "The Customer shall pay the Supplier within thirty days of each invoice.", PARTIES
    ),
]
SUPPORTED, SWAPPED, NEGATED = (LABELS.index(label) for label in ("supported", "party_swapped", "negated"))


def test_info_nce_by_hand() -> None:
    scores = torch.tensor([[0.3, 0.1, 0.2], [0.5, 0.4, 0.0]])
    positive = torch.tensor([[True, False, False], [True, True, False]])
    negative = torch.tensor([[False, True, False], [False, False, True]])  # the third of the first row is neither
    expected = [
        math.log(1 + math.exp((0.1 - 0.3) / 0.1)),
        math.log(1 + math.exp((0.0 - 0.5) / 0.1)),
        math.log(1 + math.exp((0.0 - 0.4) / 0.1)),
    ]
    assert info_nce(scores, positive, negative).item() == pytest.approx(sum(expected) / 3, rel=1e-5)


def test_info_nce_of_rows_without_contrast_is_zero_and_can_be_learnt_from() -> None:
    scores = torch.tensor([[0.3, 0.1], [0.2, 0.6]], requires_grad=True)
    loss = info_nce(scores, torch.tensor([[True, True], [False, False]]), torch.tensor([[False] * 2, [True] * 2]))
    loss.backward()
    assert loss.item() == 0 and torch.isfinite(scores.grad).all()


def test_f4_has_the_parameters_that_the_paper_counts() -> None:
    model = MapTransformer()
    labels = sum(p.numel() for p in model.labels.parameters())  # ours, beside its score
    assert sum(p.numel() for p in model.parameters()) - labels == 940_065


def test_similarity_maps() -> None:
    torch.manual_seed(0)
    query, clause = torch.randn(3, 16), torch.randn(10, 16)
    maps, real = similarity_maps([query, query[:2]], [clause, clause[:4]])
    assert maps.shape == (2, 3, 8, 16) and real.sum((1, 2)).tolist() == [30, 8]
    cosine = F.cosine_similarity(query[:, None], clause[None], dim=-1)
    assert torch.allclose(maps[0, 0, :3, :10], cosine, atol=1e-6)
    assert torch.allclose(maps[0, 1, 1, :10], cosine[1].max().expand(10), atol=1e-6)
    assert torch.allclose(maps[0, 2, :3, 4], cosine[:, 4].max().expand(3), atol=1e-6)
    assert not maps[0, :, 3:].any() and not maps[0, :, :, 10:].any()


@torch.inference_mode()
def test_f4_does_not_read_padding() -> None:
    torch.manual_seed(0)
    model = MapTransformer().eval()
    query, clause, longer = torch.randn(5, 16), torch.randn(9, 16), torch.randn(60, 16)
    alone = model(*similarity_maps([query], [clause]))
    beside = model(*similarity_maps([query, torch.randn(30, 16)], [clause, longer]))
    assert alone[0].shape == (1,) and alone[1].shape == (1, 7)
    assert torch.allclose(alone[0][0], beside[0][0], atol=1e-5) and torch.allclose(alone[1][0], beside[1][0], atol=1e-5)


def test_batches_by_length() -> None:
    assert list(batches_by_length([5, 1, 3, 3, 20], tokens=9)) == [[1, 2, 3], [0], [4]]


def systems(folder: Path) -> dict[str, System]:
    torch.manual_seed(0)
    encoder = TokenEncoder(folder)
    return {
        "word overlap": WordOverlap(),
        "cosine": Cosine(encoder),
        "hybrid": Hybrid(encoder),
        "MaxSim": MaxSim(encoder),
        "F4": MapReader(folder, frozen=True).eval(),
        "cross-encoder": CrossEncoder(folder).eval(),
    }


@pytest.mark.parametrize("backbone", ["small_bert", "small_mpnet"])
def test_every_system_reads_each_pair_as_it_would_alone(backbone: str, request: pytest.FixtureRequest) -> None:
    for name, system in systems(request.getfixturevalue(backbone)).items():
        together = system.prepare(PAIRS).read()
        assert len(together.scores) == 3, name
        if together.probabilities is not None:
            assert all(sum(row) == pytest.approx(1, abs=1e-4) for row in together.probabilities)
        if name != "hybrid":  # whose ranks depend on what else there is
            assert together.scores[0] != together.scores[1], name
            for pair, score in zip(PAIRS, together.scores, strict=True):
                assert system.prepare([pair]).read().scores[0] == pytest.approx(score, abs=1e-4), name


def test_bytes_per_clause(small_bert: Path) -> None:
    found = {name: system.prepare(PAIRS).bytes_per_clause for name, system in systems(small_bert).items()}
    assert found["word overlap"] == found["cross-encoder"] == 0
    assert found["cosine"] == 2 * 16 and found["hybrid"] > found["cosine"]
    ids = TokenEncoder(small_bert).token_ids([PAIRS[0].clause, PAIRS[1].clause])
    assert found["MaxSim"] == 2 * 16 * (len(ids[0]) + len(ids[1])) / 2


def test_word_overlap() -> None:
    assert WordOverlap().prepare(PAIRS).read().scores == [0.5, 0.75, 0.75]


def test_the_contrast_of_twins() -> None:
    supported, swapped = Question("a", (SUPPORTED,)), Question("a", (SWAPPED,))
    other = Question("b", (NEGATED,))
    batch = contrast([Group("first", (), (supported, other), "s"), Group("edit", (), (swapped,), "s")])
    assert batch.queries == ["a", "b"]
    assert batch.supported.tolist() == [[True, False], [False, False]]


def test_candidates_have_about_a_hundred_tokens(small_bert: Path) -> None:
    encoder = TokenEncoder(small_bert)
    candidates = candidate_pairs(PAIRS, encoder.tokenizer)
    assert len(candidates) == CANDIDATES and len({pair.query for pair in candidates}) == 1
    many = [Pair(f"query {n}", f"Clause {n}: " + PAIRS[n % 3].clause * 12) for n in range(60)]
    lengths = [len(encoder.tokenizer.encode(p.query, p.clause).ids) for p in candidate_pairs(many, encoder.tokenizer)]
    assert 95 <= sum(lengths) / len(lengths) <= 105 and max(lengths) <= 110


class Literal:
    """Says supported when query and clause begin with the same party, else party_swapped."""

    def prepare(self, pairs: list[Pair]) -> Prepared:
        def first(text: str) -> str:
            return next(word for word in text.split() if word in ("Supplier", "Customer"))

        labels = [SUPPORTED if first(p.query) == first(p.clause) else SWAPPED for p in pairs]
        return Prepared(lambda: Predictions([0.0] * len(labels), None, labels), 0)


def test_swap_consistency() -> None:
    one_sided = "The Supplier shall pay the Customer."
    cases = [
        ("Supplier pays Customer", one_sided, "supported", "active"),
        ("Customer pays Supplier", one_sided, "party_swapped", "active"),
        ("Customer must pay Supplier", one_sided, "supported", "active"),  # the system gets this one wrong both times
        ("Supplier pays Customer", "Each party shall pay the other, Supplier or Customer.", "supported", "mutual"),
        ("payment terms", one_sided, "supported", "topic_only"),  # names nobody
        ("Supplier pays Customer", one_sided, "negated", "active"),  # an exchange says nothing of it
    ]
    items = [
        {"label": label, "phenomenon": phenomenon, "group": str(n)} for n, (_, _, label, phenomenon) in enumerate(cases)
    ]
    pairs = [Pair(query, clause, PARTIES) for query, clause, _, _ in cases]
    assert exchanged(pairs[0]).query == "Customer pays Supplier"
    predicted = Predictions([0.0] * 6, None, [SUPPORTED, SWAPPED, SWAPPED, SUPPORTED, SUPPORTED, SUPPORTED])
    found = swap_consistency(Literal(), items, pairs, predicted)
    assert (found["one_sided_items"], found["mutual_items"]) == (3, 1)
    assert found["moved"].value == 1.0 and found["moved_rightly"].value == pytest.approx(2 / 3)
    assert found["unchanged"].value == 0.0
