"""One vector a text: cosine of mean-pooled token states."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.benchmark.encoder import TokenEncoder
from verifier.benchmark.system import Predictions, Prepared
from verifier.types import Pair


class Cosine:
    def __init__(self, encoder: TokenEncoder) -> None:
        self.encoder = encoder

    def prepare(self, pairs: Sequence[Pair]) -> Prepared:
        clauses = self.encoder.vectors([pair.clause for pair in pairs])

        def read() -> Predictions:
            queries = self.encoder.vectors([pair.query for pair in pairs])
            return Predictions([float(queries[pair.query] @ clauses[pair.clause]) for pair in pairs])

        return Prepared(read, bytes_per_clause=2 * self.encoder.hidden)
