"""Clauses as a model reads them: as word pieces, long ones in windows, and windows in batches of like length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tokenizers import Encoding, Tokenizer

from verifier.data.batches import CLAUSE_TOKENS
from verifier.parties import NeutralText

WINDOW_STEP = 192  # a clause longer than CLAUSE_TOKENS is read in windows that overlap by the rest
BATCH_TOKENS = 2048  # padded clause tokens per forward pass: what lies between two layers stays in the cache
BATCH_QUERIES = 64


@dataclass(frozen=True, slots=True)
class Window:
    """Part of one pair's clause, as token ids with their offsets in the neutral text."""

    pair: int
    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]


def windows_of(clauses: Sequence[NeutralText], tokenizer: Tokenizer) -> list[Window]:
    encodings = tokenizer.encode_batch([clause.text for clause in clauses])
    return [window for pair, encoding in enumerate(encodings) for window in _split(pair, encoding)]


def by_length(windows: Sequence[Window]) -> Iterator[list[Window]]:
    """Batches of like length; queries of one clause stand together, as it is read once for all of them."""
    batch: list[Window] = []
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


def by_tokens(rows: Sequence[tuple[int, ...]]) -> Iterator[list[tuple[int, ...]]]:
    """Batches of like length, none of more than BATCH_TOKENS with its padding."""
    batch: list[tuple[int, ...]] = []
    for ids in sorted(rows, key=len):
        if batch and len(ids) * (len(batch) + 1) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(ids)
    if batch:
        yield batch


def _split(pair: int, encoding: Encoding) -> Iterator[Window]:
    ids, offsets = encoding.ids, encoding.offsets
    if len(ids) <= CLAUSE_TOKENS:
        yield Window(pair, tuple(ids), tuple(offsets))
        return
    inner = len(ids) - 2  # without the opening and closing marks
    width = CLAUSE_TOKENS - 2
    starts = [*range(0, max(inner - width, 0), WINDOW_STEP), inner - width]
    for start in starts:
        part = slice(1 + start, 1 + start + width)
        yield Window(pair, (ids[0], *ids[part], ids[-1]), ((0, 0), *offsets[part], (0, 0)))
