from dataclasses import replace

import torch
from transformers import BertModel

from verifier.backbone import backbone_folder, reader_from_backbone
from verifier.data.batches import pad
from verifier.model import SEEN_LAYERS, JointReader, ReaderConfig
from verifier.packing import Packing

SMALL = ReaderConfig(hidden=16, heads=2, feed_forward=32, layers=2)


def small_reader() -> JointReader:
    torch.manual_seed(0)
    return JointReader(SMALL).eval()


@torch.inference_mode()
def read(model: JointReader, queries: list[list[int]], clauses: list[list[int]], clause_of: list[int]) -> torch.Tensor:
    clause_tokens, clause_mask = pad(clauses)
    read = model.read_clauses(clause_tokens, clause_mask)
    return model(*pad(queries), read, clause_mask, torch.tensor(clause_of)).logits


def test_padding_changes_nothing() -> None:
    model = small_reader()
    alone = read(model, [[5, 6, 7]], [[8, 9]], [0])
    padded = read(model, [[5, 6, 7], [1, 2, 3, 4, 5]], [[8, 9], [1, 2, 3, 4, 5, 6]], [0, 1])
    assert torch.allclose(alone[0], padded[0], atol=1e-5)


def test_each_query_reads_its_own_clause() -> None:
    model = small_reader()
    logits = read(model, [[5, 6, 7], [5, 6, 7]], [[8, 9], [10, 11]], [1, 0])
    assert torch.allclose(logits[0], read(model, [[5, 6, 7]], [[10, 11]], [0])[0], atol=1e-5)
    assert not torch.allclose(logits[0], logits[1], atol=1e-4)


@torch.inference_mode()
def test_a_query_that_many_clauses_are_asked_is_given_once() -> None:
    torch.manual_seed(0)
    model = JointReader(replace(SMALL, layers=3, apart=1)).eval()
    queries, clauses, clause_of = [[5, 6, 7], [1, 2]], pad([[8, 9], [10, 11, 12]]), torch.tensor([1, 0, 1])
    rows = [0, 0, 1]
    memory = model.read_clauses(*clauses)
    once = model(*pad(queries), memory, clauses[1], clause_of, query_of=torch.tensor(rows), with_attention=True)
    each = model(*pad([queries[row] for row in rows]), memory, clauses[1], clause_of, with_attention=True)
    assert torch.allclose(once.logits, each.logits, atol=1e-6)
    assert torch.allclose(once.attention, each.attention, atol=1e-6)


def test_attention_is_a_share_of_the_clause() -> None:
    model = small_reader()
    clause_tokens, clause_mask = pad([[8, 9, 10], [8]])
    read = model.read_clauses(clause_tokens, clause_mask)
    reading = model(*pad([[5, 6], [5, 6]]), read, clause_mask, torch.tensor([0, 1]), with_attention=True)
    heads = SMALL.heads * min(SEEN_LAYERS, SMALL.layers - SMALL.apart)
    assert reading.attention.shape == (2, heads, 3)
    assert (reading.attention.sum(2) < 1).all() and (reading.attention[1, :, 1:] == 0).all()


def test_a_clause_is_read_as_the_backbone_reads_it() -> None:
    folder = backbone_folder()
    model = reader_from_backbone(folder).eval()
    bert = BertModel.from_pretrained(folder, local_files_only=True).eval()
    tokens, mask = pad([[101, 1996, 17024, 4618, 3477, 102], [101, 3477, 102]])
    with torch.inference_mode():
        last = model.read_clauses(tokens, mask)[-1]
        below = bert(input_ids=tokens, attention_mask=mask.long(), output_hidden_states=True).hidden_states[-2]
        theirs = bert.encoder.layer[-1].attention.self
        for ours, expected in ((last.keys, theirs.key(below)), (last.values, theirs.value(below))):
            joined = ours.transpose(1, 2).flatten(2)  # the heads side by side
            assert torch.allclose(joined[mask], expected[mask], atol=1e-4)


def test_packing_passes_gradients_as_indexing_does() -> None:
    torch.manual_seed(0)
    padded = torch.randn(2, 4, 3, dtype=torch.double, requires_grad=True)
    packing = Packing(torch.tensor([[True, True, True, True], [True, True, False, False]]))

    def round_trip(states: torch.Tensor) -> torch.Tensor:
        return packing.spread(packing.pack(states) ** 2) * packing.mask[:, :, None]

    assert torch.equal(round_trip(padded), padded.detach() ** 2 * packing.mask[:, :, None])
    assert torch.autograd.gradcheck(round_trip, (padded,))
