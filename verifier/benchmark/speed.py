"""Seconds that a search waits for 100 candidates, and bytes that each clause takes: all systems in one run, in turn."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from typing import Any

from tokenizers import Tokenizer

from verifier.benchmark.bootstrap import percentile
from verifier.benchmark.system import System
from verifier.types import Pair

CANDIDATES = 100
PAIR_TOKENS = 100
REPEATS = 7


def candidate_pairs(pairs: Sequence[Pair], tokenizer: Tokenizer) -> list[Pair]:
    """The query of middle length against 100 clauses, cut from the text of ``pairs`` to 100 tokens a pair."""
    lengths = {pair: len(tokenizer.encode(pair.query).ids) for pair in pairs}
    asked = sorted(pairs, key=lengths.__getitem__)[len(pairs) // 2]
    text = " ".join(dict.fromkeys(pair.clause for pair in pairs))
    offsets = [place for place in tokenizer.encode(text).offsets if place[1] > place[0]]
    size = PAIR_TOKENS - lengths[asked] - 1  # a joined pair shares an opening mark
    starts = range(0, max(len(offsets) - size, 1), size)
    clauses = [text[offsets[start][0] : offsets[min(start + size, len(offsets)) - 1][1]] for start in starts]
    return [Pair(asked.query, clause, asked.parties) for clause in islice(cycle(clauses), CANDIDATES)]


def measure_speed(
    systems: Mapping[str, System], pairs: Sequence[Pair], repeats: int = REPEATS
) -> dict[str, dict[str, Any]]:
    """Only what is done when the query is known is timed; reading what was stored is part of it."""
    prepared = {name: system.prepare(pairs) for name, system in systems.items()}
    seconds: dict[str, list[float]] = {name: [] for name in systems}
    for repeat in range(repeats + 1):  # the first warms up
        for name, ready in prepared.items():
            started = time.perf_counter()
            ready.read()
            if repeat:
                seconds[name].append(time.perf_counter() - started)
    return {
        name: {
            "seconds_median": percentile(sorted(taken), 0.5),
            "seconds_p95": percentile(sorted(taken), 0.95),
            "repeats": repeats,
            "bytes_per_clause": prepared[name].bytes_per_clause,
        }
        for name, taken in seconds.items()
    }
