"""Share of the query's words that occur in the clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from verifier.benchmark.system import Predictions, Prepared
from verifier.types import Pair


class WordOverlap:
    def prepare(self, pairs: Sequence[Pair]) -> Prepared:
        def read() -> Predictions:
            return Predictions([_share(pair) for pair in pairs])

        return Prepared(read, bytes_per_clause=0)


def _share(pair: Pair) -> float:
    query, clause = (set(re.findall(r"\w+", text.lower())) for text in (pair.query, pair.clause))
    return len(query & clause) / max(len(query), 1)
