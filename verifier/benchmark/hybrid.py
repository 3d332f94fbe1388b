"""Full text and dense search, joined by reciprocal rank fusion (Cormack et al. 2009).

A rank needs a collection: here the distinct clauses of the pairs that are read together.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch

from verifier.benchmark.encoder import TokenEncoder
from verifier.benchmark.full_text import FullText
from verifier.benchmark.system import Predictions, Prepared
from verifier.types import Pair

DAMPER = 60


class Hybrid:
    def __init__(self, encoder: TokenEncoder) -> None:
        self.encoder = encoder

    def prepare(self, pairs: Sequence[Pair]) -> Prepared:
        clauses = {text: place for place, text in enumerate(dict.fromkeys(pair.clause for pair in pairs))}
        full_text = FullText(list(clauses))
        vectors = torch.stack(list(self.encoder.vectors(list(clauses)).values()))

        def read() -> Predictions:
            queries = self.encoder.vectors([pair.query for pair in pairs])
            fused = {
                text: fuse([full_text.scores(text), (vectors @ vector).float().numpy(force=True)])
                for text, vector in queries.items()
            }
            return Predictions([float(fused[pair.query][clauses[pair.clause]]) for pair in pairs])

        return Prepared(read, bytes_per_clause=2 * self.encoder.hidden + full_text.bytes_per_text)


def fuse(rankings: Sequence[npt.NDArray[np.floating]]) -> npt.NDArray[np.float64]:
    """Scores of each ranking (n,) -> one score (n,): the sum of 1 / (60 + rank). Equal scores share the better rank."""
    fused: npt.NDArray[np.float64] = np.sum([1.0 / (DAMPER + ranks(scores)) for scores in rankings], axis=0)
    return fused


def ranks(scores: npt.NDArray[np.floating]) -> npt.NDArray[np.int64]:
    """1 for the highest."""
    return 1 + len(scores) - np.searchsorted(np.sort(scores), scores, side="right")
