"""What a run has encoded before: most tests ask the same few questions of the same few clauses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from search.encode import Encoder, Vectors, _encode_batch

KEPT: dict[tuple[int, ...], Any] = {}  # a vector for the tokens of each text


def encode_once(encoder: Encoder, token_ids: Sequence[Sequence[int]]) -> Vectors:
    texts = [tuple(ids) for ids in token_ids]
    new = [list(ids) for ids in dict.fromkeys(texts) if ids not in KEPT]
    if new:
        KEPT.update(zip(map(tuple, new), _encode_batch(encoder, new), strict=True))
    return np.stack([KEPT[ids] for ids in texts])
