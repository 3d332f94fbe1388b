"""Verify pairs with a trained reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import torch
from tokenizers import Encoding, Tokenizer
from torch import nn

from verifier.data.batches import CLAUSE_TOKENS, pad
from verifier.eight_bit import in_eight_bits
from verifier.evidence import evidence_spans
from verifier.model import JointReader
from verifier.parties import NeutralText, neutralise_pair
from verifier.precision import served_precision
from verifier.types import LABELS, Evidence, Pair, PairError, Share, Verdict
from verifier.weights import load_reader, weights_sha256

MAX_QUERY_TOKENS = 128
WINDOW_STEP = 192  # a clause longer than CLAUSE_TOKENS is read in windows that overlap by the rest
BATCH_TOKENS = 2048  # padded clause tokens per forward pass: what lies between two layers stays in the cache
BATCH_QUERIES = 64
UNRELATED = LABELS.index("unrelated")


@dataclass(frozen=True, slots=True)
class _Window:
    """Part of one pair's clause, as token ids with their offsets in the neutral text."""

    pair: int
    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]


class Verifier:
    """A loaded model. Safe to share between threads: nothing changes after construction."""

    def __init__(
        self,
        model: JointReader,
        tokenizer: Tokenizer,
        temperature: float,
        name: str,
        sha256: str,
        reliability: Sequence[Share] = (),
    ) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._temperature = temperature
        self.name = name
        self.sha256 = sha256
        self.reliability = tuple(reliability)  # bands by probability, lowest first; () where it was not measured

    @torch.inference_mode()
    def verify(self, pairs: Sequence[Pair]) -> list[Verdict]:
        """One verdict per pair, in order. PairError names the pair that cannot be read."""
        _check_words(pairs)
        neutral = [neutralise_pair(pair.query, pair.clause, pair.parties) for pair in pairs]
        queries = self._read_queries([query for query, _ in neutral])
        clauses = [clause for _, clause in neutral]
        windows = self._windows(clauses)
        verdicts: list[tuple[float, Verdict] | None] = [None] * len(pairs)
        for batch in _by_length(windows):
            probabilities, attention = self._forward(batch, queries)
            for row, window in enumerate(batch):
                relevance = 1.0 - probabilities[row][UNRELATED]
                best = verdicts[window.pair]
                # The window that speaks most to the query decides for a long clause.
                if best is None or relevance > best[0]:
                    spans = evidence_spans(attention[row][: len(window.ids)], window.offsets, clauses[window.pair])
                    verdicts[window.pair] = (relevance, _verdict(probabilities[row], spans))
        return [found[1] for found in verdicts if found is not None]

    def _read_queries(self, texts: Sequence[str]) -> list[tuple[int, ...]]:
        rows = [tuple(encoding.ids) for encoding in self._tokenizer.encode_batch(texts)]
        for number, row in enumerate(rows):
            if len(row) > MAX_QUERY_TOKENS:
                raise PairError(
                    number,
                    f"The query has {len(row)} word pieces; at most {MAX_QUERY_TOKENS} are read. "
                    "Ask one rule at a time.",
                )
        return rows

    def _windows(self, clauses: Sequence[NeutralText]) -> list[_Window]:
        encodings = self._tokenizer.encode_batch([clause.text for clause in clauses])
        return [window for pair, encoding in enumerate(encodings) for window in _split(pair, encoding)]

    def _forward(
        self, batch: Sequence[_Window], queries: Sequence[tuple[int, ...]]
    ) -> tuple[list[list[float]], list[list[float]]]:
        """Probabilities and attention for each window. What stands in many contracts alike is read once."""
        place_of = {ids: place for place, ids in enumerate(dict.fromkeys(window.ids for window in batch))}
        asked = [(queries[window.pair], place_of[window.ids]) for window in batch]
        row_of = {pair: row for row, pair in enumerate(dict.fromkeys(asked))}
        clause_tokens, clause_mask = pad(list(place_of))
        query_tokens, query_mask = pad([query for query, _ in row_of])
        clause_of = torch.tensor([place for _, place in row_of])
        clauses = self._model.read_clauses(clause_tokens, clause_mask)
        reading = self._model(query_tokens, query_mask, clauses, clause_mask, clause_of, with_attention=True)
        assert reading.attention is not None
        probabilities = (reading.logits.float() / self._temperature).softmax(-1).tolist()
        attention = reading.attention.tolist()
        rows = [row_of[pair] for pair in asked]
        return [probabilities[row] for row in rows], [attention[row] for row in rows]


def load_verifier(folder: Path) -> Verifier:
    """Raises VerifierUnavailable with the remedy when the folder does not hold readable weights."""
    model, tokenizer, card = load_reader(folder)
    in_served_precision(model)
    reliability = [Share(**band) for band in card.get("reliability", ())]
    return Verifier(
        model, tokenizer, float(card["temperature"]), str(card["name"]), weights_sha256(folder), reliability
    )


def in_served_precision(model: JointReader) -> None:
    """Makes it read as the product reads on this processor."""
    match served_precision():
        case "int8":
            in_eight_bits(cast("nn.Module", model.layers))
        case "bfloat16":
            model.bfloat16()


def _check_words(pairs: Sequence[Pair]) -> None:
    for number, pair in enumerate(pairs):
        if not pair.query.strip() or not pair.clause.strip():
            empty = "query" if not pair.query.strip() else "clause"
            raise PairError(number, f"The {empty} is empty. Give the words to verify.")


def _split(pair: int, encoding: Encoding) -> Iterator[_Window]:
    ids, offsets = encoding.ids, encoding.offsets
    if len(ids) <= CLAUSE_TOKENS:
        yield _Window(pair, tuple(ids), tuple(offsets))
        return
    inner = len(ids) - 2  # without the opening and closing marks
    width = CLAUSE_TOKENS - 2
    starts = [*range(0, max(inner - width, 0), WINDOW_STEP), inner - width]
    for start in starts:
        part = slice(1 + start, 1 + start + width)
        yield _Window(pair, (ids[0], *ids[part], ids[-1]), ((0, 0), *offsets[part], (0, 0)))


def _by_length(windows: Sequence[_Window]) -> Iterator[list[_Window]]:
    """Batches of like length; queries of one clause stand together, as it is read once for all of them."""
    batch: list[_Window] = []
    clauses = 0
    for window in sorted(windows, key=lambda window: (len(window.ids), window.ids)):
        new = not batch or window.ids != batch[-1].ids
        if batch and ((new and len(window.ids) * (clauses + 1) > BATCH_TOKENS) or len(batch) >= BATCH_QUERIES):
            yield batch
            batch, clauses, new = [], 0, True
        batch.append(window)
        clauses += new
    if batch:
        yield batch


def _verdict(probabilities: Sequence[float], evidence: tuple[Evidence, ...]) -> Verdict:
    best = max(range(len(LABELS)), key=lambda label: probabilities[label])
    return Verdict(LABELS[best], dict(zip(LABELS, probabilities, strict=True)), evidence)
