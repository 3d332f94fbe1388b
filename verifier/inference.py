"""Verify pairs with a trained reader, from what is stored of their clauses or, where nothing is, from the clauses."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar, cast

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from verifier.card import read_card
from verifier.data.batches import pad
from verifier.eight_bit import in_eight_bits
from verifier.evidence import evidence_spans
from verifier.model import JointReader
from verifier.parties import neutral_clause, neutralise_pair
from verifier.precision import served_precision
from verifier.reader import Reader
from verifier.types import LABELS, Evidence, Pair, PairError, Party, Stored, Verdict
from verifier.weight_files import load_reader
from verifier.windows import Window, by_length, by_tokens, windows_of

T = TypeVar("T")
MAX_QUERY_TOKENS = 128
UNRELATED = LABELS.index("unrelated")
DOUBTFUL = 0.7  # with less probability for its label a verdict is read once more


class Verifier:
    """A loaded model. Safe to share between threads: nothing changes after construction."""

    def __init__(
        self,
        model: Reader,
        tokenizer: Tokenizer,
        temperature: float,
        close_temperature: float,
        name: str,
        sha256: str,
    ) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._temperature = temperature  # of readings from codes
        self._close_temperature = close_temperature  # and from words
        self.name = name
        self.sha256 = sha256

    @torch.inference_mode()
    def verify(self, pairs: Sequence[Pair], stored: Stored | None = None) -> list[Verdict]:
        """One verdict per pair, in order. PairError names the pair that cannot be read.

        What is not ``stored`` of the clauses is read now and kept there; the verdicts are the same. A doubtful verdict
        is the mean of two readings: of what is stored, and of the words. Only the first has learnt from searches, so
        what it calls unrelated is not read again.
        """
        _check_words(pairs)
        verdicts = self._verdicts(pairs, self._model, self._temperature, stored)
        doubtful = [number for number, verdict in enumerate(verdicts) if _is_doubtful(verdict)]
        closer = self._verdicts(
            [pairs[number] for number in doubtful], self._model.trained, self._close_temperature, None
        )
        for number, verdict in zip(doubtful, closer, strict=True):
            verdicts[number] = _mean(verdicts[number], verdict)
        return verdicts

    @torch.inference_mode()
    def read_clauses(self, clauses: Sequence[tuple[str, Sequence[Party]]], stored: Stored) -> None:
        """Reads ahead of any query, and keeps, what is not stored yet of clauses with their parties."""
        neutral = [neutral_clause(text, parties) for text, parties in clauses]
        self._read_clauses(windows_of(neutral, self._tokenizer), stored)

    def _verdicts(
        self, pairs: Sequence[Pair], model: Reader | JointReader, temperature: float, stored: Stored | None
    ) -> list[Verdict]:
        neutral = [neutralise_pair(pair.query, pair.clause, pair.parties, model.first) for pair in pairs]
        queries = self._read_queries([query for query, _ in neutral])
        clauses = [clause for _, clause in neutral]
        windows = windows_of(clauses, self._tokenizer)
        codes = self._read_clauses(windows, stored) if isinstance(model, Reader) else None
        windows_read = Counter(window.pair for window in windows)
        verdicts: list[tuple[float, Verdict] | None] = [None] * len(pairs)
        for batch in by_length(windows):
            logits, odds = _forward(model, batch, queries, codes)
            for row, (window, probabilities) in enumerate(
                zip(batch, (logits / temperature).softmax(-1).tolist(), strict=True)
            ):
                relevance = 1.0 - probabilities[UNRELATED]
                best = verdicts[window.pair]
                # The window that speaks most to the query decides for a long clause.
                if best is None or relevance > best[0]:
                    spans = evidence_spans(odds[row], window.offsets, clauses[window.pair]) if odds else ()
                    verdicts[window.pair] = (relevance, _verdict(probabilities, spans, windows_read[window.pair]))
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

    def _read_clauses(self, windows: Sequence[Window], stored: Stored | None) -> dict[tuple[int, ...], Tensor]:
        """Codes (length, bytes) of each window's ids."""
        key_of = {ids: self._key(ids) for ids in dict.fromkeys(window.ids for window in windows)}
        found = stored.find(list(key_of.values())) if stored else {}
        codes = {
            ids: torch.frombuffer(bytearray(found[key]), dtype=torch.uint8).view(len(ids), -1)
            for ids, key in key_of.items()
            if key in found
        }
        new = {ids: key for ids, key in key_of.items() if key not in found}
        read: dict[tuple[int, ...], Tensor] = {}
        for batch in by_tokens(list(new)):
            lengths = [len(ids) for ids in batch]
            read.update(zip(batch, self._model.read_clauses(*pad(batch)).split(lengths), strict=True))
        if stored and read:
            wanted_by = {new[window.ids]: window.pair for window in reversed(windows) if window.ids in new}
            stored.keep({new[ids]: one.numpy().tobytes() for ids, one in read.items()}, wanted_by)
        return codes | read

    def _key(self, ids: Sequence[int]) -> str:
        return hashlib.sha256(self.sha256.encode() + array("i", ids).tobytes()).hexdigest()


def _forward(
    model: Reader | JointReader,
    batch: Sequence[Window],
    queries: Sequence[tuple[int, ...]],
    codes: Mapping[tuple[int, ...], Tensor] | None,
) -> tuple[Tensor, list[list[float]] | None]:
    """Logits (n, labels) for each window, from codes or from the words; from codes also its words' odds as evidence.

    What stands in many contracts alike is read once.
    """
    place_of = _places(window.ids for window in batch)
    query_place_of = _places(queries[window.pair] for window in batch)
    asked = [(query_place_of[queries[window.pair]], place_of[window.ids]) for window in batch]
    row_of = _places(asked)
    query_of, clause_of = torch.tensor(list(row_of)).unbind(1)
    clause_tokens, clause_mask = pad(list(place_of))
    clauses = torch.cat([codes[ids] for ids in place_of]) if codes else model.read_clauses(clause_tokens, clause_mask)
    marker = model.marker if isinstance(model, Reader) else None
    query_tokens, query_mask = pad(list(query_place_of))
    reading = model(
        query_tokens, query_mask, clauses, clause_mask, clause_of, query_of=query_of, with_attention=marker is not None
    )
    odds = marker(reading.attention, clause_mask[clause_of]).tolist() if marker else None
    rows = [row_of[pair] for pair in asked]
    return reading.logits.float()[rows], [odds[row] for row in rows] if odds else None


def _places(things: Iterable[T]) -> dict[T, int]:
    """Each different thing with its place among them."""
    return {thing: place for place, thing in enumerate(dict.fromkeys(things))}


def load_verifier(folder: Path) -> Verifier:
    """Raises VerifierUnavailable with the remedy when the folder does not hold readable weights."""
    model, tokenizer, card = load_reader(folder)
    in_served_precision(model)
    temperatures = float(card["temperature"]), float(card["close_temperature"])
    return Verifier(model, tokenizer, *temperatures, str(card["name"]), read_card(folder).sha256)


def in_served_precision(model: Reader) -> None:
    """Makes it read as the product reads on this processor."""
    match served_precision():
        case "int8":
            for part in (model.trained.layers, model.clause_side.layers, model.query_side.layers):
                in_eight_bits(cast("nn.Module", part))
        case "bfloat16":
            model.bfloat16()
            model.codec.float()  # small, and what it rounds is stored
            model.marker.float()


def _check_words(pairs: Sequence[Pair]) -> None:
    for number, pair in enumerate(pairs):
        if not pair.query.strip() or not pair.clause.strip():
            empty = "query" if not pair.query.strip() else "clause"
            raise PairError(number, f"The {empty} is empty. Give the words to verify.")


def _verdict(probabilities: Sequence[float], evidence: tuple[Evidence, ...], windows: int) -> Verdict:
    best = max(range(len(LABELS)), key=lambda label: probabilities[label])
    return Verdict(LABELS[best], dict(zip(LABELS, probabilities, strict=True)), evidence, windows)


def _is_doubtful(verdict: Verdict) -> bool:
    return verdict.label != "unrelated" and verdict.probabilities[verdict.label] < DOUBTFUL


def _mean(one: Verdict, other: Verdict) -> Verdict:
    """Of two readings of one pair; the evidence is the first's, which alone has learnt to mark."""
    probabilities = [(one.probabilities[label] + other.probabilities[label]) / 2 for label in LABELS]
    return _verdict(probabilities, one.evidence, one.windows)
