"""Late interaction: mean over the query's tokens of the best cosine with a token of the clause."""

from __future__ import annotations

from collections.abc import Sequence

from torch.nn import functional as F

from verifier.benchmark.encoder import TokenEncoder
from verifier.benchmark.system import Predictions, Prepared
from verifier.types import Pair


class MaxSim:
    def __init__(self, encoder: TokenEncoder) -> None:
        self.encoder = encoder

    def prepare(self, pairs: Sequence[Pair]) -> Prepared:
        states = self.encoder.states([pair.clause for pair in pairs])
        clauses = {text: F.normalize(tokens, dim=-1) for text, tokens in states.items()}

        def read() -> Predictions:
            queries = self.encoder.states([pair.query for pair in pairs])
            queries = {text: F.normalize(tokens, dim=-1) for text, tokens in queries.items()}
            similarities = (queries[pair.query] @ clauses[pair.clause].T for pair in pairs)
            return Predictions([float(similarity.amax(1).mean()) for similarity in similarities])

        tokens = sum(len(tokens) for tokens in clauses.values())
        return Prepared(read, bytes_per_clause=2 * self.encoder.hidden * tokens / max(len(clauses), 1))
